import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#platform/db/database.ts";
import { StorageError } from "#platform/db/errors.ts";
import { createApp } from "../../src/app.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { unpaced } from "../support/journey.ts";

let test: TestApp;

beforeAll(async () => {
  test = await openTestApp(unpaced());
});
afterAll(() => test.close());

const titleOf = (text: string) => /<title>([^<]*)<\/title>/.exec(text)?.[1];

describe("the public pages", () => {
  it("lead from the bare address to the language of the browser", async () => {
    for (const [accepted, to] of [
      ["en-GB,en;q=0.9", "/en/"],
      ["hr-HR,hr", "/sr-Latn/"],
      ["sr-Latn-RS", "/sr-Latn/"],
      ["sr-RS,sr;q=0.9,en;q=0.1", "/sr/"],
      ["de", "/sr/"],
    ] as const) {
      expect((await newVisitor(test).get("/", { "accept-language": accepted })).path, accepted).toBe(to);
    }
  });

  it("stand in every language with the emergency numbers and a plain link to leave", async () => {
    for (const lang of ["sr", "sr-Latn", "en"]) {
      for (const path of ["/", "/help", "/privacy", "/about", "/page", "/report", "/track"]) {
        const { status, text } = await newVisitor(test).get(`/${lang}${path}`);
        expect([status, lang, path]).toEqual([200, lang, path]);
        for (const number of ["192", "194", "116111"]) expect(text).toContain(`href="tel:${number}"`);
        expect(text).toContain('<a class="leave" href="/leave"');
        for (const other of ["sr", "sr-Latn", "en"])
          if (other !== lang) expect(text).toContain(`href="/${other}${path}"`);
        expect(text).not.toMatch(/undefined|\[object Object\]|NaN/);
        expect(text).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
      }
    }
  });

  it("set no cookie before somebody begins", async () => {
    const visitor = newVisitor(test);
    for (const path of ["/", "/help", "/privacy", "/about", "/page", "/report", "/track"])
      await visitor.get(`/en${path}`);
    expect([...visitor.cookies]).toEqual([]);
  });

  it("show no hours that nobody has verified", async () => {
    const { text } = await newVisitor(test).get("/en/help");
    expect(test.country.contacts.every(({ verifiedOn }) => verifiedOn === null)).toBe(true);
    expect(text).not.toContain("Hours:");
    for (const { hours } of test.country.contacts) if (hours) expect(text).not.toContain(hours.en);
  });

  it("are read from the side that the data of the language say, and the staff's too", async () => {
    const languages = test.country.languages.map((each) => ({ ...each, dir: "rtl" as const }));
    const options = { baseUrl: undefined, recoveryRecipient: undefined, demo: false };
    const app = createApp(test.platform, { ...options, country: { ...test.country, languages } });
    for (const path of ["/en/", "/staff"]) {
      expect((await newVisitor({ app }).get(path)).text).toMatch(/^<!doctype html>\s<html lang="[^"]+" dir="rtl">/);
      expect((await newVisitor(test).get(path)).text).toMatch(/^<!doctype html>\s<html lang="[^"]+" dir="ltr">/);
    }
  });

  it("in a language that does not exist are not found", async () => {
    expect((await newVisitor(test).get("/xx/", { "accept-language": "en" })).status).toBe(404);
  });
});

describe("what is not here", () => {
  it("is said in the person's language with numbers to call and a way back", async () => {
    const { status, text } = await newVisitor(test).get("/sr-Latn/nowhere");
    expect(status).toBe(404);
    expect(text).toContain('<html lang="sr-Latn"');
    expect(text).toContain('href="tel:192"');
    expect(text).toContain('href="/sr-Latn/"');
  });

  it("has a title that tells nothing of the address", async () => {
    const { text } = await newVisitor(test).get("/en/violence-at-home");
    expect(titleOf(text)).toBe("This page is not here");
  });
});

describe("leaving", () => {
  it("answers at once with a light page elsewhere, also while the database is locked", async () => {
    const never: Database = {
      ...test.platform.db,
      write: () => new Promise(() => undefined),
      read: () => new Promise(() => undefined),
    };
    const { platform, country } = test;
    const app = createApp(
      { ...platform, db: never },
      { country, baseUrl: undefined, recoveryRecipient: undefined, demo: false },
    );
    const visitor = newVisitor(
      { app },
      new Map([
        ["r", "A".repeat(43)],
        ["t", "id.key"],
      ]),
    );
    const left = await visitor.get("/leave");
    expect([left.status, left.path]).toEqual([303, country.leaveTo]);
    expect([...visitor.cookies.keys()]).toEqual(["away"]);
  });

  it("hides the report and the tracking until somebody continues, and never the help", async () => {
    const visitor = newVisitor(test);
    const left = await visitor.get("/leave");
    expect(left.headers.getSetCookie().join()).toMatch(/away=1; Max-Age=600.*HttpOnly/);
    for (const path of ["/en/report", "/en/track", "/en/r/x/1"])
      expect((await visitor.get(path)).path, path).toBe("/en/page");
    expect((await visitor.get("/en/help")).status).toBe(200);
    const neutral = await visitor.get("/en/page");
    expect(titleOf(neutral.text)).toBe("Page");
    expect(neutral.text.replace(/<header.*<\/nav>|<p class="emergency.*?<\/p>|<footer.*/gs, "")).not.toMatch(
      /report|violence/i,
    );
    await visitor.post("/en/page", {});
    expect((await visitor.get("/en/report")).status).toBe(200);
  });
});

describe("the machine's own pages", () => {
  it("say that the process lives and that the store takes a write", async () => {
    const visitor = newVisitor(test);
    expect([(await visitor.get("/healthz")).text, (await visitor.get("/readyz")).text]).toEqual(["ok", "ok"]);
  });

  it("say 503 while the store takes none, and live on", async () => {
    const locked: Database = {
      ...test.platform.db,
      write: () => Promise.reject(new StorageError("busy", "SQLITE_BUSY")),
    };
    const { platform, country } = test;
    const app = createApp(
      { ...platform, db: locked },
      { country, baseUrl: undefined, recoveryRecipient: undefined, demo: false },
    );
    const visitor = newVisitor({ app });
    expect((await visitor.get("/readyz")).status).toBe(503);
    expect((await visitor.get("/healthz")).status).toBe(200);
  });
});

describe("an error of ours", () => {
  it("tells the person to send again, and tells the log no word that was typed", async () => {
    const said: string[] = [];
    const log = {
      info: (...facts: unknown[]) => void said.push(JSON.stringify(facts)),
      warn: (...facts: unknown[]) => void said.push(JSON.stringify(facts)),
      error: (...facts: unknown[]) => void said.push(JSON.stringify(facts)),
    };
    const broken: Database = {
      ...test.platform.db,
      read: () => Promise.reject(new Error("insert into t values ('the child says')")),
    };
    const { platform, country } = test;
    const app = createApp(
      { ...platform, db: broken, log },
      { country, baseUrl: undefined, recoveryRecipient: undefined, demo: false },
    );
    const seen = await newVisitor({ app }, new Map([["r", "A".repeat(43)]])).post("/en/r/someDraft/4", {
      story: "a long story of mine",
    });
    expect(seen.status).toBe(500);
    expect(seen.text).toContain("Send it again");
    expect(seen.text).toContain("a long story of mine");
    expect(seen.text).toContain('href="tel:192"');
    expect(seen.text).not.toMatch(/insert into|the child says|\.ts:|node_modules/);
    const [, id = ""] = /give this number: ([\w-]+)/.exec(seen.text) ?? [];
    expect(said.join()).toContain(id);
    expect(said.join()).not.toMatch(/a long story|the child says|someDraft|test\.local/);
  });
});
