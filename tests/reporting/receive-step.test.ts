import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { begin, beginComplete, codeIn, saved } from "./journey.ts";

let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp();
  visitor = newVisitor(test);
});
afterEach(() => test.close());

describe("bad input", () => {
  it("comes back with its text, what is wrong, and a title that says so", async () => {
    const at = await begin(visitor);
    const refused = await visitor.post(`${at}/4`, { forms: ["physical", "flood"], story: "kept <words>" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("<title>Error: Step 4 of 10</title>");
    expect(refused.text).toContain("kept &lt;words&gt;");
    expect(refused.text).toMatch(/value="physical" checked/);
    expect(refused.text.indexOf("error-summary")).toBeLessThan(refused.text.indexOf("<h1>"));
    expect((await visitor.get(`${at}/4`)).text).not.toContain("kept");
  });

  it("too long a story is kept whole", async () => {
    const at = await begin(visitor);
    const story = "я".repeat(10_001);
    const refused = await visitor.post(`${at}/4`, { story, truthful: "yes" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(story);
    expect(refused.text.match(/class="error"/g)).toHaveLength(1);
    expect((await visitor.post(`${at}/4`, { story })).text).toContain("The mark beside");
    expect(refused.text).toContain("10,000");
  });

  it("is answered in the language of the page", async () => {
    const at = (await begin(visitor)).replace("/en/", "/sr/");
    const refused = await visitor.post(`${at}/5`, {});
    expect(refused.text).toContain("<title>Грешка: Корак 5 од 10</title>");
    expect(refused.text).toContain("Потребна је општина");
    expect((await visitor.post(`${at.replace("/sr/", "/sr-Latn/")}/5`, {})).text).toContain("Potrebna je opština");
  });

  it("does not send what it says to send", async () => {
    const at = await beginComplete(visitor);
    const refused = await visitor.post(`${at}/6`, { when: "x".repeat(201), go: "send" });
    expect(refused.status).toBe(422);
    expect(await test.database.raw("select id from case_file")).toHaveLength(0);
    expect((await visitor.get(`${at}/done`)).path).toBe(`${at}/10`);
  });

  it("answers that were taken away are forgotten", async () => {
    const at = await beginComplete(visitor);
    await saved(visitor, `${at}/6`, { when: "in March" });
    await saved(visitor, `${at}/6`, { ...fieldsOn(await visitor.get(`${at}/6`)), when: "" });
    expect((await visitor.get(`${at}/10`)).text).not.toContain("in March");
  });
});

describe("a page sent after the report", () => {
  it("shows the code again when nothing was changed", async () => {
    const at = await beginComplete(visitor);
    const first = await visitor.send(`${at}/6`, { when: "in March", go: "send" });
    const again = await visitor.send(`${at}/6`, { when: "in March", go: "send" });
    expect(codeIn(again)).toBe(codeIn(first));
  });

  it("gives changed words back and stores nothing twice", async () => {
    const at = await beginComplete(visitor);
    await visitor.send(`${at}/10`, { go: "send" });
    const late = await visitor.post(`${at}/4`, { story: "one more thing", truthful: "yes" });
    expect(late.status).toBe(409);
    expect(late.text).toContain("one more thing");
    expect(late.text).toContain(`href="${at}/done"`);
    expect(await test.database.raw("select id from case_file")).toHaveLength(1);
  });

  it("its pages lead to the code", async () => {
    const at = await beginComplete(visitor);
    await visitor.send(`${at}/10`, { go: "send" });
    expect((await visitor.get(`${at}/4`)).path).toBe(`${at}/done`);
  });
});
