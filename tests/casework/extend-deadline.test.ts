import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countDue } from "#casework/due-store.ts";
import { breachDeadlines } from "#casework/index.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { hiddenIn, numbersOn, sendShortReport, signInAs, track, unpaced } from "../support/journey.ts";

const DAY = 24 * 3_600_000;
const WHY = "the school nurse comes back on Friday";
let test: TestApp;
let operator: Visitor;
let code: string;
let path: string;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  ({ code } = await sendShortReport(newVisitor(test), {
    "4": { forms: ["social"], story: "told", truthful: "yes" },
  }));
  operator = newVisitor(test);
  path = `/staff/cases/${numbersOn(await signInAs(operator))[0]}`;
});
afterEach(() => test.close());

const deadlines = (duty: string) =>
  test.database.raw(
    `select id, first_due_at, due_at, met_at, breached_at from deadline where duty = '${duty}' order by due_at`,
  );
const audited = () => test.database.raw("select id from audit_entry where action = 'case.deadlineExtended'");
const run = () => breachDeadlines({ ...test.platform, country: test.country });
const linkIn = ({ text }: Seen) => /href="(\/staff\/cases\/[\d-]+\/deadlines\/[0-9a-f]{32})"/.exec(text)?.[1] ?? "none";

/** Opens the case and the page of its only deadline that may be extended. */
async function openPage() {
  const link = linkIn(await operator.get(path));
  const page = await operator.get(link);
  expect(page.status).toBe(200);
  return { link, page, once: hiddenIn(page, "once") };
}

describe("more time for a deadline", () => {
  it("is given by days and for a reason, which the desk reads and the reporter does not", async () => {
    const { link, page, once } = await openPage();
    expect(page.text).toContain("Your desk has to decide who acts, or close it: until 25 November");
    const [before] = await deadlines("decide");
    expect((await operator.post(link, { days: "3", reason: WHY, once })).path).toBe(`${path}#deadlines`);
    const [after] = await deadlines("decide");
    expect(Number(after?.due_at)).toBe(Number(before?.due_at) + 3 * DAY);
    expect(after?.first_due_at).toBe(before?.first_due_at);
    const shown = await operator.get(path);
    expect(shown.text).toContain("until 28 November");
    expect(shown.text).toContain("extended; the rule said 25 November");
    expect(shown.text).toContain(WHY);
    expect(shown.text).toContain("More time was given to decide who acts");
    expect(linkIn(shown)).toBe("none");
    const reporter = await track(newVisitor(test), code);
    expect(reporter.text).toContain("The team needs more time to decide.");
    expect(reporter.text).toContain("Saturday");
    expect(reporter.text).not.toContain("nurse");
    const [words] = await test.database.raw("select sealed from entry where kind = 'extension-reason'");
    expect(String(words?.sealed)).not.toContain("nurse");
    expect(await audited()).toHaveLength(1);
  });

  it("is given once, however often it is sent and by however many at once", async () => {
    const { link, once } = await openPage();
    const colleague = newVisitor(test);
    await signInAs(colleague);
    const other = hiddenIn(await colleague.get(link), "once");
    const seen = await Promise.all([
      operator.post(link, { days: "1", reason: WHY, once }),
      operator.post(link, { days: "1", reason: WHY, once }),
      colleague.post(link, { days: "7", reason: "another reason", once: other }),
    ]);
    const [row] = await deadlines("decide");
    expect([1, 7]).toContain((Number(row?.due_at) - Number(row?.first_due_at)) / DAY);
    expect(await audited()).toHaveLength(1);
    for (const each of seen.filter(({ status }) => status !== 303)) {
      expect(each.status).toBe(409);
      expect(each.text).toMatch(/cannot be extended any more[\s\S]*(another reason|school nurse)/);
    }
    expect(seen.filter(({ status }) => status === 409).length).toBeGreaterThan(0);
    expect((await operator.get(link)).path).toBe(`${path}#deadlines`);
  });

  it("is not given without a reason or by days that the rule does not know, and both come back as typed", async () => {
    const { link, once } = await openPage();
    const wrong: readonly Record<string, string>[] = [
      { days: "3", reason: " " },
      { reason: WHY },
      { days: "2", reason: WHY },
      { days: "-1", reason: WHY },
      { days: "x", reason: WHY },
      { days: "3", reason: "x".repeat(1001) },
    ];
    for (const typed of wrong) {
      const refused = await operator.post(link, { ...typed, once });
      expect([typed, refused.status]).toEqual([typed, 422]);
      expect(refused.text).toContain("<title>Error: ");
      if (typed.reason?.trim()) expect(refused.text).toContain(typed.reason);
      if (typed.days === "3") expect(refused.text).toMatch(/value="3" checked/);
    }
    expect(await audited()).toEqual([]);
  });

  it("is given for nothing that has passed, was met, or lets nobody wait: to open and to read", async () => {
    const ids = async (duty: string) => (await deadlines(duty)).map(({ id }) => `${path}/deadlines/${id}`);
    for (const link of [...(await ids("read")), ...(await ids("open"))])
      expect((await operator.post(link, { days: "1", reason: WHY })).status).toBe(409);
    const [decide = ""] = await ids("decide");
    test.pass(4 * DAY);
    await signInAs(operator);
    // Also where the job has not looked yet.
    const late = await operator.post(decide, { days: "1", reason: WHY });
    expect([late.status, late.text.includes(WHY)]).toEqual([409, true]);
    expect(linkIn(await operator.get(path))).toBe("none");
    await run();
    expect((await operator.post(decide, { days: "1", reason: WHY })).status).toBe(409);
    expect(await audited()).toEqual([]);
  });

  it("is missed when it is over, and no sooner", async () => {
    const { link, once } = await openPage();
    await operator.post(link, { days: "1", reason: WHY, once });
    const [row] = await deadlines("decide");
    test.pass(Number(row?.first_due_at) + 1 - test.platform.now());
    expect(await run()).toBe(0);
    test.pass(DAY);
    expect(await run()).toBe(1);
    expect((await track(newVisitor(test), code)).text).toContain("The team did not decide in time.");
  });

  it("is no other desk's to give, and for a case that is not there", async () => {
    const { link, once } = await openPage();
    const id = link.split("/").at(-1);
    expect((await operator.post(`/staff/cases/2026-000000/deadlines/${id}`, { days: "1", reason: WHY })).status).toBe(
      404,
    );
    expect((await operator.get(`/staff/cases/2026-000000/deadlines/${id}`)).status).toBe(404);
    expect((await newVisitor(test).post(link, { days: "1", reason: WHY, once })).status).not.toBe(303);
    await sendShortReport(newVisitor(test));
    const [other] = numbersOn(await operator.get("/staff/cases")).filter((number) => !path.endsWith(number));
    expect((await operator.post(`/staff/cases/${other}/deadlines/${id}`, { days: "1", reason: WHY })).status).toBe(409);
    expect(await audited()).toEqual([]);
  });

  it("improves no figure: what was done in granted time counts as late, what ended in it as unmet", async () => {
    const { link, once } = await openPage();
    await operator.post(link, { days: "7", reason: WHY, once });
    const [row] = await deadlines("decide");
    const until = Number(row?.first_due_at);
    test.pass(until + DAY - test.platform.now());
    const [who] = await test.database.raw("select id from person where name = 'Olga Operator'");
    const viewerId = String(who?.id);
    const count = () =>
      test.platform.db.read((reader) =>
        countDue(reader, { of: "own", viewerId, deskIds: ["desk-triage"] }, { after: until - 1, until }),
      );
    expect(await count()).toEqual({ inTime: 0, late: 0, unmet: 1 });
    await test.database.raw(`update deadline set ended_at = ${until + DAY} where id = '${row?.id}'`);
    expect(await count()).toEqual({ inTime: 0, late: 0, unmet: 1 });
    await test.database.raw(`update deadline set ended_at = null, met_at = ${until + DAY} where id = '${row?.id}'`);
    expect(await count()).toEqual({ inTime: 0, late: 1, unmet: 0 });
  });
});
