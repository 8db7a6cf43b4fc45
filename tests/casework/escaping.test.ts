import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillReport, numbersOn, signInAs, track, unpaced } from "../support/journey.ts";

/** What would run, or break out of a text, a box, an attribute or a template. */
const NASTY = `<script>alert(1)</script></textarea></title>"><img src=x onerror=alert(2)> ' <%= it.ui %> \${7*7} &lt;`;
const ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/textarea&gt;";
const LINE = NASTY.slice(0, 190);
let test: TestApp;
let reporter: Visitor;
let operator: Visitor;
let code: string;
let path: string;

beforeAll(async () => {
  const letters = { send: async () => undefined, close: () => undefined };
  test = await openTestApp(unpaced({ mail: letters }));
  reporter = newVisitor(test);
  operator = newVisitor(test);
  ({ code } = await fillReport(reporter, {
    "3": { identity: "confidential" },
    "3/contact": { reporter_name: LINE, reporter_contact: NASTY },
    "4": { forms: ["physical"], story: NASTY, truthful: "yes" },
    "5": { environment: "education", territory: "rs-zemun" },
    "5/school": { institution_name: LINE },
    "6": { when: LINE },
    "8": { perpetrator_name: LINE, relation: LINE, withhold_words: NASTY },
    "9": { reaction: NASTY },
  }));
  const [number] = numbersOn(await signInAs(operator));
  path = `/staff/cases/${number}`;
  await operator.post(`${path}/notes`, { note: NASTY });
  await operator.post(`${path}/messages`, { message: NASTY });
  await operator.post(`${path}/assessment`, { assessment: NASTY, based: "" });
  await track(reporter, code);
  await reporter.post("/en/track/messages", { words: NASTY });
});
afterAll(() => test.close());

function expectHarmless({ text }: Seen, times: number): void {
  expect(text.split(ESCAPED).length - 1).toBeGreaterThanOrEqual(times);
  expect(text).not.toContain("<script>alert");
  expect(text).not.toContain("<img src=x");
  expect(text).not.toContain("[object Object]");
  expect(text).toContain("7*7");
}

describe("what somebody typed comes back as text", () => {
  it("on the case page, in its answers, entries and boxes", async () => {
    expectHarmless(await operator.get(path), 9);
  });

  it("on the reporter's page", async () => {
    expectHarmless(await reporter.get("/en/track"), 2);
  });

  it("when a form is refused", async () => {
    const long = `${NASTY}${"x".repeat(10_000)}`;
    expectHarmless(await operator.post(`${path}/notes`, { note: long }), 1);
    expectHarmless(await operator.post(`${path}/messages`, { message: long }), 1);
    expectHarmless(await operator.post(`${path}/assessment`, { assessment: long, based: "" }), 1);
    expectHarmless(await reporter.post("/en/track/messages", { words: long }), 1);
  });

  it("when two people wrote at once", async () => {
    expectHarmless(await operator.post(`${path}/assessment`, { assessment: NASTY, based: "" }), 2);
  });

  it("when it comes from another site, and when the session is over", async () => {
    const other = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expectHarmless(await operator.post(`${path}/notes`, { note: NASTY }, other), 1);
    expectHarmless(await newVisitor(test).post("/en/track/messages", { words: NASTY }), 1);
  });

  it("in every step of the journey", async () => {
    const someone = newVisitor(test);
    const begun = await someone.post("/en/report", {});
    const at = begun.path.slice(0, -2);
    for (const [page, form, field] of [
      ["4", { forms: ["physical"], truthful: "yes" }, "story"],
      ["6", {}, "when"],
      ["8", {}, "relation"],
      ["9", {}, "reaction"],
    ] as const) {
      await someone.post(`${at}/${page}`, { ...form, [field]: LINE });
      expectHarmless(await someone.get(`${at}/${page}`), 1);
    }
    expectHarmless(await someone.get(`${at}/10`), 4);
  });

  it("a page that printed it as it is would be found", () => {
    const broken = { text: `<p>${NASTY}</p>` } as Seen;
    expect(() => expectHarmless(broken, 1)).toThrow();
  });
});
