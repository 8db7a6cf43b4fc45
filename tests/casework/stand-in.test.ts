import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shareByRecovery } from "#casework/share-by-recovery.ts";
import { COLLEAGUE, OPERATOR, openTestApp, RECOVERY_KEYS, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { heldBy } from "../support/held-by.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const TRIAGE_DESK = "/staff/institutions/inst-triage/desks/desk-triage";
let test: TestApp;
let operator: Visitor;
let colleague: Visitor;
/** Works at the desk that will stand in for the triage desk. */
let stranger: Visitor;
let admin: Visitor;

beforeEach(async () => {
  test = await openTestApp({ ...unpaced(), recoveryRecipient: RECOVERY_KEYS.recipient });
  [operator, colleague, stranger] = [newVisitor(test), newVisitor(test), newVisitor(test)];
  await signInAs(operator);
  await signInAs(colleague, COLLEAGUE);
  await signInAs(stranger, STRANGER);
  admin = await newStaff(test, "admin");
});
afterEach(() => test.close());

/** An administrator proposes the other desk, or nobody, to stand in from now on, and the triage desk confirms it. */
async function standIn(identifier: "other" | ""): Promise<void> {
  const sent = await admin.post(TRIAGE_DESK, { ...fieldsOn(await admin.get(TRIAGE_DESK)), standIn: identifier });
  const said = await operator.post("/staff/team/desk-triage/fallback", { fallback: "desk-other", decision: "confirm" });
  for (const { status } of [sent, said]) if (status !== 303) throw new Error(`not taken: ${status}`);
}

const idOf = async (email: string) =>
  String((await test.database.raw(`select id from person where email = '${email}'`))[0]?.id);
const keepAway = async (number: string, email: string) =>
  operator.post(`/staff/cases/${number}/exclusions`, { whom: `person:${await idOf(email)}` });
/** Lifts whatever keeps somebody away from a case. */
async function liftAll(number: string): Promise<void> {
  const { text } = await operator.get(`/staff/cases/${number}/exclusions`);
  for (const [, lift = ""] of text.matchAll(/action="([^"]+\/lift)"/g)) await operator.post(lift, {});
}
const listed = async (visitor: Visitor) => numbersOn(await visitor.get("/staff/cases?desk=desk-triage"));
const opens = async (number: string, visitor: Visitor) => (await visitor.get(`/staff/cases/${number}`)).status;

async function report(): Promise<string> {
  const before = new Set((await test.database.raw("select number from case_file")).map(({ number }) => number));
  await sendShortReport(newVisitor(test));
  const after = await test.database.raw("select number from case_file");
  return String(after.find(({ number }) => !before.has(number))?.number);
}

describe("somebody kept away from a case, who works at the desk that stands in", () => {
  it("sees nothing of it, and holds no key, where it arrived afterwards", async () => {
    await standIn("other");
    const [about, other] = [await report(), await report()];
    expect([await heldBy(test, about, STRANGER), await opens(about, stranger)]).toEqual([2, 200]);
    await keepAway(about, STRANGER);
    expect([await listed(stranger), await opens(about, stranger)]).toEqual([[other], 404]);
    expect([await heldBy(test, about, STRANGER), await heldBy(test, about, OPERATOR)]).toEqual([0, 2]);
    expect(await opens(about, colleague)).toBe(200);
  });

  it("sees nothing of it where it was declared before the desk stood in, and after that ends and begins again", async () => {
    const about = await report();
    await keepAway(about, STRANGER);
    await standIn("other");
    expect([await listed(stranger), await opens(about, stranger), await heldBy(test, about, STRANGER)]).toEqual([
      [],
      404,
      0,
    ]);
    await standIn("");
    await standIn("other");
    expect([await listed(stranger), await opens(about, stranger)]).toEqual([[], 404]);
  });

  it("loses the key that still opens it where the desk stood in when it arrived, and no longer does", async () => {
    await standIn("other");
    const about = await report();
    await standIn("");
    expect([await opens(about, stranger), await heldBy(test, about, STRANGER)]).toEqual([404, 2]);
    await keepAway(about, STRANGER);
    expect([await opens(about, stranger), await heldBy(test, about, STRANGER)]).toEqual([404, 0]);
    expect([await opens(about, operator), await opens(about, colleague)]).toEqual([200, 200]);
  });
});

describe("a case that arrived while a desk stood in", () => {
  it("is shared there once a conflict is lifted, while that desk still stands in", async () => {
    await standIn("other");
    const [about, other] = [await report(), await report()];
    for (const number of [about, other]) await keepAway(number, STRANGER);
    await liftAll(about);
    expect([await heldBy(test, about, STRANGER), await opens(about, stranger)]).toEqual([2, 200]);
    await standIn("");
    await liftAll(other);
    expect([await heldBy(test, other, STRANGER), await opens(other, stranger)]).toEqual([0, 404]);
  });
});

describe("a case that arrived before a desk stood in", () => {
  it("is sealed singly to nobody there, when somebody else is kept away from it", async () => {
    const about = await report();
    await standIn("other");
    await keepAway(about, COLLEAGUE);
    expect([await heldBy(test, about, STRANGER), await listed(stranger)]).toEqual([0, []]);
    expect(await opens(about, operator)).toBe(200);
    // Once more, while it is sealed apart already.
    const tara = await newStaff(test, "triage");
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-triage', '${tara.id}', 1, false)`,
    );
    await keepAway(about, "triage-nowhere@staff.test");
    expect([await heldBy(test, about, STRANGER), await opens(about, operator)]).toEqual([0, 200]);
  });

  it("is shared with nobody there once a conflict is lifted", async () => {
    const about = await report();
    await keepAway(about, COLLEAGUE);
    await standIn("other");
    await keepAway(about, STRANGER);
    await liftAll(about);
    expect([await heldBy(test, about, COLLEAGUE), await opens(about, colleague)]).toEqual([2, 200]);
    expect([await heldBy(test, about, STRANGER), await opens(about, stranger)]).toEqual([0, 404]);
  });

  it("is shared with nobody there by the recovery identity or by a colleague", async () => {
    const about = await report();
    await keepAway(about, COLLEAGUE);
    await standIn("other");
    expect(await shareByRecovery(test.platform, STRANGER, RECOVERY_KEYS.identity)).toBe(0);
    await operator.post(`/staff/cases/${about}/exclusions/share`, { person: await idOf(STRANGER) });
    expect([await heldBy(test, about, STRANGER), await opens(about, stranger)]).toEqual([0, 404]);
  });

  it("is kept from nobody of the triage desk for the sake of those who cannot open it", async () => {
    const about = await report();
    await keepAway(about, COLLEAGUE);
    await standIn("other");
    const seen = await keepAway(about, OPERATOR);
    expect([seen.status, seen.text.includes("Nobody of the desk could open")]).toEqual([422, true]);
  });
});

describe("what the list of a desk that stands in shows", () => {
  it("is what opens, whenever cases arrived and whoever is kept away", async () => {
    const numbers: string[] = [];
    for (const identifier of ["", "other", "", "other"] as const) {
      if (numbers.length > 0) await standIn(identifier);
      numbers.push(await report());
    }
    await keepAway(numbers[3] ?? "", COLLEAGUE);
    for (const visitor of [operator, colleague, stranger]) {
      const list = await listed(visitor);
      for (const number of numbers) expect(await opens(number, visitor)).toBe(list.includes(number) ? 200 : 404);
    }
    expect((await listed(stranger)).toSorted()).toEqual([numbers[1], numbers[3]].toSorted());
  });
});
