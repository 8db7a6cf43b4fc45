import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { encode, newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { readyToSend, unpaced } from "../support/journey.ts";

const HOST = "http://test.local";
let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  visitor = newVisitor(test);
});
afterEach(() => test.close());

const countOf = async (table: string) => Number((await test.database.raw(`select count(*) as n from ${table}`))[0]?.n);

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
    const at = await readyToSend(visitor);
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

  it("whose address holds a NUL is answered as one that does not exist, on both engines", async () => {
    for (const path of ["/en/find/%00", "/en/report?voice=%00", "/staff/institutions?words=a%00b"])
      expect((await visitor.get(path)).status, path).toBe(404);
  });

  it("that is short is kept as well when it comes from another site", async () => {
    const at = await readyToSend(visitor);
    const seen = await raw(`${at}/4`, encode({ ...STORY, story: "help me" }), { "sec-fetch-site": "cross-site" });
    expect(seen.text).toContain("help me");
  });

  it("that is oversized is refused, the beginning is kept", async () => {
    const at = await readyToSend(visitor);
    const seen = await raw(`${at}/4`, encode({ ...STORY, story: `It began ${"long ".repeat(150_000)}` }));
    expect(seen.status).toBe(413);
    expect(seen.text).toContain("This is too long to send at once");
    expect(seen.text).toContain("It began long long");
    const many = await raw(`${at}/4`, Array.from({ length: 500 }, (_, n) => `f${n}=some words of a text`).join("&"));
    expect(many.status).toBe(413);
    expect(await stored(at)).toContain("they push me in the corridor");
  });

  it("of another type is refused, the text is kept", async () => {
    const at = await readyToSend(visitor);
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
    expect(await stored(at)).toContain("they push me in the corridor");
  });

  it("of another type never brings a password or a code back", async () => {
    const secret = "1234 5678 9012 3456";
    for (const [path, body] of [
      ["/staff/session", `email=a@b.test\r\npassword=${secret}`],
      ["/staff/session", secret],
      ["/en/track", `code=${secret}`],
      ["/en/track", secret],
      ["/en/nowhere/at/all", `{"recoveryCode" : "${secret}"}`],
      ["/en/track/messages", `--x\r\ncontent-disposition: form-data; name="new-password"\r\n\r\n${secret}\r\n--x--`],
    ] as const) {
      for (const headers of [{}, { "sec-fetch-site": "cross-site" }]) {
        if (body === secret && "sec-fetch-site" in headers) continue;
        const seen = await raw(path, body, { "content-type": "text/plain", ...headers });
        expect(seen.status, path).toBeGreaterThan(400);
        expect(seen.text, `${path} ${body}`).not.toContain(secret);
      }
    }
    const story = await raw("/en/track/messages", "words=they know the password of my phone", {
      "content-type": "text/plain",
    });
    expect(story.text).toContain("they know the password of my phone");
  });

  it("that is no UTF-8 is refused, what can be read is kept", async () => {
    const at = await readyToSend(visitor);
    for (const bad of ["%ff%fe", "%c3", "%ed%a0%80", "%f5%80%80%80"]) {
      const seen = await raw(`${at}/4`, `forms=social&truthful=yes&story=they+laugh+at+me+${bad}`);
      expect(seen.status, bad).toBe(400);
      expect(seen.text).toContain("they laugh at me");
      expect(seen.text).toContain("Some letters arrived damaged.");
    }
    expect(await stored(at)).toContain("they push me in the corridor");
  });

  it("with an unknown option, a missing answer or too long a text comes back as typed, with what is wrong", async () => {
    const at = await readyToSend(visitor);
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
    expect(await stored(at)).toContain("they push me in the corridor");
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
    const at = await readyToSend(visitor);
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
