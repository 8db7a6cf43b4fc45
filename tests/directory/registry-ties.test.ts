import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
