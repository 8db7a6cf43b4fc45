import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#platform/db/database.ts";
import { openTestApp, type TestApp } from "./support/app.ts";
import { encode, newVisitor, type Seen, type Visitor } from "./support/browser.ts";
import { openTestDatabase } from "./support/database.ts";
import { codeOn, fillReport, numbersOn, sendShortReport, signInAs, unpaced } from "./support/journey.ts";

const HOST = "http://test.local";
let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  visitor = newVisitor(test);
});
afterEach(() => test.close());

const countOf = async (table: string) => Number((await test.database.raw(`select count(*) as n from ${table}`))[0]?.n);

/** Gives every mandatory answer and returns the address of the draft. */
async function readyToSend(someone = visitor): Promise<string> {
  const { path } = await someone.post("/en/report", {});
  const at = path.slice(0, -2);
  for (const [page, form] of [
    ["1", { danger: "no" }],
    ["2", { role: "victim_child" }],
    ["3", { identity: "anonymous" }],
    ["4", { forms: ["social"], story: "nobody talks to me", truthful: "yes" }],
    ["5", { environment: "family", territory: "rs-zemun" }],
  ] as const) {
    expect((await someone.post(`${at}/${page}`, form)).status).toBe(303);
  }
  return at;
}

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

describe("200 reports, eight at a time", () => {
  it("are 200 cases with 200 codes, each opening its own report", async () => {
    const waiting = Array.from({ length: 200 }, (_, at) => at);
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
    expect(codes.size).toBe(200);
    for (const [table, rows] of [
      ["case_file", 200],
      ["entry", 200],
      ["holder", 600],
    ] as const)
      expect(await countOf(table)).toBe(rows);
    const [numbers] = await test.database.raw(
      "select count(distinct number) as n, count(distinct submission) as s from case_file",
    );
    expect([Number(numbers?.n), Number(numbers?.s)]).toEqual([200, 200]);
    const opened = await Promise.all(
      [...codes].map(async ([code, at]) => {
        const someone = newVisitor(test);
        if ((await someone.post("/en/track", { code })).status !== 303) return `${at} does not open`;
        await someone.post("/en/track/messages", { words: `I am ${at}.` });
        return undefined;
      }),
    );
    expect(opened.filter(Boolean)).toEqual([]);
    const operator = newVisitor(test);
    const inbox = await signInAs(operator);
    for (const number of numbersOn(inbox).slice(0, 10)) {
      const { text } = await operator.get(`/staff/cases/${number}`);
      const [, story] = /story (\d+)\./.exec(text) ?? [];
      expect(text).toContain(`I am ${story}.`);
    }
  }, 90_000);
});

describe("an answer that is lost on the way", () => {
  it("sending again and reloading show the same code, and one report exists", async () => {
    const at = await readyToSend();
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
    const at = await readyToSend();
    const letGo = await lock();
    const begun = performance.now();
    const form = { when: "since <Tuesday> & after", frequency: "weekly", go: "send" };
    const refused = await visitor.post(`${at}/6`, form);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expectNotTaken(refused);
    expect(refused.text).toContain("since &lt;Tuesday&gt; &amp; after</textarea>");
    await letGo();
    expect(await countOf("case_file")).toBe(0);
    const retry = retryOf(refused);
    expect(retry).toEqual({ path: `${at}/6`, form });
    expect(codeOn(await visitor.send(retry.path, retry.form))).toMatch(/^\d{16}$/);
    expect(await countOf("case_file")).toBe(1);
  });

  it("for a moment only makes nobody wait twice", async () => {
    const at = await readyToSend();
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
});

describe("bad input", () => {
  /** Sends a body as it is, with this visitor's cookies. */
  async function raw(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Seen> {
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await test.app.request(HOST + path, {
      method: "POST",
      body,
      headers: {
        host: "test.local",
        cookie,
        origin: HOST,
        "sec-fetch-site": "same-origin",
        "content-type": "application/x-www-form-urlencoded",
        ...headers,
      },
    });
    return { status: response.status, text: await response.text(), path, headers: response.headers };
  }

  const STORY = { forms: "social", story: "they laugh at me", truthful: "yes" };
  const stored = async (at: string) => (await visitor.get(`${at}/4`)).text;

  it("from another site is refused, the text is kept and nothing is stored", async () => {
    const at = await readyToSend();
    for (const headers of [
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: HOST, "sec-fetch-site": "cross-site" },
      { origin: "http://sub.test.local", "sec-fetch-site": "same-site" },
      { origin: "null", "sec-fetch-site": "same-origin" },
      { origin: "http://test.local:81", "sec-fetch-site": "same-origin" },
    ]) {
      const seen = await raw(`${at}/4`, encode({ ...STORY, go: "send" }), headers);
      expect(seen.status, JSON.stringify(headers)).toBe(403);
      expect(seen.text).toContain("they laugh at me");
      expect(seen.text).not.toContain("<form method");
    }
    expect(await stored(at)).not.toContain("they laugh at me");
    expect(await countOf("case_file")).toBe(0);
  });

  it("that is short is kept as well when it comes from another site", async () => {
    const at = await readyToSend();
    const seen = await raw(`${at}/4`, encode({ ...STORY, story: "help me" }), { "sec-fetch-site": "cross-site" });
    expect(seen.text).toContain("help me");
  });

  it("that is oversized is refused, the beginning is kept", async () => {
    const at = await readyToSend();
    const seen = await raw(`${at}/4`, encode({ ...STORY, story: `It began ${"long ".repeat(150_000)}` }));
    expect(seen.status).toBe(413);
    expect(seen.text).toContain("This is too long to send at once");
    expect(seen.text).toContain("It began long long");
    const many = await raw(`${at}/4`, Array.from({ length: 500 }, (_, n) => `f${n}=some words of a text`).join("&"));
    expect(many.status).toBe(413);
    expect(await stored(at)).toContain("nobody talks to me");
  });

  it("of another type is refused, the text is kept", async () => {
    const at = await readyToSend();
    const files = `--x\r\ncontent-disposition: form-data; name="story"\r\n\r\nthey laugh at me\r\n--x--\r\n`;
    for (const [type, body] of [
      ["multipart/form-data; boundary=x", files],
      ["application/json", '{"story":"they laugh at me"}'],
      ["text/plain", "story=they laugh at me"],
      ["", "story=they laugh at me"],
    ] as const) {
      const seen = await raw(`${at}/4`, body, { "content-type": type });
      expect(seen.status, type).toBe(415);
      expect(seen.text, type).toContain("they laugh at me");
    }
    expect(await stored(at)).toContain("nobody talks to me");
  });

  it("that is no UTF-8 is refused, what can be read is kept", async () => {
    const at = await readyToSend();
    for (const bad of ["%ff%fe", "%c3", "%ed%a0%80", "%f5%80%80%80"]) {
      const seen = await raw(`${at}/4`, `forms=social&truthful=yes&story=they+laugh+at+me+${bad}`);
      expect(seen.status, bad).toBe(400);
      expect(seen.text).toContain("they laugh at me");
      expect(seen.text).toContain("Some letters arrived damaged.");
    }
    expect(await stored(at)).toContain("nobody talks to me");
  });

  it("with an unknown option, a missing answer or too long a text comes back as typed, with what is wrong", async () => {
    const at = await readyToSend();
    for (const [page, form, said] of [
      ["1", { danger: "perhaps" }, "Choose one of the answers offered"],
      ["1", {}, 'href="#danger"'],
      ["2", { role: "constructor" }, 'href="#role"'],
      ["4", { forms: ["social", "nonsense"], story: "typed just now", truthful: "yes" }, 'href="#forms"'],
      ["4", { story: "typed just now" }, 'href="#truthful"'],
      [
        "4",
        { forms: ["social"], story: `typed just now${"x".repeat(10_000)}`, truthful: "yes" },
        "longer than 10,000 characters",
      ],
      ["5", { environment: "family", territory: "rs-nowhere" }, 'href="#territory"'],
      ["6", { when: `typed just now ${"x".repeat(200)}` }, "longer than 200 characters"],
    ] as const) {
      const seen = await visitor.post(`${at}/${page}`, form as Record<string, string>);
      expect(seen.status, `${page} ${JSON.stringify(form).slice(0, 60)}`).toBe(422);
      expect(seen.text).toContain(said);
      expect(seen.text).toMatch(/<title>Error: Step \d+ of 10<\/title>/);
      if (JSON.stringify(form).includes("typed just now")) expect(seen.text).toContain("typed just now");
    }
    expect(await stored(at)).toContain("nobody talks to me");
  });

  it("said in the person's language", async () => {
    const { path } = await visitor.post("/sr/report", {});
    const seen = await visitor.post(path, { danger: "perhaps" });
    expect(seen.text).toContain('<html lang="sr-Cyrl"');
    expect(seen.text).toContain("Грешка:");
    const other = await visitor.post(path, { danger: "yes" }, { "sec-fetch-site": "cross-site" });
    expect(other.text).toContain('<html lang="sr-Cyrl"');
  });

  it("of every strange kind is answered below 500 and stores nothing", async () => {
    const at = await readyToSend();
    const before = await countOf("draft");
    for (const body of [
      "",
      "&&&",
      "=",
      "%",
      "story",
      "a=%zz",
      "story=%00%00",
      "__proto__=x&constructor=y",
      "go=skip&go=send",
      "danger=yes&danger=no",
      "x".repeat(1000),
    ]) {
      for (const path of [
        `${at}/1`,
        `${at}/5/school`,
        `${at}/99`,
        "/en/track",
        "/en/track/messages",
        "/staff/session",
        "/en/report/x",
      ]) {
        const seen = await raw(path, body);
        expect(seen.status, `${path} ${body.slice(0, 30)}`).toBeLessThan(500);
      }
    }
    expect(await countOf("draft")).toBe(before);
    expect(await countOf("case_file")).toBe(0);
  });
});
