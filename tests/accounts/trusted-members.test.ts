import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listApartKeysHeldBy, listReachableDeskKeys, openDeskKeyring, RECOVERY } from "#accounts/index.ts";
import { markedRecipient } from "#accounts/recovery-recipient.ts";
import { type KeyPair, newKeyPair, openText } from "#platform/crypto/seal.ts";
import { createApp } from "../../src/app.ts";
import { COLLEAGUE, OPERATOR, openTestApp, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";
import { addInstitutions, institutionRow, signInNew } from "../support/people-at-work.ts";

/** Whoever writes the database has the key pair whose recipient they put there. */
let test: TestApp;
let operator: Visitor;
let theirs: KeyPair;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  operator = newVisitor(test);
  await signInAs(operator);
  theirs = await newKeyPair();
});
afterEach(() => test.close());

const raw = (statement: string) => test.database.raw(statement);
const idOf = async (email: string) => String((await raw(`select id from person where email = '${email}'`))[0]?.id);
const report = (words: string) =>
  sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: words, truthful: "yes" } });
/** Makes the desk's next key due, as somebody's leaving does, and lets the operator make it. */
async function renew(): Promise<void> {
  await raw("update desk_key set retired_at = 1 where desk_id = 'desk-triage'");
  await signInAs(operator);
}
const newestHolders = async () => {
  const rows = await raw(
    "select h.holder, h.sealed from desk_key_holder h join desk_key k on k.id = h.desk_key_id where k.desk_id = 'desk-triage' and k.generation = (select max(generation) from desk_key where desk_id = 'desk-triage')",
  );
  return rows.map(({ holder, sealed }) => ({ holder: String(holder), sealed: sealed as Buffer }));
};
const generations = async () => (await raw("select id from desk_key where desk_id = 'desk-triage'")).length;
/** What is sealed into which part of a case. */
const entries = () => raw("select id, compartment_id from entry order by id");
/** How much of all that is sealed anywhere a stolen or planted identity opens. */
async function opensOf(identity: string): Promise<number> {
  let opened = 0;
  for (const table of ["desk_key_holder", "apart_key_holder", "holder", "entry"])
    for (const { sealed } of await raw(`select sealed from ${table}`))
      opened += await openText(identity, sealed as Buffer).then(
        () => 1,
        () => 0,
      );
  return opened;
}

describe("whoever can write the database", () => {
  it("and puts somebody among the members of a desk gets none of its keys", async () => {
    const planted = await idOf(STRANGER);
    await raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-triage', '${planted}', 1, false)`,
    );
    await renew();
    const holders = (await newestHolders()).map(({ holder }) => holder);
    expect(await generations()).toBe(2);
    expect(holders).toContain(await idOf(COLLEAGUE));
    expect(holders).not.toContain(planted);
  });

  it("and puts their own recipient in the place of a member's gets none of its keys", async () => {
    await raw(`update person set recipient = '${theirs.recipient}' where email = '${COLLEAGUE}'`);
    await renew();
    expect([await generations(), (await newestHolders()).length]).toEqual([2, 1]);
    expect(await opensOf(theirs.identity)).toBe(0);
  });

  it("and makes a holder's row of their own gets none of the next key", async () => {
    const planted = await idOf(STRANGER);
    await raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads) values ('desk-triage', '${planted}', 1, false)`,
    );
    const from = `from desk_key_holder h join desk_key k on k.id = h.desk_key_id where k.desk_id = 'desk-triage'`;
    await raw(
      `insert into desk_key_holder (desk_key_id, holder, sealed, mark) select k.id, '${planted}', h.sealed, h.mark ${from} limit 1`,
    );
    await renew();
    expect((await newestHolders()).map(({ holder }) => holder)).not.toContain(planted);
  });

  it("and puts their own recipient in the place of who waits is not let in by a colleague who looks at the name", async () => {
    const waiting = await newStaff(test, "triage", "desk-triage");
    await raw(`update desk_member set admitted_at = null where person_id = '${waiting.id}'`);
    await raw(`update person set recipient = '${theirs.recipient}' where id = '${waiting.id}'`);
    await operator.post(`/staff/team/desk-triage/${waiting.id}/admit`, {});
    expect(await raw(`select admitted_at from desk_member where person_id = '${waiting.id}'`)).toEqual([
      { admitted_at: null },
    ]);
    expect(await opensOf(theirs.identity)).toBe(0);
  });

  it("and puts their own recipient in the place of a desk's gets no report: none is taken", async () => {
    await raw(`update desk_key set recipient = '${theirs.recipient}' where desk_id = 'desk-triage'`);
    const seen = await newVisitor(test).get("/en/report");
    expect(seen.text).toContain("cannot be taken");
    await expect(report("told to nobody")).rejects.toThrow();
    expect(await raw("select id from case_file")).toEqual([]);
  });

  it("and puts their own recipient in the place of a case's gets neither notes nor messages, which come back", async () => {
    await report("told early");
    const [number = ""] = numbersOn(await operator.get("/staff/cases"));
    await raw(`update compartment set recipient = '${theirs.recipient}'`);
    const seen = await operator.post(`/staff/cases/${number}/notes`, { note: "written for nobody else" });
    expect([seen.status, seen.text.includes("written for nobody else")]).toEqual([500, true]);
    expect(await opensOf(theirs.identity)).toBe(0);
  });

  it.each([
    ["file", "note"],
    ["conversation", "message"],
  ])("and puts a part of their own report in the place of another case's %s gets no %s", async (kind, field) => {
    await report("told by somebody else");
    const [number = ""] = numbersOn(await operator.get("/staff/cases"));
    const [other = {}] = await raw("select id from case_file");
    await report("told to hold its code");
    const parts = await raw(`select id from compartment where kind = 'conversation' and case_id <> '${other.id}'`);
    await raw(`update compartment set kind = 'gone' where kind = '${kind}' and case_id = '${other.id}'`);
    await raw(`update compartment set kind = '${kind}', case_id = '${other.id}' where id = '${parts[0]?.id}'`);
    const before = await entries();
    const seen = await operator.post(`/staff/cases/${number}/${field}s`, { [field]: "written for nobody else" });
    expect([seen.status, seen.text.includes("written for nobody else")]).toEqual([500, true]);
    expect([before.length, await entries()]).toEqual([2, before]);
  });

  it("and lets two parts of their own report change places reads no note by its code", async () => {
    await report("told to hold its code");
    const [number = ""] = numbersOn(await operator.get("/staff/cases"));
    for (const [from, to] of [
      ["conversation", "between"],
      ["file", "conversation"],
      ["between", "file"],
    ])
      await raw(`update compartment set kind = '${to}' where kind = '${from}'`);
    const before = await entries();
    const seen = await operator.post(`/staff/cases/${number}/notes`, { note: "written for nobody else" });
    expect([seen.status, seen.text.includes("written for nobody else")]).toEqual([500, true]);
    expect([before.length, await entries()]).toEqual([1, before]);
  });

  it("and puts their own recipient in the place of a supervisor's is not let in by a desk that grants", async () => {
    await addInstitutions(test, [institutionRow("ministry", "ministry")]);
    await raw("update institution set supervisor_id = 'ministry' where id = 'inst-triage'");
    const supervisor = await signInNew(test, "supervisor", ["ministry"]);
    await report("told early");
    const [number = ""] = numbersOn(await operator.get("/staff/cases"));
    await supervisor.post("/staff/access", { number, reason: "the deadline has passed" });
    await raw(`update person set recipient = '${theirs.recipient}' where role = 'supervisor'`);
    const page = await operator.get(`/staff/cases/${number}/access`);
    const [, grant = "none"] = /action="(\/staff\/cases\/[^"]+\/grant)"/.exec(page.text) ?? [];
    await operator.post(grant, { days: "7" });
    expect([await raw("select kind from holder where kind = 'person'"), await opensOf(theirs.identity)]).toEqual([
      [],
      0,
    ]);
  });
});

describe("a recovery recipient that is stored", () => {
  it("after a desk got its key opens nothing of that desk, whatever became of the rows", async () => {
    await report("told early");
    await raw(
      `insert into setting (name, value) values ('recovery', '${markedRecipient(test.platform.secrets, theirs.recipient)}')`,
    );
    await raw("delete from desk_key_holder where holder = 'recovery'");
    await renew();
    expect([await generations(), await opensOf(theirs.identity)]).toEqual([2, 0]);
  });
});

describe("a recovery recipient of the environment", () => {
  const withRecovery = async (recipient: string) => {
    const options = { country: test.country, baseUrl: undefined, demo: false, secondFactor: "offered" } as const;
    const visitor = newVisitor({ app: createApp(test.platform, { ...options, recoveryRecipient: recipient }) });
    await signInAs(visitor);
    return visitor;
  };
  const reached = (identity: string) =>
    test.platform.db.read(async (reader) => {
      const keyring = openDeskKeyring(await listReachableDeskKeys(reader, RECOVERY), RECOVERY, identity);
      return Promise.all(
        [...keyring.keys].filter(([, desk]) => desk === "desk-triage").map(([id]) => keyring.open(id)),
      );
    });

  it("that takes the place of another opens every earlier key once somebody of the desk signs in", async () => {
    await expect(reached(theirs.identity)).rejects.toThrow();
    await withRecovery(theirs.recipient);
    expect(await reached(theirs.identity)).toHaveLength(2);
    await withRecovery(theirs.recipient);
    expect(await generations()).toBe(2);
    const next = await newKeyPair();
    await withRecovery(next.recipient);
    expect(await reached(next.identity)).toHaveLength(3);
  });

  it("opens cases that were sealed apart before it was set, once somebody who holds them signs in", async () => {
    await report("told about Kosta");
    const [number = ""] = numbersOn(await operator.get("/staff/cases"));
    await operator.post(`/staff/cases/${number}/exclusions`, { whom: `person:${await idOf(COLLEAGUE)}` });
    const apart = async (identity: string) => {
      const ids = (await raw("select id from apart_key")).map(({ id }) => String(id));
      const held = await test.platform.db.read((reader) => listApartKeysHeldBy(reader, RECOVERY, ids));
      return Promise.all(held.map(({ sealed }) => openText(identity, sealed)));
    };
    expect(await apart(theirs.identity)).toEqual([]);
    await withRecovery(theirs.recipient);
    expect(await apart(theirs.identity)).toHaveLength(1);
    const rows = await raw("select action from audit_entry where action = 'desk.keyCovered'");
    expect(rows).toHaveLength(1);
    const next = await newKeyPair();
    await withRecovery(next.recipient);
    expect(await apart(next.identity)).toHaveLength(1);
  });

  it("opens the others where one of somebody's keys is damaged, at a desk or for a single case", async () => {
    for (const words of ["told first", "told next"]) await report(words);
    for (const number of numbersOn(await operator.get("/staff/cases")))
      await operator.post(`/staff/cases/${number}/exclusions`, { whom: `person:${await idOf(COLLEAGUE)}` });
    const covered = async () =>
      (await raw("select apart_key_id from apart_key_holder where holder = 'recovery'")).map((row) => row.apart_key_id);
    const held = `holder = '${await idOf(OPERATOR)}'`;
    const [first, second] = (await raw(`select apart_key_id from apart_key_holder where ${held}`)).map((row) =>
      String(row.apart_key_id),
    );
    const other = "(select sealed from holder limit 1)";
    await raw("create table kept as select * from apart_key_holder");
    // Whichever stands first, the other one is sealed.
    for (const [damaged, whole] of [
      [first, second],
      [second, first],
    ]) {
      await raw(`update apart_key_holder set sealed = ${other} where ${held} and apart_key_id = '${damaged}'`);
      await withRecovery(theirs.recipient);
      expect(await covered()).toEqual([whole]);
      await raw("delete from apart_key_holder");
      await raw("insert into apart_key_holder select * from kept");
    }
    await raw(`update desk_key_holder set sealed = ${other} where ${held}`);
    await withRecovery((await newKeyPair()).recipient);
    expect(await covered()).toHaveLength(2);
  });
});
