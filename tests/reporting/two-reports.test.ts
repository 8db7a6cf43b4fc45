import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { type Form, newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { sendShortReport, track, unpaced } from "../support/journey.ts";

const MINUTE = 60_000;
let test: TestApp;
let browser: Visitor;
let first: { readonly code: string; readonly page: Seen };
let second: { readonly code: string; readonly page: Seen };

beforeEach(async () => {
  test = await openTestApp(unpaced());
  browser = newVisitor(test);
  first = await opened();
  second = await opened();
});
afterEach(() => test.close());

async function opened(): Promise<{ readonly code: string; readonly page: Seen }> {
  const { code } = await sendShortReport(newVisitor(test));
  return { code, page: await track(browser, code) };
}

/** What the form of a page sends by itself, with what a person adds. */
const formOf = (page: Seen, more: Form = {}): Form => ({ ...fieldsOn(page), ...more });

const added = () => test.database.raw("select id from entry where kind = 'message-from-reporter'");
const cries = () => test.database.raw("select id from case_file where not_safe_at is not null");

describe("a tab that still shows a report after another one was opened in this browser", () => {
  it("sends its words to neither, and gives them back with the question for the code", async () => {
    const sent = await browser.post("/en/track/messages", formOf(first.page, { words: "only for <A>" }));
    expect(sent.status).toBe(410);
    expect(sent.text).toContain("NOT sent");
    expect(sent.text).toContain("only for &lt;A&gt;</textarea>");
    expect(sent.text).toContain('name="code"');
    expect(await added()).toEqual([]);
    expect((await browser.get("/en/track")).text).not.toContain("only for");
  });

  it.each(["stay", "adult"])("does not lay its words into the other report's box either: %s", async (go) => {
    const shown = await browser.post("/en/track/messages", formOf(first.page, { words: "only for A", go }));
    expect(shown.status).toBe(410);
    expect(shown.text).not.toContain('class="timeline"');
    expect(shown.text).toContain("only for A</textarea>");
  });

  it.each(["/en/track/safety", "/en/track/messages"])("never sends its cry to the other report: %s", async (path) => {
    for (const words of ["", "he is here"]) {
      const cried = await browser.post(path, formOf(first.page, { words, go: "not-safe" }));
      expect(cried.status).toBe(410);
      expect(cried.text).toMatch(/NOT sent[\s\S]*class="button second" href="tel:192"/);
      const inOtherWords = await browser.post("/en/track", formOf(cried, { words, go: "adult" }));
      expect(inOtherWords.text).toMatch(/NOT sent[\s\S]*class="button second" href="tel:192"/);
    }
    expect(await cries()).toEqual([]);
  });

  it("sends to its own report once its code is typed again", async () => {
    const over = await browser.post("/en/track/messages", formOf(first.page, { words: "only for A" }));
    const again = await browser.post("/en/track", formOf(over, { words: "only for A", code: first.code }));
    expect(again.text).toContain("only for A</textarea>");
    await browser.send("/en/track/messages", formOf(again, { words: "only for A" }));
    expect(await added()).toHaveLength(1);
    expect((await track(newVisitor(test), first.code)).text).toContain("only for A");
    expect((await track(newVisitor(test), second.code)).text).not.toContain("only for A");
  });
});

describe("a form of a report that is open", () => {
  it("is taken also where its code was typed again since, in this browser or after it closed", async () => {
    await track(browser, second.code);
    expect((await browser.post("/en/track/messages", formOf(second.page, { words: "one" }))).status).toBe(303);
    test.pass(31 * MINUTE);
    await track(browser, second.code);
    expect((await browser.post("/en/track/safety", formOf(second.page, { words: "" }))).status).toBe(303);
    expect(await added()).toHaveLength(1);
    expect(await cries()).toHaveLength(1);
  });

  it("says nothing that opens or names it", async () => {
    const [row] = await test.database.raw("select id, number from case_file");
    const { once: _, ...rest } = formOf(first.page);
    expect(Object.keys(rest)).toEqual(["shown"]);
    expect(rest.shown).toMatch(/^[\w-]{8}$/);
    for (const told of [row?.id, row?.number, first.code, first.code.slice(0, 4)]) {
      expect(String(rest.shown)).not.toContain(String(told));
    }
    expect(formOf(second.page).shown).not.toBe(rest.shown);
  });
});
