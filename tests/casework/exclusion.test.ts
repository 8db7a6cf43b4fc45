import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shareByRecovery } from "#casework/share-by-recovery.ts";
import type { Database } from "#platform/db/database.ts";
import { createApp } from "../../src/app.ts";
import { COLLEAGUE, OPERATOR, openTestApp, RECOVERY_KEYS, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { heldBy } from "../support/held-by.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";
import { addInstitutions, institutionRow } from "../support/people-at-work.ts";

const MINUTE = 60_000;
let test: TestApp;
let operator: Visitor;
let colleague: Visitor;

beforeEach(async () => {
  test = await openTestApp({ ...unpaced(), recoveryRecipient: RECOVERY_KEYS.recipient });
  operator = newVisitor(test);
  colleague = newVisitor(test);
  await signInAs(operator);
  await signInAs(colleague, COLLEAGUE);
});
afterEach(() => test.close());

const idOf = async (email: string) =>
  String((await test.database.raw(`select id from person where email = '${email}'`))[0]?.id);
const exclusions = (number: string) => `/staff/cases/${number}/exclusions`;
const keepAway = async (number: string, email: string, by = operator) =>
  by.post(exclusions(number), { whom: `person:${await idOf(email)}` });
const keepInstitution = (number: string, id: string, by = operator) =>
  by.post(exclusions(number), { whom: `institution:${id}` });
const listed = async (visitor: Visitor) => numbersOn(await visitor.get("/staff/cases"));
const countsOn = ({ text }: Seen) => /All: (\d+)<.*?New: (\d+)</s.exec(text)?.slice(1) ?? [];
const opens = async (number: string, visitor: Visitor) => (await visitor.get(`/staff/cases/${number}`)).status;
const liftsOn = ({ text }: Seen) => [...text.matchAll(/action="([^"]+\/lift)"/g)].map(([, path = ""]) => path);

/** Sends a report and says the number of its case. */
async function report(words: string): Promise<string> {
  const before = await test.database.raw("select number from case_file");
  await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: words, truthful: "yes" } });
  const after = await test.database.raw("select number from case_file");
  const known = new Set(before.map(({ number }) => number));
  return String(after.find(({ number }) => !known.has(number))?.number);
}

describe("a colleague in a conflict of interest", () => {
  it("finds the case in no list, no count, no filter and at no address, while the others open it as before", async () => {
    const about = await report("told about Kosta");
    const other = await report("told about somebody else");
    expect(countsOn(await colleague.get("/staff/cases"))).toEqual(["2", "2"]);
    expect((await keepAway(about, COLLEAGUE)).path).toBe(exclusions(about));

    const list = await colleague.get("/staff/cases");
    expect(numbersOn(list)).toEqual([other]);
    expect(countsOn(list)).toEqual(["1", "1"]);
    expect(numbersOn(await colleague.get("/staff/cases?form=social"))).toEqual([other]);
    expect((await colleague.get(`/staff/cases/${other}`)).text).not.toContain('rel="next"');
    for (const part of ["", "/exclusions", "/messages"]) {
      expect((await colleague.get(`/staff/cases/${about}${part}`)).status, part).toBe(part === "/messages" ? 303 : 404);
    }
    for (const form of ["urgency", "status", "shelf", "notes", "messages", "assessment", "exclusions"]) {
      const fields = { urgency: "p1", version: "1", status: "triage", decision: "keep", note: "x", message: "x" };
      const more = { assessment: "x", based: "", whom: `person:${await idOf(OPERATOR)}` };
      expect((await colleague.post(`/staff/cases/${about}/${form}`, { ...fields, ...more })).status, form).toBe(404);
    }
    const read = await operator.get(`/staff/cases/${about}`);
    expect(read.text).toContain("told about Kosta");
    expect(read.text).toContain("<bdi>Kosta Colleague</bdi>");
  });

  it("holds no key of the case any more, and gets none when keys are shared or the desk gets a new one", async () => {
    const about = await report("told about Kosta");
    await keepAway(about, COLLEAGUE);
    await signInAs(newVisitor(test));
    await signInAs(newVisitor(test), COLLEAGUE);
    expect(await heldBy(test, about, COLLEAGUE)).toBe(0);
    expect(await heldBy(test, about, OPERATOR)).toBe(2);
    expect(await test.database.raw("select holder from apart_key_holder where holder = 'recovery'")).toHaveLength(1);
  });

  it("may be the one who declares it, and then stands before the list", async () => {
    const about = await report("told about Kosta");
    expect((await keepAway(about, COLLEAGUE, colleague)).path).toBe("/staff/cases");
    expect(await listed(colleague)).toEqual([]);
    expect(await opens(about, operator)).toBe(200);
  });

  it("is not kept away where nobody else could open the case any more", async () => {
    const about = await report("told about both");
    await keepAway(about, COLLEAGUE);
    const seen = await keepAway(about, OPERATOR);
    expect(seen.status).toBe(422);
    expect(seen.text).toContain("Nobody of the desk could open the report any more.");
    expect((await keepInstitution(about, "inst-triage")).status).toBe(422);
    expect(await opens(about, operator)).toBe(200);
  });

  it("sees the case again, and opens it, once it is lifted with a second look", async () => {
    const about = await report("told about Kosta");
    await keepAway(about, COLLEAGUE);
    const [lift = ""] = liftsOn(await operator.get(exclusions(about)));
    test.pass(6 * MINUTE);
    expect((await operator.post(lift, {})).path).not.toBe(exclusions(about));
    expect(await opens(about, colleague)).toBe(404);
    expect((await colleague.post(lift, { confirmPassword: "long enough password" })).status).toBe(404);
    expect((await operator.post(lift, { confirmPassword: "long enough password" })).path).toBe(exclusions(about));
    expect((await colleague.get(`/staff/cases/${about}`)).text).toContain("told about Kosta");
    expect((await operator.get(exclusions(about))).text).toContain("Nobody is kept away.");
  });

  it("stays away while another reason holds", async () => {
    const about = await report("told about Kosta");
    await keepAway(about, COLLEAGUE);
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-other', '${await idOf(COLLEAGUE)}', 1, false)`,
    );
    await keepInstitution(about, "inst-other");
    const [first = ""] = liftsOn(await operator.get(exclusions(about)));
    await operator.post(first, {});
    expect(await opens(about, colleague)).toBe(404);
    expect(await listed(colleague)).toEqual([]);
  });

  it("is declared once, also by two at once, and each declaring stands in the record", async () => {
    const about = await report("told about Sava");
    await Promise.all([keepAway(about, STRANGER), keepAway(about, STRANGER, colleague)]);
    expect(await test.database.raw("select person_id from case_exclusion")).toHaveLength(1);
    const rows = await test.database.raw("select action from audit_entry where action like 'case.exclusion%'");
    expect(rows).toHaveLength(1);
  });
});

describe("everybody of an institution", () => {
  it("is kept away with it, of its branches too, also who comes to work there later", async () => {
    const about = await report("told about a school");
    await keepInstitution(about, "inst-other");
    expect(await listed(colleague)).toEqual([about]);
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-other', '${await idOf(COLLEAGUE)}', 1, false)`,
    );
    expect(numbersOn(await colleague.get("/staff/cases?desk=desk-triage"))).toEqual([]);
    expect(await opens(about, colleague)).toBe(404);
    await test.database.raw("update institution set parent_id = 'inst-other' where id = 'inst-triage'");
    expect(await listed(operator)).toEqual([]);
  });

  it("is kept away at the branch of a branch too, and where bodies belong to each other in a circle", async () => {
    const about = await report("told about a school");
    await addInstitutions(test, [institutionRow("inst-middle", "csw", { parentId: "inst-other" })]);
    await test.database.raw("update institution set parent_id = 'inst-middle' where id = 'inst-triage'");
    await test.database.raw("update institution set parent_id = 'inst-triage' where id = 'inst-other'");
    expect((await keepInstitution(about, "inst-other")).text).toContain("Nobody of the desk could open");
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-other', '${await idOf(COLLEAGUE)}', 1, false)`,
    );
    await test.database.raw("update institution set parent_id = null where id = 'inst-triage'");
    const atTriage = async () => numbersOn(await colleague.get("/staff/cases?desk=desk-triage"));
    await keepInstitution(about, "inst-middle");
    expect([await atTriage(), await opens(about, colleague), await listed(operator)]).toEqual([[about], 200, [about]]);
    await keepInstitution(about, "inst-other");
    expect([await atTriage(), await opens(about, colleague), await listed(operator)]).toEqual([[], 404, [about]]);
  });

  it("says so, and changes nothing, where people come and go each time it is tried", async () => {
    const about = await report("told about Kosta");
    const tara = await newStaff(test, "triage", "desk-triage");
    const { platform, database, country } = test;
    let admitted = true;
    const write: Database["write"] = async (work, options) => {
      admitted = !admitted;
      await database.raw(
        `update desk_member set admitted_at = ${admitted ? 1 : "null"} where person_id = '${tara.id}'`,
      );
      return platform.db.write(work, options);
    };
    const options = { country, baseUrl: undefined, recoveryRecipient: RECOVERY_KEYS.recipient, demo: false } as const;
    const app = createApp({ ...platform, db: { ...platform.db, write } }, { ...options, secondFactor: "offered" });
    const busy = newVisitor({ app }, new Map(operator.cookies));
    const seen = await keepAway(about, COLLEAGUE, busy);
    expect([seen.status, seen.text.includes("left it at the same moment")]).toEqual([422, true]);
    expect([await listed(colleague), await database.raw("select id from case_exclusion")]).toEqual([[about], []]);
  });
});

describe("a newcomer to a desk with a case apart", () => {
  const join = async (): Promise<Visitor & { readonly id: string }> => {
    const tara = await newStaff(test, "triage");
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-triage', '${tara.id}', null, false)`,
    );
    await operator.post(`/staff/team/desk-triage/${tara.id}/admit`, {});
    return tara;
  };

  it("does not see it until somebody who holds it lets them, and then opens it", async () => {
    const about = await report("told about Kosta");
    await keepAway(about, COLLEAGUE);
    const tara = await join();
    await signInAs(newVisitor(test));
    expect([await listed(tara), await opens(about, tara)]).toEqual([[], 404]);
    expect((await operator.get(exclusions(about))).text).toContain("Who cannot open it yet");
    const share = `${exclusions(about)}/share`;
    expect((await colleague.post(share, { person: tara.id })).status).toBe(404);
    await operator.post(share, { person: await idOf(COLLEAGUE) });
    await operator.post(share, { person: await idOf(STRANGER) });
    expect(await test.database.raw("select holder from apart_key_holder")).toHaveLength(2);
    await operator.post(share, { person: tara.id });
    expect((await tara.get(`/staff/cases/${about}`)).text).toContain("told about Kosta");
    expect((await operator.get(exclusions(about))).text).not.toContain("Who cannot open it yet");
    expect(await test.database.raw("select id from audit_entry where action = 'case.keyShared'")).toHaveLength(1);
  });

  it("is not let in by another declaration either", async () => {
    const about = await report("told about Kosta");
    await keepAway(about, COLLEAGUE);
    const tara = await join();
    const other = await newStaff(test, "triage", undefined, "other@triage.test");
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-triage', '${other.id}', null, false)`,
    );
    await operator.post(`/staff/team/desk-triage/${other.id}/admit`, {});
    const [before] = await test.database.raw("select apart_key_id from case_file");
    await keepAway(about, "other@triage.test");
    const [after] = await test.database.raw("select apart_key_id from case_file");
    expect(after).not.toEqual(before);
    expect([await opens(about, tara), await opens(about, operator)]).toEqual([404, 200]);
  });

  it("who waited when it was declared holds nothing of it once let in", async () => {
    const about = await report("told about Tara");
    const tara = await newStaff(test, "triage");
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-triage', '${tara.id}', null, false)`,
    );
    await keepAway(about, "triage-nowhere@staff.test");
    await operator.post(`/staff/team/desk-triage/${tara.id}/admit`, {});
    expect(await test.database.raw("select id from case_file where apart_key_id is null")).toEqual([]);
    expect(await opens(about, tara)).toBe(404);
    expect(await test.database.raw(`select holder from apart_key_holder where holder = '${tara.id}'`)).toEqual([]);
  });

  it("opens it by the recovery identity where its only holder is gone, but never who is kept away", async () => {
    const about = await report("told about Kosta");
    await keepAway(about, COLLEAGUE);
    const tara = await join();
    // As somebody types it; the account keeps it in small letters.
    expect(await shareByRecovery(test.platform, " Triage-Nowhere@staff.test", RECOVERY_KEYS.identity)).toBe(1);
    expect(await shareByRecovery(test.platform, COLLEAGUE, RECOVERY_KEYS.identity)).toBe(0);
    expect(await opens(about, tara)).toBe(200);
  });
});

describe("the page", () => {
  it("finds people and institutions by name in a form, so that no address holds a name", async () => {
    const about = await report("told about Sava");
    const seen = await operator.post(`${exclusions(about)}/find`, { words: "sava" });
    expect(seen.status).toBe(200);
    expect(seen.text).toContain(`value="person:${await idOf(STRANGER)}"`);
    expect(seen.text).not.toContain(STRANGER);
    const none = await operator.post(`${exclusions(about)}/find`, { words: "nobody at all" });
    expect(none.text).toContain("Nobody of that name has an account");
  });

  it("refuses nothing chosen, and whom nobody knows, with what was typed", async () => {
    const about = await report("told");
    const empty = await operator.post(exclusions(about), { words: "sava" });
    expect([empty.status, empty.text.includes("Choose who is concerned.")]).toEqual([422, true]);
    expect(empty.text).toContain('value="sava"');
    for (const whom of [
      "person:nobody",
      "institution:nowhere",
      "desk:desk-triage",
      `person:${"x".repeat(300)}`,
      "person:",
    ]) {
      expect((await operator.post(exclusions(about), { whom })).status, whom).toBe(422);
    }
    expect(await test.database.raw("select id from case_exclusion")).toEqual([]);
  });

  it("does not exist for a stranger, and nothing of a case can be lifted through another", async () => {
    const [one, two] = [await report("one"), await report("two")];
    const stranger = newVisitor(test);
    await signInAs(stranger, STRANGER);
    expect((await stranger.get(exclusions(one))).status).toBe(404);
    await keepAway(one, COLLEAGUE);
    const [lift = ""] = liftsOn(await operator.get(exclusions(one)));
    await operator.post(lift.replace(one, two), {});
    expect(await opens(one, colleague)).toBe(404);
  });
});
