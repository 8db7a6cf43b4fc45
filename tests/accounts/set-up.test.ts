import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSetupToken } from "#accounts/index.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { signInAs, unpaced } from "../support/journey.ts";

const HOUR = 3_600_000;
const ENGLISH = { "accept-language": "en" };
const FIRST = {
  name: "Prva Osoba",
  email: "First@Admin.test",
  password: "twelve letters",
  language: "sr-Latn",
  offered: ["sr", "sr-Latn", "en"],
};
const COUNTRY = { ...FIRST, size: "country", operator: "Служба за заштиту деце", stage: "3" };
const SCHOOL = {
  ...{ ...FIRST, size: "school", operator: "OŠ Primer", type: "primary_school" },
  ...{ territory: "rs-nis", stage: "1" },
};
let test: TestApp;

beforeEach(async () => {
  test = await openTestApp({ withDesk: false, ...unpaced() });
});
afterEach(() => test.close());

const linkMade = async () => `/staff/setup/${await makeSetupToken(test.platform)}`;

describe("the set-up link", () => {
  it("asks first whether the service is for a country or for one school, and then only what that needs", async () => {
    const link = await linkMade();
    const visitor = newVisitor(test);
    const first = await visitor.get(link, ENGLISH);
    for (const size of ["country", "school"]) expect(first.text).toContain(`href="?size=${size}"`);
    expect(first.text).not.toContain("<form method");
    expect((await visitor.get(`${link}?size=country`, ENGLISH)).text).not.toContain('name="territory"');
    expect((await visitor.get(`${link}?size=school`, ENGLISH)).text).toContain('name="territory"');
    expect((await visitor.get(`${link}?size=planet`, ENGLISH)).text).toContain('href="?size=school"');
  });

  it("makes an administrator, who opens no case, and a desk without people that takes no report yet", async () => {
    const visitor = newVisitor(test);
    const done = await visitor.post(await linkMade(), COUNTRY);
    expect(done.status).toBe(200);
    expect(done.text).toMatch(/<p class="code">([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}<\/p>/);
    const home = await signInAs(visitor, "first@admin.test", FIRST.password);
    expect(home.path).toBe("/staff/start");
    expect(home.text).toContain('<html lang="sr-Latn"');
    expect((await visitor.get("/staff/cases")).status).toBe(404);
    expect(await test.database.raw("select role from person")).toEqual([{ role: "admin" }]);
    expect(await test.database.raw("select person_id from desk_member")).toEqual([]);
    expect(await test.database.raw("select id from desk_key")).toEqual([]);
    const start = await newVisitor(test).get("/en/report");
    expect([start.text.includes("tel:192"), start.text.includes('id="begin"')]).toEqual([true, false]);
    expect((await newVisitor(test).post("/en/report", {})).status).toBe(503);
  });

  it("makes a school with its own team, and says in every language's letters what it is called", async () => {
    await newVisitor(test).post(await linkMade(), { ...SCHOOL, operator: "ОШ „Пример“" });
    const [school] = await test.database.raw("select name, type, territory from institution");
    expect(school).toMatchObject({ type: "primary_school", territory: "rs-nis" });
    const name = typeof school?.name === "string" ? JSON.parse(school.name) : school?.name;
    expect(name).toEqual({ sr: "ОШ „Пример“", en: "OŠ „Primer“" });
    expect(await test.database.raw("select kind from desk")).toEqual([{ kind: "triage" }]);
    const stages = await test.database.raw("select territory, stage from opening");
    expect(stages.map(({ territory, stage }) => ({ territory, stage: Number(stage) }))).toEqual([
      { territory: "country", stage: 1 },
    ]);
    const names = (await test.database.raw("select name from setting order by name")).map(({ name }) => name);
    expect(names).toEqual(["languages", "operator", "school", "size"]);
  });

  it("makes the first account: before it nobody can sign in, by whatever name is tried first", async () => {
    const link = await linkMade();
    expect(await test.database.raw("select id from person")).toEqual([]);
    for (const email of ["admin", "root", "admin@localhost", "admin@example.org", FIRST.email])
      for (const password of ["admin", "password", FIRST.password])
        expect((await newVisitor(test).post("/staff/session", { email, password })).status, email).toBe(422);
    expect(await test.database.raw("select id_hash from session")).toEqual([]);
    await newVisitor(test).post(link, COUNTRY);
    expect(await test.database.raw("select email from person")).toEqual([{ email: "first@admin.test" }]);
  });

  it("works once, also when two people use it at the same moment", async () => {
    const link = await linkMade();
    const outcomes = await Promise.all(
      ["a@admin.test", "b@admin.test"].map((email) => newVisitor(test).post(link, { ...COUNTRY, email })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await newVisitor(test).get(link)).status).toBe(404);
    expect(await test.database.raw("select id from person")).toHaveLength(1);
    expect(await test.database.raw("select id from desk")).toHaveLength(1);
  });

  it("expires after a day", async () => {
    const link = await linkMade();
    test.pass(24 * HOUR - 1);
    expect((await newVisitor(test).get(link)).status).toBe(200);
    test.pass(1);
    expect((await newVisitor(test).get(link)).status).toBe(404);
    expect((await newVisitor(test).post(link, COUNTRY)).status).toBe(404);
  });

  it("is replaced by a newer one and is not offered once a person exists", async () => {
    const older = await linkMade();
    const newer = await linkMade();
    expect((await newVisitor(test).get(older)).status).toBe(404);
    await newVisitor(test).post(newer, COUNTRY);
    expect(await makeSetupToken(test.platform)).toBeUndefined();
  });

  it("is stored as a hash, and a made-up one opens nothing", async () => {
    const token = await makeSetupToken(test.platform);
    const rows = await test.database.raw("select * from setup_link");
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await newVisitor(test).get(`/staff/setup/${rows[0]?.token_hash}`)).status).toBe(404);
    expect((await newVisitor(test).get("/staff/setup/made-up")).status).toBe(404);
  });

  it("refuses what is missing or wrong, and keeps the rest but never a password", async () => {
    const link = await linkMade();
    const wrong = { ...SCHOOL, name: "", email: "not an address", password: "short pass", territory: "atlantis" };
    const seen = await newVisitor(test).post(link, wrong, ENGLISH);
    expect(seen.status).toBe(422);
    for (const said of [
      ...["at least 12 characters", "like name@example.org", "Write your name", "Choose the municipality"],
      ...['value="not an address"', 'value="OŠ Primer"', '<option value="primary_school" selected>'],
      ...['name="size" value="school"', 'name="stage" value="1" checked'],
    ])
      expect(seen.text).toContain(said);
    expect(seen.text).not.toContain("short pass");
    for (const missing of ["operator", "type", "territory", "stage"]) {
      const { [missing as keyof typeof SCHOOL]: _, ...rest } = SCHOOL;
      expect((await newVisitor(test).post(link, rest)).status, missing).toBe(422);
    }
    const breached = await newVisitor(test).post(link, { ...COUNTRY, password: "qwerty123456" }, ENGLISH);
    expect([breached.status, breached.text.includes("tried first")]).toEqual([422, true]);
    expect((await newVisitor(test).get(link)).status).toBe(200);
  });

  it("leaves its rows in the audit, which name no value", async () => {
    await newVisitor(test).post(await linkMade(), SCHOOL);
    const rows = await test.database.raw(
      "select action, subject_kind, detail from audit_entry order by action, detail",
    );
    expect(rows.map(({ action, subject_kind }) => `${action} ${subject_kind}`)).toEqual([
      "account.created person",
      "account.setupLinkMade person",
      "desk.added desk",
      "institution.added institution",
      "opening.added directory",
      "setting.changed service",
      "setting.changed service",
      "setting.changed service",
      "setting.changed service",
    ]);
    expect(JSON.stringify(rows)).not.toContain("Primer");
  });
});
