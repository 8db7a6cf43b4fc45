import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isPostgres } from "#platform/db/columns.ts";
import type { Database } from "#platform/db/database.ts";
import { openTestApp, type TestApp } from "./support/app.ts";
import { newVisitor, type Seen, type Visitor } from "./support/browser.ts";
import { openTestDatabase } from "./support/database.ts";
import {
  codeOn,
  fillReport,
  hiddenIn,
  numbersOn,
  readyToSend,
  sendShortReport,
  signInAs,
  unpaced,
} from "./support/journey.ts";

let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  visitor = newVisitor(test);
});
afterEach(() => test.close());

const countOf = async (table: string) => Number((await test.database.raw(`select count(*) as n from ${table}`))[0]?.n);

/** The form that a page offers to try again, as a browser would send it. */
function retryOf({ text }: Seen): { path: string; form: Record<string, string> } {
  const [, path = "", body = ""] = /<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/s.exec(text) ?? [];
  const form: Record<string, string> = {};
  const plain = (html: string) =>
    html
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/&amp;/g, "&");
  for (const [, name = "", value = ""] of body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
    form[name] = plain(value);
  return { path, form };
}

function expectNotTaken(seen: Seen): void {
  expect(seen.status).toBe(503);
  expect(seen.text).toContain("We did NOT take this");
  for (const number of ["192", "194", "116111"]) expect(seen.text).toContain(`href="tel:${number}"`);
  expect(codeOn(seen)).toBeUndefined();
}

/** How many are sent, and how many of them are opened again: each takes its time, and one goes as the other does. */
const [SENT, OPENED] = process.env.FULL ? [200, 200] : [60, 20];

describe(`${SENT} reports, eight at a time`, () => {
  it("are as many cases with as many codes, each opening its own report", async () => {
    const waiting = Array.from({ length: SENT }, (_, at) => at);
    const codes = new Map<string, number>();
    const worker = async () => {
      for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
        const someone = newVisitor(test);
        const { code } = await sendShortReport(someone, {
          "4": { forms: ["social"], story: `story ${at}.`, truthful: "yes" },
        });
        codes.set(code, at);
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    expect(codes.size).toBe(SENT);
    for (const [table, rows] of [
      ["case_file", SENT],
      ["entry", SENT],
      ["holder", 3 * SENT],
    ] as const)
      expect(await countOf(table)).toBe(rows);
    const [told] = await test.database.raw(
      "select count(distinct number) as n, count(distinct submission) as s from case_file",
    );
    expect([Number(told?.n), Number(told?.s)]).toEqual([SENT, SENT]);
    const operator = newVisitor(test);
    const numbers = numbersOn(await signInAs(operator)).slice(0, 10);
    const storyOf = async (number: string) => {
      const { text } = await operator.get(`/staff/cases/${number}`);
      return { text, story: Number(/story (\d+)\./.exec(text)?.[1]) };
    };
    const read = new Set((await Promise.all(numbers.map(storyOf))).map(({ story }) => story));
    expect(read.size).toBe(10);
    // What the desk has on its first page comes first, since its answers are looked for there.
    const chosen = [...codes].sort(([, one], [, other]) => Number(read.has(other)) - Number(read.has(one)));
    const opened = await Promise.all(
      chosen.slice(0, OPENED).map(async ([code, at]) => {
        const someone = newVisitor(test);
        if ((await someone.post("/en/track", { code })).status !== 303) return `${at} does not open`;
        await someone.post("/en/track/messages", { words: `I am ${at}.` });
        return undefined;
      }),
    );
    expect(opened.filter(Boolean)).toEqual([]);
    for (const number of numbers) {
      const { text, story } = await storyOf(number);
      expect(text).toContain(`I am ${story}.`);
    }
  }, 240_000);
});

describe("an answer that is lost on the way", () => {
  it("sending again and reloading show the same code, and one report exists", async () => {
    const at = await readyToSend(visitor);
    await visitor.post(`${at}/10`, { go: "send" });
    const codes = [
      codeOn(await visitor.send(`${at}/10`, { go: "send" })),
      codeOn(await visitor.get(`${at}/done`)),
      codeOn(await visitor.send(`${at}/6`, { go: "send" })),
      codeOn(await visitor.get(`${at}/done`)),
    ];
    expect(codes[0]).toMatch(/^\d{16}$/);
    expect(new Set(codes).size).toBe(1);
    expect(await countOf("case_file")).toBe(1);
    expect((await newVisitor(test).post("/en/track", { code: codes[0] ?? "" })).status).toBe(303);
  });

  it("pages of a draft that was sent make no second report and change nothing", async () => {
    const { code, paths } = await fillReport(visitor);
    const at = (paths[1] ?? "").slice(0, -2);
    for (const page of ["4", "5", "9", "10"]) {
      const again = await visitor.post(`${at}/${page}`, {
        story: "another story altogether",
        forms: ["sexual"],
        truthful: "yes",
        territory: "rs-zemun",
        go: "send",
      });
      expect([303, 409], page).toContain(again.status);
      if (again.status === 409 && page === "4") expect(again.text).toContain("another story altogether");
    }
    expect(await countOf("case_file")).toBe(1);
    expect(await countOf("entry")).toBe(1);
    expect(codeOn(await visitor.get(`${at}/done`))).toBe(code);
  });
});

describe("a locked database", () => {
  /** Holds the whole store as a backup or a careless tool would, until let go. */
  async function lock(): Promise<() => Promise<void>> {
    if (test.platform.db.engine === "sqlite") {
      const { default: Sqlite } = await import("better-sqlite3");
      const other = new Sqlite(test.database.place.file);
      other.exec("begin immediate");
      return async () => {
        other.close();
      };
    }
    const { default: pg } = await import("pg");
    const other = new pg.Client({ connectionString: test.database.place.url });
    await other.connect();
    await other.query("begin");
    await other.query("lock table draft, case_file in exclusive mode");
    return async () => {
      await other.query("rollback");
      await other.end();
    };
  }

  it("says within seconds that nothing was taken, gives the text back, and the retry works later", async () => {
    const at = await readyToSend(visitor);
    const letGo = await lock();
    const form = { when: "since <Tuesday> & after", frequency: "weekly", go: "send" };
    const refused = await Promise.race([visitor.post(`${at}/6`, form), pause(12_000)]);
    await letGo();
    if (!refused) throw new Error("nobody was answered within twelve seconds");
    expectNotTaken(refused);
    expect(refused.text).toContain("since &lt;Tuesday&gt; &amp; after</textarea>");
    expect(await countOf("case_file")).toBe(0);
    const retry = retryOf(refused);
    expect(retry).toEqual({ path: `${at}/6`, form });
    expect(codeOn(await visitor.send(retry.path, retry.form))).toMatch(/^\d{16}$/);
    expect(await countOf("case_file")).toBe(1);
  });

  it("for a moment only makes nobody wait twice", async () => {
    const at = await readyToSend(visitor);
    const letGo = await lock();
    const sending = visitor.send(`${at}/10`, { go: "send" });
    setTimeout(() => void letGo(), 300);
    expect(codeOn(await sending)).toMatch(/^\d{16}$/);
  });
});

describe("a full disk", () => {
  const FULL = Object.assign(new Error("database or disk is full"), { name: "SqliteError", code: "SQLITE_FULL" });

  /** A store that does all the work of a write and then finds no room to commit it, as a full disk does. */
  function fillable(db: Database) {
    const state = { full: false, drafts: false };
    const full: Database = {
      ...db,
      write: (work, options) =>
        db.write(async (tx) => {
          const result = await work(tx);
          if (state.full && (state.drafts || options?.durable !== false)) throw FULL;
          return result;
        }, options),
    };
    return { full, state };
  }

  for (const drafts of [false, true]) {
    it(`says that nothing was taken ${drafts ? "when not even a draft fits" : "when only drafts fit"}, and shows no code`, async () => {
      const database = await openTestDatabase();
      const { full, state } = fillable(database.db);
      const filled = await openTestApp(unpaced({ db: full }));
      const someone = newVisitor(filled);
      const at = await readyToSend(someone);
      Object.assign(state, { full: true, drafts });
      const refused = await someone.post(`${at}/9`, { reaction: "they say I exaggerate", go: "send" });
      expectNotTaken(refused);
      expect(refused.text).toContain("they say I exaggerate");
      expect(codeOn(await someone.get(`${at}/done`))).toBeUndefined();
      expect(await database.raw("select id from case_file")).toEqual([]);
      expectNotTaken(await someone.post(`${at}/10`, { go: "send" }));
      state.full = false;
      const retry = retryOf(refused);
      const sent = await someone.send(retry.path, retry.form);
      expect(codeOn(sent)).toMatch(/^\d{16}$/);
      expect(await database.raw("select id from case_file")).toHaveLength(1);
      await filled.close();
      await database.close();
    });
  }

  it("when words are added to a report gives them back, and the retry adds them once", async () => {
    const database = await openTestDatabase();
    const { full, state } = fillable(database.db);
    const filled = await openTestApp(unpaced({ db: full }));
    const someone = newVisitor(filled);
    const { code } = await sendShortReport(someone);
    await someone.post("/en/track", { code });
    state.full = true;
    const refused = await someone.post("/en/track/messages", {
      words: "he waits at the bus stop",
      once: "A".repeat(22),
    });
    expectNotTaken(refused);
    expect(refused.text).toContain("he waits at the bus stop");
    expectNotTaken(await someone.post("/en/track/safety", {}));
    state.full = false;
    const retry = retryOf(refused);
    await someone.post(retry.path, retry.form);
    await someone.post(retry.path, retry.form);
    expect((await someone.get("/en/track")).text.split("he waits at the bus stop")).toHaveLength(2);
    await filled.close();
    await database.close();
  });

  it.skipIf(isPostgres)(
    "met by SQLite itself says that nothing was taken, and the retry works once there is room",
    async () => {
      const at = await readyToSend(visitor);
      const seen = hiddenIn(await visitor.get(`${at}/4`), "seen");
      await setMostPages(1);
      const story = "the <last> words ".repeat(500);
      const refused = await visitor.post(`${at}/4`, { forms: ["physical"], truthful: "yes", story, seen, go: "send" });
      expectNotTaken(refused);
      expect(refused.text).toContain("the &lt;last&gt; words");
      expect(await countOf("case_file")).toBe(0);
      await setMostPages(1_000_000);
      const retry = retryOf(refused);
      expect(codeOn(await visitor.send(retry.path, retry.form))).toMatch(/^\d{16}$/);
      expect(await countOf("case_file")).toBe(1);
    },
  );

  /** Lets the file of the database grow no further, on the very connection that writes; 1 means its present size. */
  async function setMostPages(pages: number): Promise<void> {
    await test.platform.db.write(async (tx) => {
      (tx as unknown as BetterSQLite3Database).run(sql.raw(`pragma max_page_count = ${pages}`));
    });
  }
});
