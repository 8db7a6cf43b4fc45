import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { insertDeskMember, prepareDeskKey, storeDeskKey } from "#accounts/index.ts";
import { insertDesk } from "#institutions/index.ts";
import { COLLEAGUE, PASSWORD, RECOVERY_KEYS, STRANGER } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { type DirectoryApp, openDirectoryApp } from "../support/directory.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { hiddenIn, numbersOn, sendShortReport, signInAs } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const TRIAGE_DESK = "/staff/institutions/inst-triage/desks/desk-triage";
const TEAM = "/staff/team/desk-triage";
const MINUTE = 60_000;
let test: DirectoryApp;
/** Works as a triage operator at the other desk, which has a key. */
let stranger: Visitor;

beforeEach(async () => {
  test = await openDirectoryApp();
  stranger = newVisitor(test);
  await signInAs(stranger, STRANGER);
});
afterEach(() => test.close());

/** An administrator's form as it stands there, with another desk to stand in. */
async function propose(standIn: string, more: Record<string, string> = {}) {
  return test.admin.post(TRIAGE_DESK, { ...fieldsOn(await test.admin.get(TRIAGE_DESK)), standIn, ...more });
}

/** What somebody who works at the triage desk says to the desk that stands on its page. */
const decide = async (decision: "confirm" | "refuse", by = test.triage, more: Record<string, string> = {}) =>
  by.post(`${TEAM}/fallback`, { fallback: hiddenIn(await by.get(TEAM), "fallback", "/fallback"), decision, ...more });

/** Both, as it is done where two agree. */
async function choose(name: string, more: Record<string, string> = {}) {
  const seen = await propose(name, more);
  if (name !== "") await decide("confirm");
  return seen;
}

const proposed = async () =>
  (await test.database.raw("select proposed_fallback_id from desk where id = 'desk-triage'"))[0]?.proposed_fallback_id;
const did = async () =>
  (await test.database.raw("select action, actor_id, detail from audit_entry where action like 'desk.fallback%'")).map(
    ({ action, detail }) => `${String(action).replace("desk.fallback", "")} ${JSON.parse(String(detail)).desk}`,
  );
const standIn = async () =>
  (await test.database.raw("select fallback_id from desk where id = 'desk-triage'"))[0]?.fallback_id;
const changes = () => test.database.raw("select detail from audit_entry where action = 'desk.changed'");

/** Gives a desk a key that the stranger holds, as its first person would. */
async function giveKey(deskId: string): Promise<void> {
  const [row] = await test.database.raw(`select id, recipient from person where email = '${STRANGER}'`);
  const person = { id: String(row?.id), recipient: String(row?.recipient) };
  const key = await prepareDeskKey(test.platform, deskId, person, RECOVERY_KEYS.recipient);
  await test.platform.db.write(async (tx) => {
    await storeDeskKey(tx, key, 0);
    await insertDeskMember(tx, { deskId, personId: person.id, admittedAt: 1 });
  });
}

describe("the desk that stands in for the triage desk", () => {
  it("is proposed on its page, which says what that means, and opens what arrives once it is confirmed", async () => {
    await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: "before", truthful: "yes" } });
    const [before = ""] = numbersOn(await test.triage.get("/staff/cases"));
    expect((await test.admin.get(TRIAGE_DESK)).text).toContain(
      "reports that arrive from now on; earlier ones stay closed",
    );
    expect((await propose("other")).status).toBe(303);
    expect([await standIn(), await proposed()]).toEqual([null, "desk-other"]);
    await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: "meanwhile", truthful: "yes" } });
    expect(numbersOn(await stranger.get("/staff/cases?desk=desk-triage"))).toEqual([]);
    expect((await decide("confirm")).path).toBe(TEAM);
    expect([await standIn(), await proposed()]).toEqual(["desk-other", null]);
    await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: "afterwards", truthful: "yes" } });
    const list = numbersOn(await stranger.get("/staff/cases?desk=desk-triage"));
    expect(list).toHaveLength(1);
    expect(list).not.toContain(before);
    expect((await stranger.get(`/staff/cases/${list[0]}`)).text).toContain("afterwards");
    expect((await stranger.get(`/staff/cases/${before}`)).status).toBe(404);
    expect((await stranger.post(`/staff/cases/${before}/urgency`, { urgency: "p1", version: "1" })).status).toBe(404);
    expect((await test.triage.get(`/staff/cases/${list[0]}`)).text).toContain("afterwards");
  });

  it("stands on the pages of who proposes and who decides, and both ways in the record, by its name", async () => {
    await propose("other");
    const team = await test.triage.get(TEAM);
    expect(team.text).toContain("from now on: Triage team – Triage team.");
    expect(team.text).toMatch(/value="confirm">Confirm<.*value="refuse">Refuse</);
    const waiting = await test.admin.get(TEAM);
    expect([
      waiting.text.includes("waits for somebody who works here"),
      waiting.text.includes('value="confirm"'),
    ]).toEqual([true, false]);
    const form = await test.admin.get(TRIAGE_DESK);
    expect(form.text).toContain('name="standIn" type="text" dir="auto" value="other"');
    expect(form.text).toContain("By now nobody stands in. Proposed: Triage team – Triage team.");
    const page = "/staff/institutions/inst-triage";
    expect((await test.triage.get(page)).text).toContain("– (proposed, not confirmed: Triage team – Triage team)");
    await decide("refuse");
    expect([await standIn(), await proposed()]).toEqual([null, null]);
    expect((await test.triage.get(TEAM)).text).not.toContain('id="fallback"');
    await propose("other");
    await decide("confirm");
    expect(await did()).toEqual([
      "Proposed desk-other",
      "Refused desk-other",
      "Proposed desk-other",
      "Confirmed desk-other",
    ]);
    expect((await test.triage.get(page)).text).toContain("Fallback desk confirmed");
    expect((await test.admin.get("/staff/audit?action=desk.fallbackConfirmed")).text).toContain("Triage team");
    expect((await test.triage.get(page)).text).not.toContain("not confirmed");
  });

  it("is confirmed by who works at the triage desk alone: by no administrator, nobody elsewhere, nobody who waits", async () => {
    await propose("other");
    await test.database.raw(
      `update desk_member set admitted_at = null where person_id = (select id from person where email = '${COLLEAGUE}')`,
    );
    const waiting = newVisitor(test);
    await signInAs(waiting, COLLEAGUE);
    const fields = { fallback: "desk-other", decision: "confirm" };
    for (const by of [test.admin, stranger, test.member, waiting]) {
      expect((await by.post(`${TEAM}/fallback`, fields)).status).toBe(404);
      expect([await standIn(), await proposed()]).toEqual([null, "desk-other"]);
    }
    expect((await newVisitor(test).post(`${TEAM}/fallback`, fields)).status).toBe(403);
    expect(await did()).toEqual(["Proposed desk-other"]);
  });

  it("waits where nobody works at the triage desk yet, until somebody who came confirms it", async () => {
    await test.database.raw("update desk_member set admitted_at = null where desk_id = 'desk-triage'");
    await propose("other");
    expect((await test.triage.post(`${TEAM}/fallback`, { fallback: "desk-other", decision: "confirm" })).status).toBe(
      404,
    );
    expect([await standIn(), await proposed()]).toEqual([null, "desk-other"]);
    await test.database.raw("update desk_member set admitted_at = 1 where desk_id = 'desk-triage'");
    await decide("confirm");
    expect(await standIn()).toBe("desk-other");
  });

  it("is confirmed as it was shown, once, and not where its last person has left", async () => {
    await propose("other");
    const shown = hiddenIn(await test.triage.get(TEAM), "fallback", "/fallback");
    const other = await test.triage.post(`${TEAM}/fallback`, { fallback: "desk-zemun", decision: "confirm" });
    expect([other.status, other.text.includes("changed meanwhile")]).toEqual([409, true]);
    expect((await test.triage.post(`${TEAM}/fallback`, { fallback: shown })).path).toBe(TEAM);
    await test.database.raw("update desk_member set admitted_at = null where desk_id = 'desk-other'");
    const closed = await decide("confirm");
    expect([closed.status, closed.text.includes("can only be refused")]).toEqual([409, true]);
    expect([await standIn(), await proposed()]).toEqual([null, "desk-other"]);
    await test.database.raw("update desk_member set admitted_at = 1 where desk_id = 'desk-other'");
    const twice = { fallback: shown, decision: "confirm" };
    await Promise.all([test.triage.post(`${TEAM}/fallback`, twice), test.triage.post(`${TEAM}/fallback`, twice)]);
    expect([await standIn(), await did()]).toEqual(["desk-other", ["Proposed desk-other", "Confirmed desk-other"]]);
  });

  it("stays the old one while another is proposed, whose proposal the old one's name takes back", async () => {
    const name = { sr: "Друга служба", en: "Second desk" };
    await test.platform.db.write((tx) =>
      insertDesk(tx, {
        id: "desk-second",
        institutionId: "school-zemun",
        kind: "primary_school",
        name,
        fallbackId: null,
      }),
    );
    await giveKey("desk-second");
    await choose("other");
    await propose("school-zemun");
    expect([await standIn(), await proposed()]).toEqual(["desk-other", "desk-second"]);
    await propose("other", { standInFor: "", standInChosen: "" });
    expect([await standIn(), await proposed()]).toEqual(["desk-other", null]);
    await propose("school-zemun");
    await propose("");
    expect([await standIn(), await proposed()]).toEqual([null, null]);
    expect((await did()).filter((each) => each.startsWith("Withdrawn"))).toEqual([
      "Withdrawn desk-second",
      "Withdrawn desk-second",
    ]);
  });

  it("is none again once the field is emptied, and then opens nothing of the triage desk", async () => {
    await choose("other");
    await sendShortReport(newVisitor(test));
    const [number = ""] = numbersOn(await stranger.get("/staff/cases?desk=desk-triage"));
    expect((await stranger.get(`/staff/cases/${number}`)).status).toBe(200);
    expect((await choose("")).status).toBe(303);
    expect(await standIn()).toBeNull();
    expect((await stranger.get(`/staff/cases/${number}`)).status).toBe(404);
    await choose("");
    expect((await changes()).map(({ detail }) => JSON.parse(String(detail)))).toEqual([{ fields: "standIn" }]);
  });

  it.each([
    ["school-nis", "where nobody has a key"],
    ["inst-triage", "where it is the triage desk itself"],
    ["triage", "by its identifier"],
  ])("is refused, with what was typed: %s, %s", async (words) => {
    const seen = await propose(words, { name: "Тријажа" });
    expect(seen.status).toBe(422);
    expect(seen.text).toMatch(/href="#standIn">(Nobody could open a report there|No institution has this name)/);
    expect(seen.text).toContain(`value="${words}"`);
    expect(await standIn()).toBeNull();
    const forged = { standIn: "x", standInFor: "x", standInChosen: "desk-triage" };
    expect((await test.admin.post(TRIAGE_DESK, { name: "Тријажа", nameEn: "", ...forged })).status).toBe(422);
  });

  it("is refused where its last person has left, but stays through another name of the desk", async () => {
    await choose("other");
    await test.database.raw("update desk_member set admitted_at = null where desk_id = 'desk-other'");
    expect(
      (await test.admin.post(TRIAGE_DESK, { ...fieldsOn(await test.admin.get(TRIAGE_DESK)), name: "Тријажа" })).status,
    ).toBe(303);
    expect(await standIn()).toBe("desk-other");
    await choose("");
    expect((await propose("other")).text).toContain("Nobody could open a report there");
    expect(await standIn()).toBeNull();
  });

  it("is chosen among several desks of one institution", async () => {
    const name = { sr: "Друга служба", en: "Second desk" };
    await test.platform.db.write((tx) =>
      insertDesk(tx, { id: "desk-second", institutionId: "inst-other", kind: "csw", name, fallbackId: null }),
    );
    await giveKey("desk-second");
    const asked = await propose("other");
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('name="standInChosen" value="desk-second"');
    expect((await choose("other", { standInFor: "other", standInChosen: "desk-second" })).status).toBe(303);
    expect(await standIn()).toBe("desk-second");
    // The page shown again names the desk, not only its institution.
    await test.admin.post(TRIAGE_DESK, { ...fieldsOn(await test.admin.get(TRIAGE_DESK)), nameEn: "Triage" });
    expect(await standIn()).toBe("desk-second");
  });

  it("that two people choose at once shows the second both", async () => {
    const first = fieldsOn(await test.admin.get(TRIAGE_DESK));
    await choose("other");
    const second = await test.admin.post(TRIAGE_DESK, { ...first, name: "Друга тријажа" });
    expect(second.status).toBe(409);
    expect(second.text).toMatch(/name="standInChosen" value="desk-other"[^>]* checked/);
    await test.admin.post(TRIAGE_DESK, { ...fieldsOn(second), standInChosen: "desk-other", name: "Друга тријажа" });
    expect(await standIn()).toBe("desk-other");
    expect(JSON.stringify(await test.database.raw("select name from desk where id = 'desk-triage'"))).toContain(
      "Друга",
    );
  });

  it("is proposed, and confirmed, only after showing once more who it is", async () => {
    test.pass(6 * MINUTE);
    const asked = await propose("other");
    expect([asked.text.includes("Confirm that it is you"), await proposed()]).toEqual([true, null]);
    expect((await propose("other", { confirmPassword: PASSWORD })).status).toBe(303);
    expect(await proposed()).toBe("desk-other");
    const confirming = await decide("confirm");
    expect([confirming.text.includes("Confirm that it is you"), await standIn()]).toEqual([true, null]);
    await decide("confirm", test.triage, { confirmPassword: PASSWORD });
    expect(await standIn()).toBe("desk-other");
  });

  it("is an administrator's to propose: a triage operator finds no form", async () => {
    expect((await test.triage.get(TRIAGE_DESK)).status).toBe(404);
    expect((await test.triage.post(TRIAGE_DESK, { name: "X", standIn: "other" })).status).toBe(404);
    expect([await standIn(), await proposed()]).toEqual([null, null]);
  });
});

describe("people of the desk that stands in", () => {
  const ROLES = /<option value="(\w+)"|name="role" value="(\w+)"/g;
  const rolesOn = ({ text }: { readonly text: string }) => [...text.matchAll(ROLES)].map(([, one, two]) => one ?? two);

  it("may be triage operators, and may not before and afterwards, though they can be given their work back", async () => {
    const member = await newStaff(test, "member", "desk-other");
    const person = `/staff/people/${member.id}`;
    const invite = "/staff/team/desk-other/invite";
    const role = async () => (await test.database.raw(`select role from person where id = '${member.id}'`))[0]?.role;
    expect(rolesOn(await test.admin.get(person))).not.toContain("triage");
    expect(rolesOn(await test.admin.get(invite))).not.toContain("triage");
    await test.admin.post(`${person}/role`, { role: "triage" });
    expect(await role()).toBe("member");
    await choose("other");
    expect(rolesOn(await test.admin.get(person))).toContain("triage");
    expect(rolesOn(await test.admin.get(invite))).toContain("triage");
    await test.admin.post(`${person}/role`, { role: "triage" });
    expect(await role()).toBe("triage");
    await choose("");
    await test.admin.post(`${person}/role`, { role: "member" });
    expect(await role()).toBe("member");
  });
});
