import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { OPERATOR, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { signInAs, unpaced } from "../support/journey.ts";
import { titleFaults } from "../support/page-rules.ts";
import { signInNew } from "../support/people-at-work.ts";

const PATH = "/staff/opening";
let test: TestApp;
let admin: Visitor;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  admin = await signInNew(test, "admin");
});
afterEach(() => test.database.raw("delete from opening"));
afterAll(() => test.close());

const add = (territory: string, stage: string, from = "22. 11. 2026.", more = {}) =>
  admin.post(PATH, { territory, stage, from, ...more });
const lines = async () => (await test.database.raw("select territory, stage, from_at from opening")).length;
const audited = async () =>
  (await test.database.raw("select action, detail from audit_entry where action like 'opening.%'")).map(
    ({ action, detail }) => `${action} ${detail}`,
  );
const tableOf = ({ text }: Seen) =>
  [
    ...text.matchAll(
      /<tr>\s*<td[^>]*>([^<]*)<\/td>\s*<td[^>]*>([^<]*)<\/td>\s*<td[^>]*>([^<]*)<\/td>\s*<td[^>]*><span[^>]*>([^<]*)</g,
    ),
  ].map(([, ...cells]) => cells.join(" | "));

describe("the plan of opening", () => {
  it("says that everybody may report as long as it is empty", async () => {
    const seen = await admin.get(PATH);
    expect(seen.text).toContain("everybody may report everywhere");
    expect(titleFaults(seen.text)).toEqual([]);
  });

  it("holds lines with who may report from when on, and says what holds, comes and is past", async () => {
    const before = await audited();
    expect((await add("rs-nis", "2", "2026-12-01", { confirmed: "yes" })).status).toBe(303);
    expect((await add("rs-nis", "1", "22.11.2026", { confirmed: "yes" })).status).toBe(303);
    test.pass(1000);
    expect((await add("rs-nis", "3")).status).toBe(303);
    expect(tableOf(await admin.get(PATH))).toEqual([
      "Niš | Staff of all institutions | 1 December 2026 | to come",
      "Niš | Everyone | 22 November 2026 | holds",
      "Niš | Staff of schools | 22 November 2026 | past",
    ]);
    const said = (await audited()).filter((each) => !before.includes(each));
    expect(said).toHaveLength(3);
    expect(said.join()).toContain('"territory":"rs-nis","stage":2');
  });

  it("begins a line at the first moment of its day by the country's clocks, and today's at once", async () => {
    await add("country", "3", "2026-12-01");
    await add("rs-nis", "0", "2026-11-22", { confirmed: "yes" });
    const rows = await test.database.raw("select from_at from opening order by from_at");
    expect(rows.map(({ from_at }) => Number(from_at))).toEqual([
      test.platform.now(),
      Date.parse("2026-11-30T23:00:00Z"),
    ]);
  });

  it("asks once more where a line closes what is open, with the places and everything as it was typed", async () => {
    const seen = await add("rs-nisavski", "1", "2026-12-01");
    expect(seen.status).toBe(200);
    expect(await lines()).toBe(0);
    expect(seen.text).toContain("This closes reporting where it is open");
    expect(seen.text).toContain("Aleksinac");
    expect(seen.text).toMatch(/and \d+ more/);
    const fields = Object.fromEntries(
      [...seen.text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    expect(fields).toEqual({ territory: "rs-nisavski", stage: "1", from: "2026-12-01", confirmed: "yes" });
    expect((await admin.post(PATH, fields as Record<string, string>)).status).toBe(303);
    expect(await lines()).toBe(1);
  });

  it("asks where a line takes back what a later one has planned, and where a line that opens is removed", async () => {
    await add("country", "1", "22.11.2026", { confirmed: "yes" });
    test.pass(1000);
    expect((await add("country", "3", "2027-01-01")).status).toBe(303);
    const seen = await add("country", "1", "2027-02-01");
    expect([seen.status, await lines()]).toEqual([200, 2]);
    expect(seen.text).toContain("This closes reporting where it is open");
    const [, path = ""] = /action="(\/staff\/opening\/[^"]+\/remove)"/.exec((await admin.get(PATH)).text) ?? [];
    const asked = await admin.post(path, {});
    expect([asked.status, await lines()]).toEqual([200, 2]);
    expect(asked.text).toContain("Without this line fewer people can report");
    expect(asked.text).toContain(`<form method="post" action="${path}"`);
    expect((await admin.post(path, { confirmed: "yes" })).status).toBe(303);
    expect(await lines()).toBe(1);
  });

  it("asks nothing where a line only opens", async () => {
    await add("country", "0", "22.11.2026", { confirmed: "yes" });
    test.pass(1000);
    expect((await add("rs-vojvodina", "2")).status).toBe(303);
  });

  it.each([
    ["no territory", { territory: "" }, "Choose a territory"],
    ["an unknown territory", { territory: "rs-atlantis" }, "Choose a territory"],
    ["no stage", { stage: "" }, "Choose who may report"],
    ["an unknown stage", { stage: "7" }, "Choose who may report"],
    ["no day", { from: "" }, "This is no day of the calendar"],
    ["the 31st of November", { from: "31. 11. 2026." }, "This is no day of the calendar"],
    ["yesterday", { from: "2026-11-21" }, "The day has passed"],
    ["what holds there already", { territory: "country", stage: "3" }, undefined],
  ])("refuses %s and keeps what was typed", async (_, wrong: Readonly<Record<string, string>>, said) => {
    const given = { territory: "rs-nis", stage: "3", from: "2026-12-03", ...wrong };
    const seen = await admin.post(PATH, given);
    if (said === undefined) {
      expect(seen.status).toBe(303);
      expect((await admin.post(PATH, { ...given, from: "2026-12-04" })).text).toContain("This holds there already");
      return;
    }
    expect(seen.status).toBe(422);
    expect(seen.text).toContain(said);
    if (wrong.from === undefined) expect(seen.text).toContain('value="2026-12-03"');
    else expect(seen.text).toContain(`value="${wrong.from}"`);
    if (!("stage" in wrong)) expect(seen.text).toMatch(/value="3" checked/);
    expect(await lines()).toBe(0);
  });

  it("has one line for a territory and a day", async () => {
    expect((await add("rs-nis", "3", "2026-12-01")).status).toBe(303);
    const seen = await add("rs-nis", "2", "2026-12-01");
    expect([seen.status, seen.text.includes("a line for this territory and day")]).toEqual([422, true]);
  });

  it("shows fifty lines a page", async () => {
    const from = test.platform.now() - 1000;
    for (let at = 0; at < 60; at++)
      await test.database.raw(
        `insert into opening (id, territory, stage, from_at) values ('o${at}', 'rs-nis', 3, ${from - at})`,
      );
    const first = await admin.get(PATH);
    expect(tableOf(first)).toHaveLength(50);
    const [, next = ""] = /href="([^"]+)" rel="next"/.exec(first.text) ?? [];
    const second = await admin.get(next);
    expect(tableOf(second)).toHaveLength(10);
    expect(second.text).toContain("Newest lines");
  });

  it("is read by everybody at a desk and changed by administrators alone", async () => {
    const operator = newVisitor(test);
    await signInAs(operator, OPERATOR);
    const member = await signInNew(test, "member", ["inst-other"]);
    for (const reader of [operator, member]) {
      const seen = await reader.get(PATH);
      expect([seen.status, seen.text.includes('<form method="post" action="/staff/opening"')]).toEqual([200, false]);
      expect((await reader.post(PATH, { territory: "rs-nis", stage: "0", from: "2026-12-01" })).status).toBe(404);
      expect((await reader.post(`${PATH}/x/remove`, {})).status).toBe(404);
    }
    expect((await newVisitor(test).get(PATH)).path).toBe("/staff");
    expect(await lines()).toBe(0);
  });

  it("lets a line go that has not begun, and keeps one that has", async () => {
    await add("rs-nis", "3", "2026-12-01");
    const [, path = ""] = /action="(\/staff\/opening\/[^"]+\/remove)"/.exec((await admin.get(PATH)).text) ?? [];
    test.pass(9 * 86_400_000);
    admin = await signInNew({ ...test }, "admin", ["inst-other"]);
    const seen = await admin.post(path, {});
    expect([seen.status, await lines()]).toEqual([409, 1]);
    expect(seen.text).toContain("This line holds already and stays");
    await add("rs-nis", "2", "2026-12-24", { confirmed: "yes" });
    const [, later = ""] = /action="(\/staff\/opening\/[^"]+\/remove)"/.exec((await admin.get(PATH)).text) ?? [];
    expect((await admin.post(later, {})).status).toBe(303);
    expect(await lines()).toBe(1);
    expect((await audited()).join()).toMatch(/opening\.removed [^}]*"stage":2/);
  });
});
