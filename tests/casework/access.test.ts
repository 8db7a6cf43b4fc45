import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPostgres } from "#platform/db/columns.ts";
import { purge } from "../../src/serve.ts";
import { COLLEAGUE, NOON, openTestApp, RECOVERY_KEYS, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";
import { addInstitutions, institutionRow, signInNew } from "../support/people-at-work.ts";
import { insertBareCases, numberAt } from "./rows.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ABOVE = "supervisor-ministry@work.test";
const REASON = "Zvrk: the deadline has passed twice";
const PATH = "/staff/access";
let test: TestApp;
let operator: Visitor;
let colleague: Visitor;
let supervisor: Visitor;
let number: string;

beforeEach(async () => {
  test = await openTestApp({ ...unpaced(), recoveryRecipient: RECOVERY_KEYS.recipient });
  await addInstitutions(test, [institutionRow("ministry", "ministry"), institutionRow("another", "ministry")]);
  await test.database.raw("update institution set supervisor_id = 'ministry' where id = 'inst-triage'");
  operator = newVisitor(test);
  colleague = newVisitor(test);
  await signInAs(operator);
  await signInAs(colleague, COLLEAGUE);
  supervisor = await signInNew(test, "supervisor", ["ministry"]);
  number = await report("told in the corridor");
});
afterEach(() => test.close());

/** Sends a report and says the number of its case. */
async function report(words: string): Promise<string> {
  const before = await test.database.raw("select number from case_file");
  await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: words, truthful: "yes" } });
  const after = await test.database.raw("select number from case_file");
  const known = new Set(before.map((row) => row.number));
  return String(after.find((row) => !known.has(row.number))?.number);
}

const idOf = async (email: string) =>
  String((await test.database.raw(`select id from person where email = '${email}'`))[0]?.id);
const ask = (by = supervisor, of = number, reason = REASON) => by.post(PATH, { number: of, reason });
const read = (by = supervisor, of = number) => by.get(`${PATH}/${of}`);
const requests = (of = number) => `/staff/cases/${of}/access`;
const addressOn = ({ text }: Seen, what: string) =>
  new RegExp(`action="(/staff/cases/[^"]+/${what})"`).exec(text)?.[1] ?? "none";
const press = async (what: string, by = operator, fields = {}) =>
  by.post(addressOn(await by.get(requests()), what), fields);
const grant = (days = "7", by = operator) => press("grant", by, { days });
const keys = () => test.database.raw("select compartment_id from holder where kind = 'person'");
const accesses = () => test.database.raw("select * from case_access order by asked_at, id");
const audit = async (action: string) =>
  (await test.database.raw(`select actor_kind, actor_id, detail from audit_entry where action = '${action}'`)).map(
    (row) => ({ by: row.actor_id ?? row.actor_kind, ...JSON.parse(String(row.detail)) }) as Record<string, string>,
  );
const states = async (by = supervisor) =>
  [...(await by.get(PATH)).text.matchAll(/data-label="State">([^<]*)</g)].map(([, state]) => state);
const keepAway = async (whom: string) => operator.post(`/staff/cases/${number}/exclusions`, { whom });
const signInAgain = () => Promise.all([signInAs(supervisor, ABOVE), signInAs(operator)]);
/** A day ends every session. */
const later = (ms: number) => {
  test.pass(ms);
  return signInAgain();
};
/** Sessions end by the machine's own clock, which is far behind the service's here. */
const purgeAll = async () => {
  await purge(test.platform);
  await signInAgain();
};

describe("asking", () => {
  it("reaches the desk with the reason, who asks and since when, and opens nothing yet", async () => {
    expect((await supervisor.get(PATH)).text).toContain("You have not asked for anything yet.");
    expect((await ask()).path).toBe(PATH);
    const own = await supervisor.get(PATH);
    expect(own.text).toContain(`<b>${number}</b>`);
    expect(own.text).not.toContain(`href="${PATH}/${number}"`);
    expect(await states()).toEqual(["waits for the desk"]);
    expect((await read()).status).toBe(404);
    const inbox = await operator.get("/staff/cases");
    expect(numbersOn(inbox)).toEqual([number]);
    expect(inbox.text.match(/request to read/g)).toHaveLength(1);
    for (const page of [`/staff/cases/${number}`, requests()]) {
      const { text } = await colleague.get(page);
      expect(text, page).toContain(REASON);
      expect(text, page).toContain("Radmila Radnik, Institution ministry");
      expect(text, page).toContain("since 22 November at 12:00");
    }
    expect(await keys()).toEqual([]);
    expect((await audit("case.accessAsked")).map(({ by }) => by)).toEqual([await idOf(ABOVE)]);
  });

  it("says the same of a number that nobody has, that is not below, and that a conflict keeps away", async () => {
    const beside = await signInNew(test, "supervisor", ["another"]);
    await insertBareCases(test.platform.db, [{ number: numberAt(7), receivedAt: NOON, deskId: "desk-other" }]);
    await keepAway(`person:${await idOf(ABOVE)}`);
    const said = async (by: Visitor, of: string) => {
      const { status, text, headers } = await ask(by, of);
      const plain = text.replaceAll(of, "N").replace(/name="once" value="[^"]*"|number: [\w-]+/g, "");
      return JSON.stringify([status, plain, [...headers].filter(([name]) => name !== "content-length")]);
    };
    const unknown = await said(supervisor, "2026-999999999999");
    expect(unknown).toContain("no report with this number that you could ask");
    expect(unknown).toContain("422");
    expect(await said(supervisor, numberAt(7))).toBe(unknown);
    expect(await said(supervisor, number)).toBe(unknown);
    expect(await said(beside, number)).toBe(await said(beside, "2026-999999999999"));
    expect(await accesses()).toEqual([]);
    expect(await test.database.raw("select id from entry where kind = 'access-request'")).toEqual([]);
  });

  it("twice with one form makes one request, and a second one waits for the first", async () => {
    const fields = { ...fieldsOn(await supervisor.get(PATH)), number, reason: REASON };
    const sent = await Promise.all([1, 2].map(() => supervisor.post(PATH, fields)));
    expect(sent.map(({ status }) => status)).toEqual([303, 303]);
    expect(await accesses()).toHaveLength(1);
    const again = await ask(supervisor, number, "another reason of mine");
    expect([again.status, again.text.includes("You have asked to read this report already.")]).toEqual([422, true]);
    expect(await accesses()).toHaveLength(1);
    expect(await audit("case.accessAsked")).toHaveLength(1);
  });

  it("keeps what was typed where something is wrong with it", async () => {
    const short = await ask(supervisor, number, "because");
    expect([short.status, short.text.includes("at least 10 characters"), short.text.includes(">\nbecause<")]).toEqual([
      422,
      true,
      true,
    ]);
    expect((await ask(supervisor, number, "x".repeat(2001))).text).toContain("2,000");
    const wrong = await ask(supervisor, "17");
    expect([wrong.status, wrong.text.includes(REASON), wrong.text.includes('value="17"')]).toEqual([422, true, true]);
  });

  it("is for supervisors alone", async () => {
    const member = await newStaff(test, "member", "desk-other");
    const admin = await newStaff(test, "admin");
    for (const by of [operator, member, admin]) {
      expect([(await by.get(PATH)).status, (await ask(by)).status, (await read(by)).status]).toEqual([404, 404, 404]);
    }
    expect((await newVisitor(test).get(PATH)).path).toBe("/staff");
    expect((await supervisor.get(`/staff/cases/${number}`)).status).toBe(404);
    expect((await supervisor.get(requests())).status).toBe(404);
  });

  it("leaves the reason sealed, where the reporter's code opens nothing: no table holds the words", async () => {
    await ask();
    await grant();
    const lies =
      "select c.kind from entry e join compartment c on c.id = e.compartment_id where e.kind = 'access-request'";
    expect(await test.database.raw(lies)).toEqual([{ kind: "file" }]);
    const tables = await test.database.raw(
      isPostgres
        ? "select table_name as name from information_schema.tables where table_schema = 'public'"
        : "select name from sqlite_master where type = 'table'",
    );
    for (const { name } of tables) {
      for (const row of await test.database.raw(`select * from "${name}"`)) {
        const said = Object.values(row).map((value) =>
          Buffer.isBuffer(value) ? value.toString("latin1") : `${value}`,
        );
        expect(said.join(" "), String(name)).not.toContain("Zvrk");
      }
    }
  });
});

describe("a grant", () => {
  beforeEach(async () => {
    await ask();
  });

  it("opens the report, messages, notes and the assessment to read, and changes nothing", async () => {
    await operator.post(`/staff/cases/${number}/messages`, { message: "a message of the desk" });
    await operator.post(`/staff/cases/${number}/notes`, { note: "a note of the desk" });
    await operator.post(`/staff/cases/${number}/assessment`, { assessment: "a view of the desk", based: "" });
    expect((await grant()).path).toBe(requests());
    expect(await keys()).toHaveLength(2);
    const file = () => test.database.raw("select first_read_at, unread_since, status, version from case_file");
    const [before, events] = [await file(), await test.database.raw("select id from case_event")];
    const seen = await read();
    expect(seen.status).toBe(200);
    for (const words of ["told in the corridor", "a message of the desk", "a note of the desk", "a view of the desk"])
      expect(seen.text).toContain(words);
    const main = seen.text.slice(seen.text.indexOf("<main"), seen.text.indexOf("</main>"));
    expect(main).not.toMatch(/<form|<button|<textarea|\/staff\/cases/);
    expect(main).toContain("until 29 November at 12:00");
    expect(seen.headers.get("cache-control")).toContain("no-store");
    expect(await file()).toEqual(before);
    expect(before[0]?.first_read_at).toBeNull();
    expect(await test.database.raw("select id from case_event")).toEqual(events);
    const above = await idOf(ABOVE);
    expect((await audit("case.read")).filter(({ by }) => by === above)).toHaveLength(1);
    expect(await states()).toEqual(["granted until 29 November at 12:00"]);
    expect((await operator.get("/staff/cases")).text).not.toContain("request to read");
    expect((await operator.get(`/staff/cases/${number}`)).text).toContain("granted until 29 November");
    for (const path of [`/staff/cases/${number}`, requests()]) expect((await supervisor.get(path)).status).toBe(404);
  });

  it("is recorded each time it is used, and a page that is not there records nothing", async () => {
    await grant();
    const before = (await audit("case.read")).length;
    await read();
    await read();
    await read(supervisor, "2026-999999999999");
    expect(await audit("case.read")).toHaveLength(before + 2);
  });

  it("is for the one who asked: a colleague of the same body and another body's open nothing", async () => {
    await grant();
    const [own] = await test.database.raw("select id from desk where institution_id = 'ministry'");
    const beside = await newStaff(test, "supervisor", String(own?.id));
    const another = await signInNew(test, "supervisor", ["another"]);
    for (const by of [beside, another]) {
      expect((await read(by)).status).toBe(404);
      expect(await states(by)).toEqual([]);
    }
    await ask(beside);
    await grant("1");
    await later(DAY);
    await signInAs(beside, `supervisor-${own?.id}@staff.test`);
    // What was sealed to her is still there, and the colleague's grant still holds.
    expect([(await keys()).length, (await read(beside)).status, (await read()).status]).toEqual([4, 404, 200]);
  });

  it("refused opens nothing, and the supervisor may ask again", async () => {
    await press("refuse");
    expect([await states(), (await read()).status, await keys()]).toEqual([["refused"], 404, []]);
    expect(await audit("case.accessRefused")).toHaveLength(1);
    test.pass(1);
    expect((await ask()).status).toBe(303);
    expect(await states()).toEqual(["waits for the desk", "refused"]);
  });

  it("taken back ends at once, with the keys", async () => {
    await grant();
    expect((await read()).status).toBe(200);
    expect((await press("end", colleague)).path).toBe(requests());
    expect([await states(), (await read()).status, await keys()]).toEqual([["over"], 404, []]);
    expect((await audit("case.accessEnded")).map(({ by, how }) => [by, how])).toEqual([
      [await idOf(COLLEAGUE), "takenBack"],
    ]);
  });

  it("that is sealed to a key somebody has lost opens nothing, as if it were not there", async () => {
    await grant();
    await test.database.raw("update holder set sealed = (select sealed from entry limit 1) where kind = 'person'");
    expect((await read()).status).toBe(404);
  });

  it("ends by the clock alone; the keys go with the next purge, and another request may follow at once", async () => {
    await grant("1");
    await later(DAY - 1);
    expect((await read()).status).toBe(200);
    test.pass(1);
    expect([(await read()).status, await states(), (await keys()).length]).toEqual([404, ["over"], 2]);
    await purgeAll();
    expect(await keys()).toEqual([]);
    expect((await audit("case.accessEnded")).map(({ by, how }) => [by, how])).toEqual([["system", "over"]]);
    expect([(await ask()).status, (await grant("1")).status, (await read()).status]).toEqual([303, 303, 200]);
    await later(DAY);
    expect([(await ask()).status, await keys(), await states()]).toEqual([
      303,
      [],
      ["waits for the desk", "over", "over"],
    ]);
    await grant("14");
    await purgeAll();
    expect([(await read()).status, (await keys()).length]).toEqual([200, 2]);
    expect(await audit("case.accessEnded")).toHaveLength(2);
  });

  it.each(["person", "institution"])(
    "ends where a conflict of the %s is declared, also after it is lifted",
    async (kind) => {
      await grant();
      await keepAway(kind === "person" ? `person:${await idOf(ABOVE)}` : "institution:ministry");
      expect([(await read()).status, await states(), await keys()]).toEqual([404, [], []]);
      expect((await audit("case.accessEnded")).map(({ how }) => how)).toEqual(["conflict"]);
      const lift = addressOn(await operator.get(`/staff/cases/${number}/exclusions`), "lift");
      await operator.post(lift, {});
      expect([(await read()).status, await states()]).toEqual([404, ["over"]]);
    },
  );

  it("ends a request that waits, too, and stays with everybody else", async () => {
    await keepAway("institution:another");
    expect((await grant()).status).toBe(303);
    await keepAway(`person:${await idOf(COLLEAGUE)}`);
    expect((await read()).text).toContain("told in the corridor");
    expect((await colleague.get(requests())).status).toBe(404);
    await press("end");
    await ask();
    await keepAway(`person:${await idOf(ABOVE)}`);
    expect((await operator.get("/staff/cases")).text).not.toContain("request to read");
    expect(addressOn(await operator.get(requests()), "grant")).toBe("none");
  });

  it.each([
    ["left the body", (id: string) => `delete from desk_member where person_id = '${id}'`],
    [
      "waits to be let in there again",
      (id: string) => `update desk_member set admitted_at = null where person_id = '${id}'`,
    ],
    ["is no supervisor any more", (id: string) => `update person set role = 'member' where id = '${id}'`],
    ["has no account any more", (id: string) => `update person set removed_at = 1 where id = '${id}'`],
    ["supervises the desk no more", () => "update institution set supervisor_id = null where id = 'inst-triage'"],
  ])("ends for who %s, and the next purge takes the keys", async (_, statement) => {
    await grant();
    await test.database.raw(statement(await idOf(ABOVE)));
    expect((await read()).status).not.toBe(200);
    expect(await keys()).toHaveLength(2);
    await purge(test.platform);
    expect(await keys()).toEqual([]);
    expect((await audit("case.accessEnded")).map(({ how }) => how)).toEqual(["left"]);
  });

  it("is not given to who may not ask any more", async () => {
    const address = addressOn(await operator.get(requests()), "grant");
    await test.database.raw("update institution set supervisor_id = 'another' where id = 'inst-triage'");
    const late = await operator.post(address, { days: "7" });
    expect([late.status, late.text.includes("may not read this report any more"), await keys()]).toEqual([
      422,
      true,
      [],
    ]);
  });
});

describe("deciding", () => {
  beforeEach(async () => {
    await ask();
  });

  it("by two colleagues at once is one decision, and the second sees it", async () => {
    const address = addressOn(await operator.get(requests()), "grant");
    const both = await Promise.all([
      operator.post(address, { days: "1" }),
      colleague.post(address.replace(/grant$/, "refuse"), {}),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
    expect(both.find(({ status }) => status === 422)?.text).toContain("This request has been decided already.");
    const decided = [...(await audit("case.accessGranted")), ...(await audit("case.accessRefused"))];
    expect(decided).toHaveLength(1);
    const [row] = await accesses();
    expect(await keys()).toHaveLength(Number(row?.granted) === 1 ? 2 : 0);
    const twice = await Promise.all([operator, colleague].map((by) => by.post(address, { days: "14" })));
    expect(twice.map(({ status }) => status)).toEqual([422, 422]);
    expect((await accesses())[0]?.ends_at).toEqual(row?.ends_at);
  });

  it("asks once more who it is after six minutes, and goes on with what was chosen", async () => {
    const address = addressOn(await operator.get(requests()), "grant");
    test.pass(6 * MINUTE);
    const asked = await operator.post(address, { days: "14" });
    expect(asked.text).toContain("Confirm");
    expect(asked.text).toContain('<input type="hidden" name="days" value="14">');
    expect((await operator.post(address.replace(/grant$/, "refuse"), {})).text).toContain('name="confirmPassword"');
    expect((await accesses())[0]?.granted).toBeNull();
    await operator.post(address, { days: "14", confirmPassword: "long enough password" });
    expect(Number((await accesses())[0]?.ends_at)).toBe(test.platform.now() + 14 * DAY);
    test.pass(6 * MINUTE);
    expect((await press("end")).text).toContain('name="confirmPassword"');
    expect(await keys()).toHaveLength(2);
  });

  it("takes 1, 7 or 14 days and nothing else", async () => {
    for (const days of ["", "0", "365", "-1", "7.5"]) {
      const seen = await grant(days);
      expect([seen.status, seen.text.includes("Choose for how many days")], days).toEqual([422, true]);
    }
    expect((await accesses())[0]?.granted).toBeNull();
  });

  it("is for the desk that holds the case, and a request is reached through its own case alone", async () => {
    const address = addressOn(await operator.get(requests()), "grant");
    const stranger = newVisitor(test);
    await signInAs(stranger, STRANGER);
    expect((await stranger.get(requests())).status).toBe(404);
    const other = await report("told of another");
    for (const [by, at] of [
      [stranger, address],
      [operator, address.replace(number, other)],
      [supervisor, address],
    ] as const) {
      expect((await by.post(at, { days: "7" })).status).toBe(404);
      for (const what of ["refuse", "end"])
        expect((await by.post(at.replace(/grant$/, what), {})).status, what).toBe(404);
    }
    expect((await accesses())[0]?.granted).toBeNull();
    expect((await operator.get(address)).path).toBe(requests());
    expect((await press("end", operator)).status).toBe(404);
  });
});
