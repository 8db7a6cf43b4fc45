import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSetupToken } from "#accounts/index.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { type Form, newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillReport, numbersOn, readyToSend, signInAs, track, unpaced } from "../support/journey.ts";

let test: TestApp;
let reporter: Visitor;
let operator: Visitor;
let places: Record<"draft" | "case" | "setup", string>;

beforeAll(async () => {
  const empty = await openTestApp({ withDesk: false });
  const token = await makeSetupToken(empty.platform);
  const setup = await newVisitor(empty).post(`/staff/setup/${token}`, { name: "", email: "x", password: "short" });
  await empty.close();
  test = await openTestApp(unpaced());
  reporter = newVisitor(test);
  const draft = await readyToSend(reporter);
  const { code } = await fillReport(reporter);
  await track(reporter, code);
  operator = newVisitor(test);
  const [number] = numbersOn(await signInAs(operator));
  places = { draft, case: `/staff/cases/${number}`, setup: setup.text };
});
afterAll(() => test.close());

const tagsIn = (html: string) =>
  [...html.matchAll(/<(\w+)\b([^>]*)>/g)].map(([, name = "", rest = ""]) => ({ name, rest }));
const attribute = (rest: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(rest)?.[1];

/** What a person who cannot see the page would miss of an error: each line is one fault. */
function errorFaults(html: string): string[] {
  const faults: string[] = [];
  if (!/<title>Error: /.test(html)) faults.push("the title does not begin with Error:");
  const [, summary = ""] =
    /<div class="error-summary" role="alert" tabindex="-1" autofocus>([\s\S]*?)<\/div>/.exec(html) ?? [];
  if (!summary.includes("<h2>")) faults.push("no summary with a heading takes the focus");
  const targets = [...summary.matchAll(/href="#([^"]+)"/g)].map(([, id = ""]) => id);
  if (targets.length === 0) faults.push("the summary leads nowhere");
  const tags = tagsIn(html);
  for (const id of targets) {
    const field = tags.find(({ rest }) => attribute(rest, "id") === id);
    if (!field || !/^(input|select|textarea)$/.test(field.name)) {
      faults.push(`${id} is no field`);
      continue;
    }
    // A group of radio buttons carries what belongs to all of them.
    const isRadio = attribute(field.rest, "type") === "radio";
    const group = isRadio || attribute(field.rest, "type") === "checkbox" ? groupOf(html, id) : field.rest;
    const invalid = isRadio ? group : field.rest;
    if (attribute(invalid, "aria-invalid") !== "true") faults.push(`${id} is not said to be wrong`);
    const described = attribute(group, "aria-describedby")?.split(" ") ?? [];
    const parts = [`${id}-hint`, `${id}-error`].filter((part) => html.includes(` id="${part}"`));
    if (described.join() !== parts.join()) faults.push(`${id} is described by ${described} instead of ${parts}`);
    if (!described.includes(`${id}-error`)) faults.push(`${id} has no error beside it`);
  }
  return faults;
}

const groupOf = (html: string, id: string) =>
  html
    .split("<fieldset")
    .find((part) => part.includes(` id="${id}"`))
    ?.split(">")[0] ?? "";

/** Each form of the service with something wrong in it. */
const FORMS: readonly (readonly [string, () => Promise<Seen> | Seen | string])[] = [
  ["a group of radio buttons", () => reporter.post(`${places.draft}/1`, {})],
  ["a group of boxes and a text", () => reporter.post(`${places.draft}/4`, { story: "" })],
  ["a list", () => reporter.post(`${places.draft}/5`, {})],
  ["the report on one page", () => reporter.post("/en/report/one", { draft: "A".repeat(43) })],
  ["a code that is too short", () => newVisitor(test).post("/en/track", { code: "1234" })],
  ["a code that opens nothing", () => newVisitor(test).post("/en/track", { code: "1234567812345678" })],
  ["words to the desk", () => reporter.post("/en/track/messages", { words: " " })],
  ["signing in with nothing", () => newVisitor(test).post("/staff/session", {}, EN)],
  ["signing in with a wrong password", () => newVisitor(test).post("/staff/session", WRONG, EN)],
  ["a note", () => operator.post(`${places.case}/notes`, { note: " " })],
  ["a message", () => operator.post(`${places.case}/messages`, { message: " " })],
  ["an assessment", () => operator.post(`${places.case}/assessment`, { assessment: " ", based: "" })],
  ["an urgency that does not exist", () => operator.post(`${places.case}/urgency`, { urgency: "p9", version: "1" })],
  ["a state that does not exist", () => operator.post(`${places.case}/status`, { status: "lost", version: "1" })],
  ["setting up", () => places.setup.replace("<title>Грешка:", "<title>Error:")],
];
const EN = { "accept-language": "en" };
const WRONG: Form = { email: "operator@triage.test", password: "wrong password" };

describe("a form with something wrong", () => {
  it.each(FORMS)("says so in the title, the summary and at the field: %s", async (_, send) => {
    const seen = await send();
    expect(errorFaults(typeof seen === "string" ? seen : seen.text)).toEqual([]);
  });

  it("of a report that closed itself has a heading and leads to the code", async () => {
    const { text } = await newVisitor(test).post("/en/track/messages", { words: "too late" });
    expect(text).toMatch(/<title>Error: [\s\S]*autofocus><h2>[\s\S]*href="#code"/);
  });
});

describe("the check can fail", () => {
  const fine = `<title>Error: x</title><div class="error-summary" role="alert" tabindex="-1" autofocus><h2>x</h2>
    <a href="#a">x</a></div><p id="a-hint"><p id="a-error"><input id="a" aria-invalid="true" aria-describedby="a-hint a-error">`;

  it("nothing is wrong with a page as it should be", () => {
    expect(errorFaults(fine)).toEqual([]);
  });

  it.each([
    ["Error: ", ""],
    ["<h2>x</h2>", ""],
    [" autofocus", ""],
    ['<a href="#a">x</a>', ""],
    ["<input", "<section"],
    [' aria-invalid="true"', ""],
    ['"a-hint a-error"', '"a-error"'],
    ['<p id="a-error">', ""],
  ])("a page that lacks %s is found", (part, instead) => {
    expect(errorFaults(fine.replace(part, instead))).not.toEqual([]);
  });
});

describe("a browser that keeps passwords", () => {
  it("knows which fields are whose", async () => {
    const { text } = await newVisitor(test).get("/staff");
    expect(text).toMatch(/id="email"[^>]* autocomplete="username"/);
    expect(text).toMatch(/id="password"[^>]* autocomplete="current-password"/);
    expect(places.setup).toMatch(
      /id="name"[^>]* autocomplete="name"[\s\S]*id="password"[^>]* autocomplete="new-password"/,
    );
  });
});
