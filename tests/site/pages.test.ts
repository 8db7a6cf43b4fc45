import { brotliCompressSync, constants } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StorageError } from "#platform/db/errors.ts";
import { createApp } from "../../src/app.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen } from "../support/browser.ts";
import { unpaced } from "../support/journey.ts";

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp(unpaced());
});
afterAll(() => test.close());

const LANGUAGES = ["sr", "sr-Latn", "en"];
const PAGES = ["/", "/learn", "/help", "/about", "/privacy", "/accessibility", "/computer", "/report/one"];
const options = () => ({ country: test.country, baseUrl: undefined, recoveryRecipient: undefined, demo: false });
const bytes = ({ text }: Seen) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
const sentences = (text: string) => text.split(/[.!?](?:\s|$)/).filter((each) => each.trim() !== "");

describe("each page of the site", () => {
  it("stands in every language, has one heading, sets no cookie and is light", async () => {
    for (const lang of LANGUAGES) {
      for (const path of PAGES) {
        const seen = await newVisitor(test).get(`/${lang}${path}`);
        expect([path, seen.status]).toEqual([path, 200]);
        expect(seen.text.match(/<h1/g), path).toHaveLength(1);
        expect(seen.headers.getSetCookie(), path).toEqual([]);
        expect(bytes(seen), path).toBeLessThan(14_000);
        expect(seen.text).not.toMatch(/undefined|\[object Object\]|NaN/);
      }
    }
  });

  it("leads to what is kept, who runs it, how it is reached by all, and the shared computer", async () => {
    const { text } = await newVisitor(test).get("/en/learn");
    const footer = text.slice(text.indexOf("<footer"));
    for (const path of ["/privacy", "/about", "/accessibility", "/computer"])
      expect(footer).toContain(`href="/en${path}"`);
  });
});

describe("home", () => {
  it("says three sentences, opens three doors, and leads back to a report", async () => {
    const { text } = await newVisitor(test).get("/en/");
    const lead = /<p class="lead">([^<]*)</.exec(text)?.[1] ?? "";
    expect(sentences(lead)).toHaveLength(3);
    const doors = [...text.matchAll(/<a class="door \w+" href="([^"]+)"><h2>([^<]+)/g)].map(([, path, words]) => [
      path,
      words,
    ]);
    expect(doors).toEqual([
      ["/en/help", "I need help now"],
      ["/en/report", "I want to report"],
      ["/en/learn", "I want to learn"],
    ]);
    expect(text).toContain('href="/en/track">Follow a report');
    const main = text.slice(text.indexOf("<main"));
    for (const number of ["192", "194", "116111"]) expect(main).toContain(`href="tel:${number}"`);
  });
});

describe("help", () => {
  it("is at most three kilobytes, is never hidden, and calls every number", async () => {
    for (const lang of LANGUAGES) {
      const visitor = newVisitor(test);
      await visitor.get("/leave");
      const seen = await visitor.get(`/${lang}/help`);
      expect(seen.status).toBe(200);
      expect(bytes(seen)).toBeLessThanOrEqual(3072);
      for (const { number } of test.country.contacts) expect(seen.text).toContain(`href="tel:${number}"`);
    }
  });

  it("tells hours and cost only of a number that a person has rung", async () => {
    const { text: guessed } = await newVisitor(test).get("/en/help");
    expect(guessed).not.toMatch(/Hours:|Cost:|Checked on|[Ff]ree call/);
    expect(guessed).toContain("Nobody has checked");
    const contacts = test.country.contacts.map((contact) => ({ ...contact, verifiedOn: "2026-11-20" }));
    const app = createApp(test.platform, { ...options(), country: { ...test.country, contacts } });
    const { text: checked } = await newVisitor({ app }).get("/en/help");
    expect(checked).toContain("<b>Hours:</b> Every day, around the clock");
    expect(checked).toContain("<b>Cost:</b> Free call");
    expect(checked).toContain("Checked on Friday");
    expect(checked).not.toContain("Nobody has checked");
  });
});

describe("the page about violence", () => {
  it("names its kinds, says whose fault it is not, what to do and whom to tell, and has a part for adults", async () => {
    const { text } = await newVisitor(test).get("/en/learn");
    for (const heading of ["Hitting", "Insults and threats", "Leaving out", "online", "Touching", "Nobody takes care"])
      expect(text).toMatch(new RegExp(`<dt>[^<]*${heading}`));
    for (const heading of ["It is not your fault", "What you can do", "Whom you can tell", "For adults"])
      expect(text).toContain(`<h2>${heading}</h2>`);
    expect(text).toContain('id="adults"');
    expect(text).toContain("call 192");
    expect(text).toMatch(/href="\/en\/report">I want to report[\s\S]*href="\/en\/help"/);
  });
});

describe("the accessibility statement", () => {
  it("names its standards, limits, tests and day, and asks the operator for an address", async () => {
    const { text } = await newVisitor(test).get("/en/accessibility");
    for (const words of [
      "WCAG 2.2",
      "EN 301 549",
      "partly conformant",
      "axe-core",
      "22 November 2026",
      "To be filled in",
    ])
      expect(text).toContain(words);
  });

  it("gives the operator's address once there is one", async () => {
    const app = createApp(test.platform, { ...options(), contactEmail: "access@service.example" });
    const { text } = await newVisitor({ app }).get("/en/accessibility");
    expect(text).toContain("Write to access@service.example");
    expect(text).not.toContain("To be filled in");
  });
});

describe("the parts of the design system", () => {
  const PARTS =
    'class="emergency" class="languages" class="door class="button" class="button class="error-summary" class="hint" ' +
    'class="error" <textarea <select type="radio" type="checkbox" class="card" class="notice" class="notice class="timeline" ' +
    'class="late" class="cards" class="tag class="pager" <progress class="number" class="messages" class="code" class="empty" ' +
    'class="waiting" class="leave"';

  it("stand on one page of the demonstration, in every language", async () => {
    const app = createApp(test.platform, { ...options(), demo: true });
    for (const lang of LANGUAGES) {
      const { status, text } = await newVisitor({ app }).get(`/${lang}/design`);
      expect(status).toBe(200);
      for (const part of PARTS.match(/(?:class="[\w-]+"?|type="\w+"|<\w+)(?= |$)/g) ?? []) expect(text).toContain(part);
    }
  });

  it("do not exist anywhere else", async () => {
    const { status, text } = await newVisitor(test).get("/en/design");
    expect(status).toBe(404);
    expect(text).not.toContain("Every part");
  });
});

describe("an error page", () => {
  const FORM = { "content-type": "application/x-www-form-urlencoded" };
  const send = (path: string, headers: Record<string, string>, body = "story=my+own+words") =>
    test.app.request(`http://test.local${path}`, {
      method: "POST",
      body,
      headers: { host: "test.local", origin: "http://test.local", ...FORM, ...headers },
    });

  async function failing(): Promise<Response> {
    const db = { ...test.platform.db, read: () => Promise.reject(new StorageError("busy", "X")) };
    return createApp({ ...test.platform, db }, options()).request("http://test.local/en/report");
  }

  it.each([
    [404, () => test.app.request("http://test.local/en/nowhere")],
    [403, () => send("/en/track", { origin: "https://evil.example" })],
    [415, () => send("/en/track", { "content-type": "text/plain" })],
    [413, () => send("/en/track", {}, "x=1&".repeat(500))],
    [400, () => send("/en/track", {}, "story=%ff%fe")],
    [503, failing],
    [
      500,
      () => createApp({ ...test.platform, db: undefined as never }, options()).request("http://test.local/en/report"),
    ],
  ] as const)("%i says what happened, keeps the words, and leads on", async (status, ask) => {
    const answer = await ask();
    const text = await answer.text();
    expect(answer.status).toBe(status);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    for (const path of ["/", "/report", "/track", "/help"]) expect(text).toContain(`<li><a href="/en${path}"`);
    expect(text).toContain('href="tel:192"');
    expect(text).toContain(status >= 500 ? 'class="notice red"' : 'class="notice sun"');
    if (status === 403) expect(text).toContain("my own words");
  });

  it("of too many tries leads on as well", async () => {
    const visitor = newVisitor(test);
    const attempt = () => visitor.post("/staff/session", { email: "someone@test.example", password: "wrong password" });
    let seen = await attempt();
    for (let tries = 0; tries < 12 && seen.status !== 429; tries++) seen = await attempt();
    expect(seen.status).toBe(429);
    expect(seen.text).toContain('<li><a href="/staff"');
    expect(seen.text).not.toContain("wrong password");
  });
});
