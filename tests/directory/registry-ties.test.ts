import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOON } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { type DirectoryApp, openDirectoryApp } from "../support/directory.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { readyToSend } from "../support/journey.ts";

const LIST = "/staff/institutions";
const NIS = `${LIST}/school-nis`;
let test: DirectoryApp;

beforeAll(async () => {
  test = await openDirectoryApp();
});
afterAll(() => test.close());

/** SQLite refuses patterns of more than 50,000 bytes. */
const ENDLESS = "a".repeat(60_000);

describe("a text without end", () => {
  const week = { from: "2026-11-22", to: "2026-11-29" };
  const everywhere = { ...week, territory: "rs-zemun", types: ["primary_school"] };
  const edited = async () => fieldsOn(await test.admin.get(`${NIS}/edit`));

  it.each([
    ["parent", `${NIS}/edit`, edited],
    ["supervisor", `${NIS}/edit`, edited],
    ["fallback", `${NIS}/edit`, edited],
    ["fallback", `${NIS}/absences`, () => week],
    ["fallback", "/staff/absences", () => everywhere],
  ])("names nobody in the field %s of %s, whether it was typed or chosen", async (field, path, fields) => {
    const others = await fields();
    const [typed, letters] = [{ [field]: ENDLESS }, { [field]: "б".repeat(301) }];
    const chosen = { [field]: "школа", [`${field}For`]: "школа", [`${field}Chosen`]: ENDLESS };
    const both = { [field]: ENDLESS, [`${field}For`]: ENDLESS, [`${field}Chosen`]: "administration" };
    for (const said of [typed, letters, chosen, both]) {
      const seen = await test.admin.post(path, { ...others, ...said });
      expect(seen.status).toBe(422);
      expect(seen.text).toContain(`<a href="#${field}">No institution has this name or identifier</a>`);
    }
  });

  it("finds nothing where institutions are looked for by their words", async () => {
    for (const words of [ENDLESS, "б".repeat(30_000), "a ".repeat(30_000)]) {
      const asked = `words=${encodeURIComponent(words)}`;
      expect((await test.triage.get(`${LIST}?${asked}`)).status).toBe(200);
      expect((await test.triage.get(`/staff/routing?${asked}&setting=education`)).status).toBe(200);
      expect((await newVisitor(test).get(`/en/find?place=rs-zemun&${asked}&after=${ENDLESS}`)).status).toBe(200);
      const reporter = newVisitor(test);
      const at = await readyToSend(reporter);
      await reporter.post(`${at}/5`, { environment: "education", territory: "rs-zemun" });
      const found = await reporter.post(`${at}/5/c`, { words, go: "search" });
      expect(found.status).toBe(200);
      expect(found.text).toContain('name="words"');
    }
  });
});

describe("a body that has ended", () => {
  const end = (id: string, on: number | null) =>
    test.database.raw(`update institution set active_to = ${on} where id = '${id}'`);
  const ENDED = "That institution works no longer";

  it("stays above those it supervised, whose other fields can be changed, and is named by nobody anew", async () => {
    await end("administration", NOON);
    const edit = fieldsOn(await test.admin.get(`${NIS}/edit`));
    expect(edit.supervisor).toBe("administration");
    const anew = await test.admin.post(`${NIS}/edit`, { ...edit, fallback: "administration" });
    expect([anew.status, anew.text.includes(`<a href="#fallback">${ENDED}</a>`)]).toEqual([422, true]);
    expect((await test.admin.post(`${NIS}/edit`, { ...edit, phone: "018 222 333" })).status).toBe(303);
    const [row] = await test.database.raw("select phone, supervisor_id from institution where id = 'school-nis'");
    expect(row).toEqual({ phone: "018 222 333", supervisor_id: "administration" });
    const other = await test.admin.post(`${LIST}/inst-other/edit`, {
      ...fieldsOn(await test.admin.get(`${LIST}/inst-other/edit`)),
      supervisor: "administration",
    });
    expect([other.status, other.text.includes(ENDED)]).toEqual([422, true]);
    const away = await test.admin.post(`${NIS}/absences`, {
      ...{ from: "2026-11-22", to: "2026-11-29", fallback: "administration" },
    });
    expect([away.status, away.text.includes(ENDED)]).toEqual([422, true]);
    await end("administration", null);
  });
});
