import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { begin, beginComplete, saved } from "./journey.ts";

let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp();
  visitor = newVisitor(test);
});
afterEach(() => test.close());

const BACK = '<button class="button quiet" name="go" value="back">';

describe("going back from a page", () => {
  it("keeps what was typed there, without asking for what must be answered", async () => {
    const at = await begin(visitor);
    const typed = { story: "half a story", go: "back" };
    expect(await saved(visitor, `${at}/4`, typed)).toMatchObject({ path: `${at}/3` });
    expect((await visitor.get(`${at}/4`)).text).toContain("half a story");
    expect(await saved(visitor, `${at}/5`, { environment: "family", go: "back" })).toMatchObject({ path: `${at}/4` });
    expect((await visitor.get(`${at}/5`)).text).toMatch(/value="family" checked/);
    expect((await visitor.get(`${at}/10`)).text).not.toContain('value="send"');
  });

  it("leads where the way before it leads, and to the check page for who came from there", async () => {
    const at = await beginComplete(visitor, { "3": { identity: "confidential" } });
    for (const [page, before] of [
      ["2", "1"],
      ["3/b", "3"],
      ["4", "3/b"],
      ["6", "5"],
      ["9", "8"],
    ] as const)
      expect(
        (await saved(visitor, `${at}/${page}`, { go: "back", ...fieldsOn(await visitor.get(`${at}/${page}`)) })).path,
      ).toBe(`${at}/${before}`);
    expect((await saved(visitor, `${at}/6`, { when: "in May", return: "10", go: "back" })).path).toBe(`${at}/10`);
    expect((await visitor.get(`${at}/10`)).text).toContain("in May");
  });

  it("brings the page back where a text is too long or an answer cannot be read", async () => {
    const at = await begin(visitor);
    const story = "я".repeat(10_001);
    const long = await visitor.post(`${at}/4`, { story, go: "back" });
    expect([long.status, long.text.includes(story)]).toEqual([422, true]);
    expect((await visitor.post(`${at}/1`, { danger: "flood", go: "back" })).status).toBe(422);
  });

  it("from a blank tab takes nothing away that another one saved, and says of text that stands against text", async () => {
    const at = await beginComplete(visitor);
    await saved(visitor, `${at}/9`, { told: ["friend"], reaction: "AAA" });
    expect((await saved(visitor, `${at}/9`, { reaction: "", go: "back" })).path).toBe(`${at}/8`);
    const check = (await visitor.get(`${at}/10`)).text;
    expect([check.includes("AAA"), check.includes("A friend")]).toEqual([true, true]);
    expect((await visitor.post(`${at}/9`, { reaction: "BBB", go: "back" })).status).toBe(409);
    await saved(visitor, `${at}/9`, { ...fieldsOn(await visitor.get(`${at}/9`)), reaction: "", go: "back" });
    expect((await visitor.get(`${at}/10`)).text).not.toContain("AAA");
  });

  it("shows no numbers in between and sends nothing", async () => {
    const at = await beginComplete(visitor);
    const forms = { ...fieldsOn(await visitor.get(`${at}/4`)), forms: ["self_harm_risk"], story: "they push me" };
    expect((await saved(visitor, `${at}/4`, { ...forms, go: "back" })).path).toBe(`${at}/3`);
    expect(await test.database.raw("select id from case_file")).toEqual([]);
  });

  it("is a button beside Continue, which Enter presses, and stands on every page but the first", async () => {
    const at = await beginComplete(visitor);
    for (const page of ["2", "4", "6", "3/b"]) {
      const main = (await visitor.get(`${at}/${page}`)).text.split("<main")[1] ?? "";
      const [first] = /<button[^>]*>/.exec(main.slice(main.indexOf("<form"))) ?? [];
      expect([page, first, main.includes(BACK)]).toEqual([page, '<button class="button">', true]);
      expect(main).not.toMatch(/<a class="button quiet"/);
    }
    expect((await visitor.get(`${at}/1`)).text).not.toContain(BACK);
    expect((await saved(visitor, `${at}/1`, { danger: "no", go: "back" })).path).toBe(`${at}/1`);
  });
});
