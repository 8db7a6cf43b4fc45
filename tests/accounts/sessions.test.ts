import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COLLEAGUE, OPERATOR, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";

const HOUR = 3_600_000;
let test: TestApp;
let operator: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  operator = newVisitor(test);
  await signInAs(operator);
});
afterEach(() => test.close());

const isIn = async (visitor: Visitor) => (await visitor.get("/staff/account")).status === 200;
const sessions = () => test.database.raw("select * from session");
const personOf = async (email: string) =>
  (await test.database.raw(`select id from person where email = '${email}'`))[0]?.id;
const moveExpiry = (ms: number) => test.database.raw(`update session set expires_at = ${Date.now() + ms}`);

describe("a session", () => {
  it("ends after half an hour without a page, and its row goes", async () => {
    const [row] = await sessions();
    const left = Number(row?.expires_at) - Date.now();
    expect(left).toBeGreaterThan(29 * 60_000);
    expect(left).toBeLessThanOrEqual(30 * 60_000);
    await moveExpiry(-1);
    expect(await isIn(operator)).toBe(false);
    expect(await sessions()).toEqual([]);
  });

  it("goes on for half an hour from the last page", async () => {
    await moveExpiry(5 * 60_000);
    expect(await isIn(operator)).toBe(true);
    const [row] = await sessions();
    expect(Number(row?.expires_at) - Date.now()).toBeGreaterThan(29 * 60_000);
  });

  it("ends after twelve hours, however busy it was", async () => {
    test.pass(12 * HOUR - 1);
    expect(await isIn(operator)).toBe(true);
    test.pass(1);
    expect(await isIn(operator)).toBe(false);
    expect(await sessions()).toEqual([]);
  });

  it("is stored as a hash: a stolen row opens no session", async () => {
    const [row] = await sessions();
    const cookie = operator.cookies.get("s");
    const key = operator.cookies.get("k");
    expect(JSON.stringify(await sessions())).not.toContain(cookie);
    const thief = newVisitor(
      test,
      new Map([
        ["s", String(row?.id_hash)],
        ["k", key ?? ""],
      ]),
    );
    expect(await isIn(thief)).toBe(false);
    expect(
      await isIn(
        newVisitor(
          test,
          new Map([
            ["s", cookie ?? ""],
            ["k", key ?? ""],
          ]),
        ),
      ),
    ).toBe(true);
  });

  it("needs its own key: no key, a made-up one and a colleague's open nothing", async () => {
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    const id = operator.cookies.get("s") ?? "";
    for (const key of [undefined, "A".repeat(43), colleague.cookies.get("k") ?? ""]) {
      const cookies = new Map([["s", id], ...(key ? [["k", key] as const] : [])]);
      expect(await isIn(newVisitor(test, cookies)), key).toBe(false);
    }
    expect(await isIn(operator)).toBe(true);
  });

  it("a row rewritten to another person opens no case of that person", async () => {
    await sendShortReport(newVisitor(test));
    const [number] = numbersOn(await operator.get("/staff/cases"));
    const stranger = newVisitor(test);
    await signInAs(stranger, "stranger@other.test");
    const id = await personOf(OPERATOR);
    await test.database.raw(`update session set person_id = '${id}'`);
    const seen = await stranger.get(`/staff/cases/${number}`);
    expect(seen.status).toBe(500);
    expect(seen.text).not.toContain("they push me");
  });

  it("of a removed person ends at once", async () => {
    await test.database.raw(`update person set removed_at = 1 where email = '${OPERATOR}'`);
    expect(await isIn(operator)).toBe(false);
    await expect(signInAs(newVisitor(test))).rejects.toThrow("422");
  });
});

describe("signing out", () => {
  it("here ends this session alone", async () => {
    const phone = newVisitor(test);
    await signInAs(phone);
    const copy = newVisitor(test, new Map(operator.cookies));
    expect((await operator.post("/staff/session/end", {})).path).toBe("/staff");
    // What is left tells only that somebody has signed in with this browser before, and opens nothing.
    expect([...operator.cookies.keys()]).toEqual(["d"]);
    expect([await isIn(operator), await isIn(copy), await isIn(phone)]).toEqual([false, false, true]);
  });

  it("everywhere ends every session of this person and nobody else's", async () => {
    const phone = newVisitor(test);
    const colleague = newVisitor(test);
    await signInAs(phone);
    await signInAs(colleague, COLLEAGUE);
    await operator.post("/staff/sessions/end", {});
    expect([await isIn(operator), await isIn(phone), await isIn(colleague)]).toEqual([false, false, true]);
  });

  it("is recorded with where", async () => {
    await operator.post("/staff/session/end", {});
    await signInAs(operator);
    await operator.post("/staff/sessions/end", {});
    const rows = await test.database.raw(
      "select detail from audit_entry where action = 'account.signedOut' order by detail",
    );
    expect(rows.map(({ detail }) => detail)).toEqual(['{"where":"everywhere"}', '{"where":"here"}']);
  });
});

describe("leaving a staff page", () => {
  it("shows a neutral page on Back until somebody continues", async () => {
    await operator.get("/leave");
    for (const path of ["/staff", "/staff/cases", "/staff/account"]) {
      expect((await operator.get(path)).path, path).toMatch(/^\/[a-zA-Z-]+\/page$/);
    }
    const refused = await operator.post("/staff/session", { email: OPERATOR, password: "x" });
    expect([refused.status, refused.path]).toEqual([303, "/sr/page?done=0"]);
    expect((await operator.get(refused.path)).text).toContain("Ништа није послато");
    await operator.post("/sr/page", {});
    expect((await operator.post("/staff/session", { email: OPERATOR, password: "x" })).status).toBe(422);
  });
});

describe("the language of an account", () => {
  it("is followed by every staff page and stays for the next session", async () => {
    await sendShortReport(newVisitor(test));
    const [number] = numbersOn(await operator.get("/staff/cases"));
    const pages = ["/staff/cases", `/staff/cases/${number}`, "/staff/account"];
    for (const [language, tag, word] of [
      ["sr", "sr-Cyrl", "Пријаве"],
      ["sr-Latn", "sr-Latn", "Prijave"],
      ["en", "en", "Reports"],
    ]) {
      await operator.post("/staff/account/language", { language: language ?? "" });
      for (const path of pages) {
        const seen = await operator.get(path, { "accept-language": "en" });
        expect(seen.text, path).toContain(`<html lang="${tag}"`);
        expect(seen.text, path).toContain(word);
      }
    }
    await operator.post("/staff/account/language", { language: "sr" });
    await operator.post("/staff/session/end", {});
    expect((await signInAs(operator)).text).toContain('<html lang="sr-Cyrl"');
  });

  it("is switched on the page where somebody stands", async () => {
    const from = { referer: "http://test.local/staff/cases?status=closed" };
    expect((await operator.post("/staff/account/language", { language: "sr" }, from)).path).toBe(
      "/staff/cases?status=closed",
    );
    const elsewhere = { referer: "http://elsewhere.example/somewhere" };
    expect((await operator.post("/staff/account/language", { language: "en" }, elsewhere)).path).toBe("/staff/account");
  });

  it("stays as it was for a language that does not exist", async () => {
    await operator.post("/staff/account/language", { language: "xx" });
    expect((await operator.get("/staff/account")).text).toContain('<html lang="en"');
    await operator.post("/staff/account/language", { language: "sr" });
    const rows = await test.database.raw("select id from audit_entry where action = 'account.languageChanged'");
    expect(rows).toHaveLength(1);
  });
});
