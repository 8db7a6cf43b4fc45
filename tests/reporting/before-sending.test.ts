import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { type Form, newVisitor, type Visitor } from "../support/browser.ts";
import { fillReport, readyToSend } from "../support/journey.ts";

let test: TestApp;
let reporter: Visitor;
beforeEach(async () => {
  test = await openTestApp();
  reporter = newVisitor(test);
});
afterEach(() => test.close());

const mainOf = (text: string) => text.slice(text.indexOf("<main"), text.indexOf("</main>"));
const WITHHOLD = "Who must not learn of it is said on step 8.";

describe("who must not learn of it", () => {
  it("is asked for wherever the report can be sent early, until it is said", async () => {
    const at = await readyToSend(reporter);
    expect((await reporter.get(`${at}/6`)).text).toContain(WITHHOLD);
    expect((await reporter.get(`${at}/8`)).text).not.toContain(WITHHOLD);
    await reporter.post(`${at}/8`, { withhold: ["parents"] });
    expect((await reporter.get(`${at}/6`)).text).not.toContain(WITHHOLD);
  });

  it("has its row before sending, also when nothing was said", async () => {
    const at = await readyToSend(reporter);
    const check = mainOf((await reporter.get(`${at}/10`)).text);
    expect(check).toContain("Who must not learn about it");
    expect(check).toContain(`href="${at}/8?return=10"`);
  });

  it("stands right after who does it", async () => {
    const at = await readyToSend(reporter);
    const text = mainOf((await reporter.get(`${at}/8`)).text);
    const names = [...new Set([...text.matchAll(/ name="([a-z_]+)"/g)].map(([, name]) => name))];
    expect(names.slice(0, 2)).toEqual(["perpetrator_type", "withhold"]);
  });
});

describe("a question that few have something to say to", () => {
  it("lies folded for a child, and open for an adult and once something is chosen", async () => {
    const at = await readyToSend(reporter);
    const fold = '<details class="fold"><summary>';
    expect((await reporter.get(`${at}/7`)).text).toContain(fold);
    expect((await reporter.get(`${at}/7?voice=adult`)).text).not.toContain(fold);
    await reporter.post(`${at}/7`, { vulnerability: ["disability"] });
    expect((await reporter.get(`${at}/7?voice=young`)).text).not.toContain(fold);
  });
});

describe("the page with the code", () => {
  const dangers: readonly [string, Readonly<Record<string, Form>>, string][] = [
    ["danger now", { "1": { danger: "yes" } }, "tel:192"],
    ["a wish to die", { "4": { forms: ["self_harm_risk"], story: "x", truthful: "yes" } }, "tel:116111"],
    ["what happens right now", { "6": { frequency: "ongoing_now" } }, "tel:192"],
  ];

  it.each(dangers)("gives the numbers once more after %s", async (_, answers, number) => {
    const done = mainOf((await fillReport(reporter, answers)).done.text);
    expect(done).toContain(`href="${number}"`);
  });

  it("gives none where nobody is in danger, and says tomorrow", async () => {
    const done = mainOf((await fillReport(reporter)).done.text);
    expect(done).not.toContain('href="tel:');
    expect(done).toMatch(/tomorrow by \d\d:\d\d/);
  });

  it.each([
    ["sr", "сутра до 12:00"],
    ["sr-Latn", "sutra do 12:00"],
    ["en", "tomorrow by 12:00"],
  ])("says in %s when somebody reads it, and why only to adults", async (lang, when) => {
    const { done } = await fillReport(reporter, {}, { lang });
    expect(done.text).toContain(when);
    const law = /not a deadline set by law|није законски рок|nije zakonski rok/;
    expect(done.text).not.toMatch(law);
    expect((await reporter.get(`${done.path}?voice=adult`)).text).toMatch(law);
  });

  it("says tomorrow only where the calendar does", async () => {
    const clocksGoBack = Date.parse("2026-10-25T00:20:00+02:00");
    test.pass(clocksGoBack - test.platform.now());
    const { done } = await fillReport(newVisitor(test));
    expect(done.text).not.toContain("tomorrow");
    expect(done.text).toContain("25 October");
  });

  it("opened once more after midnight no longer says tomorrow", async () => {
    test.pass(Date.parse("2026-11-22T23:50:00+01:00") - test.platform.now());
    const { done } = await fillReport(reporter);
    expect(done.text).toContain("tomorrow by 23:50");
    test.pass(15 * 60_000);
    expect((await reporter.get(done.path)).text).not.toContain("tomorrow");
  });
});
