import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { insertDeskMember, prepareDeskKey, storeDeskKey } from "#accounts/index.ts";
import { insertDesk } from "#institutions/index.ts";
import { PASSWORD, RECOVERY_KEYS, STRANGER } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { type DirectoryApp, openDirectoryApp } from "../support/directory.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { numbersOn, sendShortReport, signInAs } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const TRIAGE_DESK = "/staff/institutions/inst-triage/desks/desk-triage";
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

/** The form as it stands there, with another desk to stand in. */
async function choose(standIn: string, more: Record<string, string> = {}) {
  return test.admin.post(TRIAGE_DESK, { ...fieldsOn(await test.admin.get(TRIAGE_DESK)), standIn, ...more });
}

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
  it("is chosen on its page, which says what that means, and opens what arrives from then on", async () => {
    await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: "before", truthful: "yes" } });
    const [before = ""] = numbersOn(await test.triage.get("/staff/cases"));
    expect((await test.admin.get(TRIAGE_DESK)).text).toContain(
      "reports that arrive from now on; earlier ones stay closed",
    );
    expect((await choose("other")).status).toBe(303);
    expect(await standIn()).toBe("desk-other");
    await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: "afterwards", truthful: "yes" } });
    const list = numbersOn(await stranger.get("/staff/cases?desk=desk-triage"));
    expect(list).toHaveLength(1);
    expect(list).not.toContain(before);
    expect((await stranger.get(`/staff/cases/${list[0]}`)).text).toContain("afterwards");
    expect((await stranger.get(`/staff/cases/${before}`)).status).toBe(404);
    expect((await stranger.post(`/staff/cases/${before}/urgency`, { urgency: "p1", version: "1" })).status).toBe(404);
    expect((await test.triage.get(`/staff/cases/${list[0]}`)).text).toContain("afterwards");
  });

  it("stands on the page of its institution and in the record, by its name", async () => {
    await choose("other");
    expect((await changes()).map(({ detail }) => JSON.parse(String(detail)))).toEqual([
      { fields: "standIn", desk: "desk-other" },
    ]);
    const page = await test.triage.get("/staff/institutions/inst-triage");
    expect(page.text).toContain("Desk changed: Fallback desk");
    expect((await test.admin.get("/staff/audit?action=desk.changed")).text).toContain("Triage team");
    expect((await test.admin.get(TRIAGE_DESK)).text).toContain('name="standIn" type="text" dir="auto" value="other"');
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
    expect(await changes()).toHaveLength(2);
  });

  it.each([
    ["school-nis", "where nobody has a key"],
    ["inst-triage", "where it is the triage desk itself"],
    ["triage", "by its identifier"],
  ])("is refused, with what was typed: %s, %s", async (words) => {
    const seen = await choose(words, { name: "Тријажа" });
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
    expect((await choose("other")).text).toContain("Nobody could open a report there");
    expect(await standIn()).toBeNull();
  });

  it("is chosen among several desks of one institution", async () => {
    const name = { sr: "Друга служба", en: "Second desk" };
    await test.platform.db.write((tx) =>
      insertDesk(tx, { id: "desk-second", institutionId: "inst-other", kind: "csw", name, fallbackId: null }),
    );
    await giveKey("desk-second");
    const asked = await choose("other");
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

  it("is chosen only after showing once more who it is", async () => {
    test.pass(6 * MINUTE);
    const asked = await choose("other");
    expect([asked.text.includes("Confirm that it is you"), await standIn()]).toEqual([true, null]);
    expect((await choose("other", { confirmPassword: PASSWORD })).status).toBe(303);
    expect(await standIn()).toBe("desk-other");
  });

  it("is an administrator's to choose: a triage operator finds no form", async () => {
    expect((await test.triage.get(TRIAGE_DESK)).status).toBe(404);
    expect((await test.triage.post(TRIAGE_DESK, { name: "X", standIn: "other" })).status).toBe(404);
    expect(await standIn()).toBeNull();
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
