import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newLane } from "#platform/crypto/lane.ts";
import { newLanes } from "#platform/platform.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { hiddenIn, numbersOn, readyToSend, sendShortReport, signInAs, track, unpaced } from "../support/journey.ts";

const MINUTE = 60_000;
const WORDS = 'he said "<later>"\nand then';
const SHOWN = "he said &quot;&lt;later&gt;&quot;\nand then";
let test: TestApp;
let reporter: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  reporter = newVisitor(test);
});
afterEach(() => test.close());

const messages = () => test.database.raw("select id from entry where kind = 'message-from-reporter'");

/** The words stand escaped in a box, and no address and no title holds them. */
function expectKept({ text, path, headers }: Seen, name?: string): void {
  const boxes = [...text.matchAll(/<textarea([^>]*)>\n?([\s\S]*?)<\/textarea>/g)];
  const found = boxes.filter(([, , inside]) => inside === SHOWN);
  expect(found).toHaveLength(1);
  if (name) expect(found[0]?.[1]).toContain(`name="${name}"`);
  expect(`${path} ${headers.get("location")}`).not.toContain("later");
}

/** Where a button of a page leads that says this. */
function buttonTo({ text }: Seen, words: string): { path: string; go: string } {
  const [tag = ""] = text.match(new RegExp(`<button[^>]*>${words}</button>`)) ?? [];
  const attribute = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return { path: attribute("formaction"), go: attribute("value") };
}

it("words are taken with a damaged hidden field too, and a code sent beside them comes back nowhere", async () => {
  const { code } = await sendShortReport(reporter);
  await track(reporter, code);
  expect((await reporter.post("/en/track/messages", { words: WORDS, once: "!!" })).path).toBe("/en/track?done=1");
  expect(await messages()).toHaveLength(1);
  const over = await newVisitor(test).post("/en/track/messages", { words: WORDS, code });
  expect(over.status).toBe(410);
  expectKept(over);
  expect(over.text).not.toContain(code);
});

describe("words for an opened report that were not sent yet", () => {
  let page: Seen;
  beforeEach(async () => {
    page = await track(reporter, (await sendShortReport(newVisitor(test))).code);
  });

  it("stay in another language and in other words, for one press of the button", async () => {
    const once = hiddenIn(page, "once", "/track/messages");
    const { path, go } = buttonTo(page, "Latinica");
    expect([path, go]).toEqual(["/sr-Latn/track/messages", "stay"]);
    const latin = await reporter.post(path, { words: WORDS, once, go });
    expectKept(latin, "words");
    expect(latin.text).toContain('<html lang="sr-Latn"');
    const adult = await reporter.post("/en/track/messages", { words: WORDS, once, go: "adult" });
    expectKept(adult, "words");
    expect(hiddenIn(adult, "once", "/track/messages")).toBe(once);
    expect(await messages()).toEqual([]);
  });

  it("have no link in the header that would lose them", () => {
    expect(page.text).not.toMatch(/<a [^>]*href="\/(sr|sr-Latn)\/track/);
    expect(page.text).not.toContain("?voice=");
    expect(page.text).toContain('<a href="#speech">');
  });

  it("stay when the cry is sent first, which goes alone", async () => {
    for (const [path, go] of [
      ["/en/track/safety", "not-safe"],
      ["/en/track/messages", "not-safe"],
    ] as const) {
      const told = await reporter.post(path, { words: WORDS, once: hiddenIn(page, "once"), go });
      expect(told.status).toBe(200);
      expect(told.text).toContain("sees now that you are not safe");
      expectKept(told, "words");
    }
    expect(await messages()).toEqual([]);
    expect(await test.database.raw("select id from case_event where kind = 'not-safe'")).toHaveLength(1);
    const [number] = numbersOn(await signInAs(newVisitor(test)));
    expect(number).toBeDefined();
  });

  it("go with the code when the page was open too long, and stand in their box once it opens again", async () => {
    const once = hiddenIn(page, "once", "/track/messages");
    const { code } = await sendShortReport(newVisitor(test));
    test.pass(31 * MINUTE);
    const over = await reporter.post("/en/track/messages", { words: WORDS, once });
    expect(over.status).toBe(410);
    expectKept(over, "words");
    for (const go of ["stay", "adult"])
      expectKept(await reporter.post("/en/track", { words: WORDS, once, go }), "words");
    const wrong = await reporter.post("/en/track", { code: "0000000000000000", words: WORDS, once });
    expect(wrong.status).toBe(422);
    expectKept(wrong, "words");
    const opened = await reporter.post("/en/track", { code, words: WORDS, once });
    expect([opened.status, opened.text.includes("Your report")]).toEqual([200, true]);
    expectKept(opened, "words");
    const sent = { words: WORDS, once: hiddenIn(opened, "once", "/track/messages") };
    expect((await reporter.send("/en/track/messages", sent)).text).toContain(SHOWN);
    expect(await messages()).toHaveLength(1);
  });
});

describe("a code with words that were not sent yet", () => {
  it("stays with them where too many codes are tried", async () => {
    await test.close();
    test = await openTestApp({ platform: { lanes: { ...newLanes(), guessable: newLane({ width: 1, longest: 0 }) } } });
    const visitor = newVisitor(test);
    const tries = await Promise.all(
      [0, 1, 2].map(() => visitor.post("/en/track", { code: "1234567812345678", words: WORDS })),
    );
    const later = tries.find(({ status }) => status === 503);
    expect(later?.text).toContain("Many codes are being checked right now. Nothing you wrote was lost.");
    expect(later?.headers.get("refresh")).toBeNull();
    expect(later?.text).toContain('value="1234567812345678"');
    if (later) expectKept(later, "words");
  });
});

describe("words of a page that is gone", () => {
  it("are given back when a school was searched for", async () => {
    const at = await readyToSend(reporter);
    test.pass(121 * MINUTE);
    for (const browser of [reporter, newVisitor(test)]) {
      const seen = await browser.post(`${at}/5/c`, { words: WORDS, go: "search" });
      expect(seen.status).toBe(410);
      expectKept(seen);
    }
  });

  it.each(["/en/nowhere", "/en/r/x/99", "/nowhere/at/all", "/en/report/two", "/en/help", "/staff/nowhere"])(
    "are given back by %s, which takes no form",
    async (path) => {
      const seen = await reporter.post(path, { story: WORDS, password: "not to be shown" });
      expect(seen.status).toBeGreaterThanOrEqual(404);
      expectKept(seen);
      expect(seen.text).not.toContain("not to be shown");
      expect(seen.text).not.toContain('<form method="post" action="/en/nowhere"');
    },
  );

  it("are on no page with a language link that would lose them", async () => {
    const { text } = await reporter.post("/en/nowhere", { story: WORDS });
    expect(text).not.toContain('href="/sr/nowhere"');
    expect((await reporter.get("/en/nowhere")).text).toContain('href="/sr/nowhere"');
  });
});

describe("the check page", () => {
  it("sends by its button alone: anything else that comes to it shows it again", async () => {
    const at = await readyToSend(reporter);
    for (const go of ["stay", "search", "young", "adult", "skip", "other", ""]) {
      const seen = await reporter.post(`${at}/10`, go ? { go } : {});
      expect([seen.status, seen.text.includes("they push me in the corridor")], go).toEqual([200, true]);
      expect(seen.text, go).toContain('<button class="button" name="go" value="send">');
    }
    expect(await test.database.raw("select id from case_file")).toEqual([]);
    expect((await reporter.post(`${at}/10`, { go: "send" })).path).toBe(`${at}/done`);
    expect((await reporter.post(`${at}/10`, { go: "stay" })).status).not.toBe(200);
  });
});

describe("the key of the one page", () => {
  it("comes back in no answer to a form of another type, where the words do", async () => {
    const key = hiddenIn(await reporter.get("/en/report/one"), "draft");
    const part = (name: string, value: string, more = "") =>
      `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    for (const [type, body] of [
      ["multipart/form-data; boundary=x", `${part("draft", key)}${part("story", "they laugh at me")}--x--`],
      [
        "multipart/form-data; boundary=x",
        `${part("draft", key, "\r\nContent-Type: text/plain")}${part("story", "they laugh at me")}--x--`,
      ],
      ["application/json", JSON.stringify({ draft: key, story: "they laugh at me" })],
      ["text/plain", `draft=${key}\r\nstory=they laugh at me`],
    ] as const) {
      const answered = await test.app.request("http://test.local/en/report/one", {
        method: "POST",
        body,
        headers: { "content-type": type, host: "test.local" },
      });
      const text = await answered.text();
      expect(answered.status, type).toBe(415);
      expect(text, type).toContain("they laugh at me");
      expect(text, type).not.toContain(key);
    }
  });
});
