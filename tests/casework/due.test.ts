import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { selectPassed } from "#casework/deadline-store.ts";
import { selectDue } from "#casework/due-store.ts";
import { breachDeadlines } from "#casework/index.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { COLLEAGUE, openTestApp, RECOVERY_KEYS, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { addInstitutions, institutionRow, signInNew } from "../support/people-at-work.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PATH = "/staff/deadlines";
const ABOVE = "supervisor-ministry@work.test";
let test: TestApp;
let operator: Visitor;
let supervisor: Visitor;

beforeEach(async () => {
  test = await openTestApp({ ...unpaced(), recoveryRecipient: RECOVERY_KEYS.recipient });
  await addInstitutions(test, [institutionRow("ministry", "ministry")]);
  await raw("update institution set supervisor_id = 'ministry' where id = 'inst-triage'");
  operator = newVisitor(test);
  await signInAs(operator);
  supervisor = await signInNew(test, "supervisor", ["ministry"]);
});
afterEach(() => test.close());

const raw = (statement: string) => test.database.raw(statement);
const report = () => sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: "told", truthful: "yes" } });
const later = async (ms: number) => {
  test.pass(ms);
  await breachDeadlines({ ...test.platform, country: test.country });
  await Promise.all([signInAs(operator), signInAs(supervisor, ABOVE)]);
};
/** Number and duty of every row, in the order of the page. */
const rowsOn = ({ text }: Seen) =>
  [...text.matchAll(/data-label="Report">.*?(\d{4}-\d{6,12}).*?data-label="What is owed">([^<]*)</g)].map(
    ([, number, duty]) => `${number} ${duty}`,
  );
const figuresOn = ({ text }: Seen) => [...text.matchAll(/<dd>(\d+)<\/dd>/g)].map(([, count]) => Number(count));
const caseNumber = async () => numbersOn(await operator.get("/staff/cases"))[0] ?? "none";

describe("the list of deadlines", () => {
  it("shows a desk what it owes, what ends first at the top, with the case to open", async () => {
    await report();
    const page = await operator.get(PATH);
    const number = await caseNumber();
    expect(rowsOn(page)).toEqual([`${number} read it`, `${number} decide who acts, or close it`]);
    expect(page.text).toContain(`href="/staff/cases/${number}"`);
    await operator.get(`/staff/cases/${number}`);
    expect(rowsOn(await operator.get(PATH))).toEqual([`${number} decide who acts, or close it`]);
  });

  it("shows a supervisor the bodies below, by number, and opens nothing", async () => {
    await report();
    const number = await caseNumber();
    const page = await supervisor.get(PATH);
    expect(rowsOn(page)).toHaveLength(2);
    expect([page.text.includes(`/staff/cases/${number}`), page.text.includes("told")]).toEqual([false, false]);
    expect(rowsOn(await supervisor.get(`${PATH}?of=own`))).toEqual([]);
    await raw("update institution set supervisor_id = null where id = 'inst-triage'");
    expect(rowsOn(await supervisor.get(PATH))).toEqual([]);
  });

  it("shows what is late alone, also before a job has marked it", async () => {
    await report();
    test.pass(25 * HOUR);
    await signInAs(operator);
    const late = await operator.get(`${PATH}?only=late`);
    expect([rowsOn(late).length, late.text.includes("late since")]).toEqual([1, true]);
    expect((await operator.get(`${PATH}?of=below`)).status).toBe(200);
  });

  it("lets a supervisor say that a missed deadline was looked at, once, and nobody else", async () => {
    await report();
    await later(2 * DAY);
    const own = await supervisor.get(`${PATH}?of=own`);
    expect(rowsOn(own).map((row) => row.replace(/^\S+ /, ""))).toEqual(["look at the deadline that was missed"]);
    const [, path = "none"] = /action="(\/staff\/deadlines\/[0-9a-f]{32})"/.exec(own.text) ?? [];
    expect((await operator.post(path, {})).status).toBe(404);
    expect((await supervisor.post(path, {})).path).toBe(`${PATH}?of=own`);
    expect((await supervisor.post(path, {})).status).toBe(404);
    expect(rowsOn(await supervisor.get(`${PATH}?of=own`))).toEqual([]);
    expect(await raw("select id from audit_entry where action = 'case.deadlineReviewed'")).toHaveLength(1);
  });

  it("says how many were met in time, met late and not met, by when they were due", async () => {
    expect((await supervisor.get(PATH)).text).toContain("Nothing was due.");
    for (let count = 0; count < 3; count++) await report();
    const [one = "", two = ""] = numbersOn(await operator.get("/staff/cases"));
    await operator.get(`/staff/cases/${one}`);
    await later(2 * DAY);
    await operator.get(`/staff/cases/${two}`);
    expect(figuresOn(await supervisor.get(PATH))).toEqual([1, 1, 1]);
    expect(figuresOn(await operator.get(PATH))).toEqual([1, 1, 1]);
  });

  it("goes from page to page and back", async () => {
    await report();
    const [row] = await raw("select * from deadline where duty = 'read'");
    const columns = Object.keys(row ?? {}).filter((name) => name !== "id" && name !== "due_at");
    for (let at = 0; at < 120; at++)
      await raw(
        `insert into deadline (id, due_at, ${columns.join(", ")}) select '${at.toString(16).padStart(32, "0")}', due_at + ${at % 7}, ${columns.join(", ")} from deadline where id = '${row?.id}'`,
      );
    const walk = async (from: string, label: "Next" | "Previous"): Promise<string[]> => {
      const seen: string[] = [];
      let last = from;
      for (let path: string | undefined = from; path; ) {
        const page = await operator.get(path);
        seen.push(String(rowsOn(page).length));
        last = path;
        path = new RegExp(`<a href="([^"]+)"[^>]*>${label} 50`).exec(page.text)?.[1]?.replaceAll("&amp;", "&");
      }
      return [...seen, last];
    };
    const forth = await walk(PATH, "Next");
    expect(forth.slice(0, -1)).toEqual(["50", "50", "22"]);
    const back = await walk(forth.at(-1) ?? PATH, "Previous");
    expect(back.slice(0, -1)).toEqual(["22", "50", "50"]);
  });
});

describe("a case that names somebody", () => {
  it("stands in no list and no figure of theirs", async () => {
    await report();
    const number = await caseNumber();
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    expect(rowsOn(await colleague.get(PATH))).toHaveLength(2);
    const idOf = async (email: string) => (await raw(`select id from person where email = '${email}'`))[0]?.id;
    await operator.post(`/staff/cases/${number}/exclusions`, { whom: `person:${await idOf(COLLEAGUE)}` });
    await operator.post(`/staff/cases/${number}/exclusions`, { whom: `person:${await idOf(ABOVE)}` });
    await later(2 * DAY);
    await signInAs(colleague, COLLEAGUE);
    for (const kept of [colleague, supervisor]) {
      const page = await kept.get(PATH);
      expect([rowsOn(page), page.text.includes("Nothing was due.")]).toEqual([[], true]);
    }
    expect(rowsOn(await operator.get(PATH))).toHaveLength(2);
    const stranger = newVisitor(test);
    await signInAs(stranger, STRANGER);
    expect(rowsOn(await stranger.get(PATH))).toEqual([]);
  });
});

describe("what is owed", () => {
  // What PostgreSQL chooses hangs on how full its tables are; both have the same indexes.
  it.runIf(!isPostgres)("is found through an index made for it, whatever else ever ran", async () => {
    const plans = await test.platform.db.read(async (reader) =>
      [
        selectPassed(reader, 5, 100),
        selectDue(reader, { of: "own", viewerId: "x", deskIds: ["x"] }, { most: 51 }),
        selectDue(reader, { of: "below", viewerId: "x", institutionIds: ["x"] }, { most: 51 }),
      ].map((query) => query.toSQL()),
    );
    const used: string[] = [];
    for (const { sql } of plans) {
      const plan = JSON.stringify(await raw(`explain query plan ${sql.replaceAll("?", "'1'")}`));
      used.push(/deadline_(\w+)/.exec(plan)?.[0] ?? "none");
    }
    expect(used).toEqual(["deadline_running", "deadline_desk", "deadline_desk"]);
  });
});
