import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { tooLongOn } from "../support/hearers.ts";
import { beginComplete, saved } from "./journey.ts";

let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp();
  visitor = newVisitor(test);
});
afterEach(() => test.close());

describe("a page that was opened before the role was changed in another tab", () => {
  it.each(["", "skip", "send", "back"])("gives back what it no longer asks for, with %j too", async (go) => {
    const at = await beginComplete(visitor, { "2": { role: "witness_child" } });
    await saved(visitor, `${at}/2`, { role: "victim_child" });
    const typed = { harmed_name: "Mila <b>", grade: "5b", ...(go && { go }) };
    const told = await visitor.post(`${at}/7`, typed);
    expect(told.status).toBe(409);
    const [above = "", form = ""] = told.text.slice(told.text.indexOf("<main")).split("<form method");
    expect(above).toContain("Mila &lt;b&gt;");
    expect(above).toContain('role="alert" tabindex="-1" autofocus');
    expect(above).not.toContain('href="#harmed_name"');
    expect(form).toContain('value="5b"');
    expect(tooLongOn(told.text, 12)).toEqual([]);
    expect(await test.database.raw("select id from case_file")).toEqual([]);
    expect((await saved(visitor, `${at}/7`, fieldsOn(told))).path).toBe(`${at}/8`);
    expect((await visitor.get(`${at}/10`)).text).toContain("5b");
  });

  it("gives it back after the report was sent as well, and in another language", async () => {
    const at = await beginComplete(visitor);
    const latin = await visitor.post(`${at}/7`, { harmed_name: "Mila", go: "sr-Latn" });
    expect([latin.status, latin.text.includes("Mila"), latin.text.includes('<html lang="sr-Latn"')]).toEqual([
      409,
      true,
      true,
    ]);
    await saved(visitor, `${at}/10`, { go: "send" });
    const late = await visitor.post(`${at}/7`, { harmed_name: "Mila" });
    expect([late.status, late.text.includes("Mila")]).toEqual([409, true]);
  });

  it("goes on where such a field was left empty", async () => {
    const at = await beginComplete(visitor);
    expect((await saved(visitor, `${at}/7`, { harmed_name: " ", age_band: "14" })).path).toBe(`${at}/8`);
  });
});
