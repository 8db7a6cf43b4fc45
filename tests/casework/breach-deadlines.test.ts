import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countDue } from "#casework/due-store.ts";
import { breachDeadlines } from "#casework/index.ts";
import { readingRule } from "#country/index.ts";
import type { Database } from "#platform/db/database.ts";
import { NOON, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, track, unpaced } from "../support/journey.ts";
import { addInstitutions, institutionRow } from "../support/people-at-work.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
let test: TestApp;
let operator: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  await addInstitutions(test, [
    institutionRow("ministry", "ministry"),
    institutionRow("government", "ministry"),
    institutionRow("parliament", "ombudsman"),
  ]);
  for (const [of, above] of [
    ["inst-triage", "ministry"],
    ["ministry", "government"],
    ["government", "parliament"],
  ])
    await raw(`update institution set supervisor_id = '${above}' where id = '${of}'`);
  operator = newVisitor(test);
  await signInAs(operator);
});
afterEach(() => test.close());

const raw = (statement: string) => test.database.raw(statement);
const report = (answers: Record<string, Record<string, string | string[]>> = {}) =>
  sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: "told", truthful: "yes" }, ...answers });
const run = () => breachDeadlines({ ...test.platform, country: test.country });
const later = async (ms: number) => {
  test.pass(ms);
  await signInAs(operator);
};
/** Somebody who has sent a report and comes back with the code. */
async function newReporter() {
  const visitor = newVisitor(test);
  const { code } = await sendShortReport(visitor, { "4": { forms: ["social"], story: "told", truthful: "yes" } });
  const look = () => track(visitor, code);
  const write = async (words: string) => {
    await look();
    return visitor.post("/en/track/messages", { words });
  };
  const cry = async () => {
    await look();
    return visitor.post("/en/track/safety", {});
  };
  return { look, write, cry };
}
const number = async () => numbersOn(await operator.get("/staff/cases"))[0] ?? "none";
/** The clocks of a duty: met, breached and ended, in minutes from the beginning. */
const clocks = async (duty: string) =>
  (await raw(`select * from deadline where duty = '${duty}' order by due_at, id`)).map((row) =>
    ["due_at", "met_at", "breached_at", "ended_at"].map((name) =>
      row[name] == null ? null : Math.round((Number(row[name]) - NOON) / MINUTE),
    ),
  );
const told = async () =>
  (await raw("select escalated_to from deadline order by due_at, id")).map((row) => row.escalated_to);

describe("a report that arrives", () => {
  it("starts the clocks of the desk that receives it, once, and as the reporter is promised", async () => {
    await report();
    expect(await clocks("read")).toEqual([[24 * 60, null, null, null]]);
    const [row] = await raw(
      "select d.due_at, f.received_at from deadline d join case_file f on f.id = d.case_id where duty = 'read'",
    );
    expect(Number(row?.due_at)).toBe(readingRule(test.country, Number(row?.received_at))?.by);
    expect(await clocks("open")).toEqual([]);
  });

  it("of immediate danger is to be opened within ten minutes", async () => {
    await report({ "1": { danger: "yes" } });
    expect([await clocks("open"), await clocks("decide")]).toEqual([
      [[10, null, null, null]],
      [[60, null, null, null]],
    ]);
  });
});

describe("a deadline", () => {
  it("is met by the work it asks for, and nothing is said then", async () => {
    await report();
    await later(HOUR);
    await operator.get(`/staff/cases/${await number()}`);
    expect(await clocks("read")).toEqual([[24 * 60, 60, null, null]]);
    await later(2 * DAY);
    expect([await run(), await raw("select id from case_event where kind = 'missed'")]).toEqual([0, []]);
  });

  it("that passed is marked with its own last moment, told to everybody who reads the case, and stays when met late", async () => {
    await report();
    await later(24 * HOUR);
    expect(await run()).toBe(0);
    await later(MINUTE);
    expect(await run()).toBe(1);
    expect(await clocks("read")).toEqual([[24 * 60, null, 24 * 60, null]]);
    const page = await operator.get(`/staff/cases/${await number()}`);
    expect(page.text).toContain("Nobody read it in time");
    expect(await clocks("read")).toEqual([[24 * 60, 24 * 60 + 1, 24 * 60, null]]);
    expect(await raw("select id from audit_entry where action = 'case.deadlineMissed'")).toHaveLength(1);
  });

  it("is marked once by two servers at the same moment, and goes on where one was stopped", async () => {
    for (let count = 0; count < 5; count++) await report();
    await later(2 * DAY);
    const [one, other] = await Promise.all([run(), run()]);
    expect(one + other).toBe(5);
    expect(await raw("select id from case_event where kind = 'missed'")).toHaveLength(5);
    expect(await run()).toBe(0);
  });

  it("met after it passed and before anybody looked is missed all the same", async () => {
    await report();
    await later(2 * DAY);
    await operator.get(`/staff/cases/${await number()}`);
    expect(await clocks("read")).toEqual([[24 * 60, 48 * 60, 24 * 60, null]]);
    expect(await raw("select id from case_event where kind = 'missed'")).toHaveLength(1);
    expect(await run()).toBe(0);
  });

  it("does not change where the urgency falls, and is joined by a sooner one where it rises", async () => {
    await report();
    const path = `/staff/cases/${await number()}`;
    const version = async () => Number((await raw("select version from case_file"))[0]?.version);
    await later(HOUR);
    await operator.post(`${path}/urgency`, {
      urgency: "p4",
      reason: "seen on the phone",
      version: String(await version()),
    });
    expect(await clocks("decide")).toHaveLength(1);
    await operator.post(`${path}/urgency`, {
      urgency: "p1",
      reason: "seen on the phone",
      version: String(await version()),
    });
    expect(await clocks("decide")).toEqual([
      [25 * 60, null, null, null],
      [expect.any(Number), null, null, null],
    ]);
  });

  it("that is not due yet ends with the case, and one that has passed stays on its page as missed", async () => {
    const reporter = await newReporter();
    const path = `/staff/cases/${await number()}`;
    await operator.get(path);
    await reporter.write("one more thing");
    const close = async () => {
      const [file] = await raw("select version from case_file");
      await operator.post(`${path}/status`, { status: "closed", version: String(file?.version) });
    };
    await close();
    expect((await clocks("answer"))[0]?.slice(1)).toEqual([null, null, expect.any(Number)]);
    await reporter.write("it goes on");
    await later(10 * DAY);
    await operator.get(path);
    await close();
    const missed = (await clocks("answer")).filter(([, , breached]) => breached !== null);
    expect(missed).toEqual([[missed[0]?.[0], null, missed[0]?.[0], expect.any(Number)]]);
    expect((await operator.get(path)).text).toMatch(/late since [^<]*<\/b> answer the reporter/);
  });

  it("that cannot be marked is tried again, and keeps no other one waiting", async () => {
    for (let count = 0; count < 3; count++) await report();
    await later(2 * DAY);
    const { db, ...platform } = test.platform;
    let writes = 0;
    const write: Database["write"] = (work, options) => {
      if (++writes === 1) throw new Error("the disk is full");
      return db.write(work, options);
    };
    expect(await breachDeadlines({ ...platform, country: test.country, db: { ...db, write } })).toBe(2);
    expect(await run()).toBe(1);
  });
});

describe("what the reporter writes", () => {
  it("wants one answer, however many messages it is, and the next one after that again", async () => {
    const { write } = await newReporter();
    await write("one more thing");
    await write("and another");
    expect(await clocks("answer")).toHaveLength(1);
    await operator.post(`/staff/cases/${await number()}/messages`, { message: "thank you" });
    await write("and one more");
    const met = (await clocks("answer")).map(([, at]) => at !== null);
    expect(met.sort()).toEqual([false, true]);
  });
});

describe("the cry that somebody is not safe", () => {
  it("has to be opened within ten minutes, and is met by opening the case", async () => {
    const reporter = await newReporter();
    await operator.get(`/staff/cases/${await number()}`);
    await reporter.cry();
    const [[due, met] = []] = await clocks("open");
    expect([met, Number(due) <= 11]).toEqual([null, true]);
    await operator.get(`/staff/cases/${await number()}`);
    expect((await clocks("open"))[0]?.[1]).not.toBeNull();
  });
});

describe("a case that opens again", () => {
  it("has to be decided anew within a day", async () => {
    const reporter = await newReporter();
    const path = `/staff/cases/${await number()}`;
    await operator.get(path);
    const [file] = await raw("select version from case_file");
    await operator.post(`${path}/status`, { status: "closed", version: String(file?.version) });
    await reporter.write("it goes on");
    const decide = await clocks("decide");
    expect(decide.map(([, met]) => met === null).sort()).toEqual([false, true]);
    expect(Math.min(...decide.map(([due]) => Number(due)))).toBeLessThanOrEqual(24 * 60 + 1);
  });
});

describe("the reporter's page", () => {
  it("says what comes next and by when, and that it was missed", async () => {
    const reporter = await newReporter();
    const path = `/staff/cases/${await number()}`;
    await operator.get(path);
    expect((await reporter.look()).text).toMatch(
      /class="next"><b>The team decides who helps<.*?Wednesday 25 November/s,
    );
    await later(5 * DAY);
    await run();
    const missed = (await reporter.look()).text;
    expect(missed).toMatch(/class="late"><b>The team did not decide in time/);
    expect(missed).toContain("are above them");
  });
});

describe("the body above", () => {
  it("is told, has a clock of its own, and at the second time the one above it", async () => {
    await report();
    await later(2 * DAY);
    await run();
    expect((await told()).filter(Boolean)).toEqual(["ministry"]);
    await later(5 * DAY);
    await run();
    // It was neither read nor decided in time.
    expect((await told()).filter(Boolean)).toEqual(["ministry", "government"]);
    expect((await operator.get(`/staff/cases/${await number()}`)).text).toContain("The body above was told");
  });

  it("is never one that a conflict of interest keeps away", async () => {
    await report();
    const path = `/staff/cases/${await number()}/exclusions`;
    await raw("update institution set supervisor_id = 'government' where id = 'ministry'");
    await operator.post(path, { whom: "institution:ministry" });
    await later(2 * DAY);
    await run();
    expect((await told()).filter(Boolean)).toEqual(["government"]);
  });

  it("is nobody where nobody is above, and the deadline has passed all the same", async () => {
    await raw("update institution set supervisor_id = null where id = 'inst-triage'");
    await report();
    await later(2 * DAY);
    expect([await run(), await told()]).toEqual([1, [null, null]]);
  });
});

describe("figures", () => {
  it("count what was due in a period: met in time, met late, still unmet", async () => {
    const due = (after: number, until: number) =>
      test.platform.db.read((reader) =>
        countDue(
          reader,
          { of: "below", viewerId: "nobody", institutionIds: ["ministry"] },
          { after: NOON + after, until: NOON + until },
        ),
      );
    for (let count = 0; count < 3; count++) await report();
    const [first = "", second = ""] = numbersOn(await operator.get("/staff/cases"));
    await operator.get(`/staff/cases/${first}`);
    await later(2 * DAY);
    await run();
    await operator.get(`/staff/cases/${second}`);
    expect(await due(0, 2 * DAY)).toEqual({ inTime: 1, late: 1, unmet: 1 });
    expect(await due(-2 * DAY, 0)).toEqual({ inTime: 0, late: 0, unmet: 0 });
  });
});
