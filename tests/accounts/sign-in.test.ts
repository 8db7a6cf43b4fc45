import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lane } from "#platform/crypto/lane.ts";
import { newLanes } from "#platform/platform.ts";
import { COLLEAGUE, OPERATOR, openTestApp, PASSWORD, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";

const MINUTE = 60_000;
const ENGLISH = { "accept-language": "en" };
const STATIC = new URL("../../static/", import.meta.url);
let test: TestApp;

/** How often a password or a recovery code was stretched, which is nearly all the work of signing in. */
let stretched = 0;

beforeAll(async () => {
  const { platform } = unpaced();
  const lanes = { ...newLanes(), ...platform.lanes };
  const { run } = lanes.signIn;
  const counting: Lane = {
    run: (work) => {
      stretched++;
      return run(work);
    },
  };
  test = await openTestApp(unpaced({ lanes: { ...lanes, signIn: counting } }));
});
afterAll(() => test.close());

describe("signing in", () => {
  it("opens the person's sealed identity, and with it what the desk holds", async () => {
    await sendShortReport(newVisitor(test), {
      "4": { forms: ["social"], story: "words for the desk", truthful: "yes" },
    });
    const operator = newVisitor(test);
    const inbox = await signInAs(operator);
    expect(inbox.text).toContain('<html lang="en"');
    expect((await operator.get(`/staff/cases/${numbersOn(inbox)[0]}`)).text).toContain("words for the desk");
  });

  it("ends the session this browser held before, and records whose it was", async () => {
    const someone = newVisitor(test);
    await signInAs(someone);
    const copied = newVisitor(test, new Map(someone.cookies));
    expect((await copied.get("/staff/account")).status).toBe(200);
    await signInAs(someone, COLLEAGUE);
    expect((await copied.get("/staff/account")).path).toBe("/staff");
    expect((await someone.get("/staff/account")).text).toContain(COLLEAGUE);
    const rows = await test.database.raw(
      "select email from audit_entry join person on person.id = actor_id where action = 'account.signedOut' and detail like '%replaced%'",
    );
    expect(rows).toEqual([{ email: OPERATOR }]);
  });

  it("that fails leaves the session this browser holds alone", async () => {
    const someone = newVisitor(test);
    await signInAs(someone);
    await someone.post("/staff/session", { email: COLLEAGUE, password: "not the right one" });
    expect((await someone.get("/staff/account")).text).toContain(OPERATOR);
  });

  it("works with capital letters and spaces around the e-mail", async () => {
    expect((await signInAs(newVisitor(test), `  ${COLLEAGUE.toUpperCase()} `)).status).toBe(200);
  });

  it("leads on who is signed in already", async () => {
    const someone = newVisitor(test);
    await signInAs(someone);
    expect((await someone.get("/staff")).path).toBe("/staff/cases");
  });

  it("keeps both cookies from scripts and other sites, without an end date", async () => {
    const seen = await newVisitor(test).post("/staff/session", { email: OPERATOR, password: PASSWORD });
    const lines = seen.headers.getSetCookie();
    expect(lines.map((line) => line.split("=")[0]).sort()).toEqual(["d", "k", "s"]);
    for (const line of lines) {
      expect(line).toMatch(/HttpOnly/i);
      expect(line).toMatch(/SameSite=Lax/i);
      // A known browser stays known; what opens something goes with the browser's session.
      expect(/expires|max-age/i.test(line)).toBe(line.startsWith("d="));
    }
  });

  it.each(["wrong password", "0123-4567-89AB-CDEF-GHJK"])(
    "says the same after the same work for an unknown e-mail as where it is wrong: %s",
    async (password) => {
      const refuse = async (email: string) => {
        const [before, begun] = [stretched, performance.now()];
        const { status, text, headers } = await newVisitor(test).post("/staff/session", { email, password }, ENGLISH);
        const seen = JSON.stringify([status, text.replaceAll(email, "E-MAIL"), [...headers]]);
        return { seen, work: stretched - before, ms: performance.now() - begun };
      };
      const [wrong, unknown] = [await refuse(COLLEAGUE), await refuse("nobody.here@triage.test")];
      expect(wrong.seen).toContain("is not right");
      expect(unknown.seen).toBe(wrong.seen);
      expect([unknown.work, wrong.work]).toEqual([1, 1]);
      // The little by which equal work differs is hidden by the least time that a refusal takes.
      for (const { ms } of [wrong, unknown]) expect(ms).toBeGreaterThan(240);
      test.pass(10 * MINUTE);
    },
  );

  it("asks for every password in a masked field that a manager fills and that takes what is pasted", async () => {
    const inside = newVisitor(test);
    await signInAs(inside, COLLEAGUE);
    test.pass(6 * 60_000);
    const pages = [
      await newVisitor(test).get("/staff"),
      await newVisitor(test).get("/staff/recover"),
      await inside.get("/staff/account"),
      await inside.post("/staff/sessions/end", {}),
    ];
    const fields = pages.map(({ text }) => [...text.matchAll(/<input [^>]*name="\w*[pP]assword"[^>]*>/g)].map(String));
    expect(fields.map((each) => each.length)).toEqual([1, 1, 2, 1]);
    for (const field of fields.flat()) {
      expect(field).toContain('type="password"');
      expect(field).toMatch(/autocomplete="(current|new)-password"/);
      expect(field).not.toMatch(/\son\w+=|readonly|disabled|maxlength|pattern=/);
    }
    // No script of ours listens to pasting, or to keys that are pressed in a field.
    const scripts = readdirSync(STATIC, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
    for (const name of scripts.filter((each) => !/htmx/.test(each)))
      expect(readFileSync(new URL(name, STATIC), "utf8"), name).not.toMatch(/["'`.](on)?(paste|beforeinput|drop)\b/);
  });

  it("never writes a password into a page", async () => {
    const refused = await newVisitor(test).post("/staff/session", { email: COLLEAGUE, password: "my secret pass" });
    expect(refused.text).toContain(`value="${COLLEAGUE}"`);
    expect(refused.text).not.toContain("my secret pass");
  });

  it("says which field is empty", async () => {
    const seen = await newVisitor(test).post("/staff/session", { email: " ", password: "" }, ENGLISH);
    expect(seen.status).toBe(422);
    expect(seen.text).toContain("Write your e-mail address");
    expect(seen.text).toContain("Write your password");
  });

  it("is held up after ten tries for that account alone, for half a minute a try", async () => {
    const guess = () => newVisitor(test).post("/staff/session", { email: STRANGER, password: "a guess" });
    const tries = await Promise.all(Array.from({ length: 12 }, guess));
    expect(tries.map(({ status }) => status).sort()).toEqual([...Array(10).fill(422), 429, 429]);
    const held = await newVisitor(test).post("/staff/session", { email: STRANGER, password: PASSWORD }, ENGLISH);
    expect([held.status, held.text.includes("Too many tries")]).toEqual([429, true]);
    expect(held.text).not.toContain(PASSWORD);
    expect((await signInAs(newVisitor(test), COLLEAGUE)).status).toBe(200);
    test.pass(31_000);
    expect((await signInAs(newVisitor(test), STRANGER)).status).toBe(200);
  });

  it("is told of it: one row for each account and minute, none for an e-mail that nobody has", async () => {
    const heldUp = () => test.database.raw("select subject_id from audit_entry where action = 'account.heldUp'");
    test.pass(60_000);
    const before = (await heldUp()).length;
    const flood = async (email: string, path = "/staff/session", more = {}) => {
      const form = { email, password: "a wrong long guess", recovery: "0".repeat(20), ...more };
      const seen = await Promise.all(Array.from({ length: 14 }, () => newVisitor(test).post(path, form)));
      expect(seen.filter(({ status }) => status === 429).length, email).toBeGreaterThan(1);
    };
    await flood("unknown.person@triage.test");
    await flood("unknown.person@triage.test", "/staff/recover");
    await flood(STRANGER);
    await flood(STRANGER, "/staff/recover");
    await expect.poll(async () => (await heldUp()).length).toBe(before + 1);
    test.pass(60_000);
    await flood(STRANGER);
    await expect.poll(async () => (await heldUp()).length).toBe(before + 2);
    expect(new Set((await heldUp()).map((row) => row.subject_id)).size).toBe(1);
    test.pass(10 * 60_000);
    const owner = newVisitor(test);
    await signInAs(owner, STRANGER);
    expect((await owner.get("/staff/account")).text).toContain("Held up: too many tries");
  });

  it("and every wrong try that was looked at leaves an audit row without the e-mail or the password", async () => {
    await newVisitor(test).post("/staff/session", { email: "unknown.person@triage.test", password: "tell nobody" });
    const rows = await test.database.raw("select * from audit_entry where action like 'account.sign%'");
    const refusals = rows.filter(({ action }) => action === "account.signInRefused");
    const entries = rows.filter(({ action }) => action === "account.signedIn");
    expect(refusals.length).toBeGreaterThan(10);
    expect(entries.length).toBeGreaterThan(3);
    expect(entries.every((row) => row.actor_id === row.subject_id && row.actor_kind === "person")).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/unknown\.person|tell nobody|triage\.test/);
  });
});

describe("who is not signed in", () => {
  it("is asked to sign in on every staff page and learns nothing about reports", async () => {
    const someone = newVisitor(test);
    for (const path of ["/staff/cases", "/staff/cases/2026-123456", "/staff/account"]) {
      expect(await someone.get(path).then(({ status, path: to }) => [status, to]), path).toEqual([303, "/staff"]);
    }
    for (const path of ["/staff/cases/2026-123456/notes", "/staff/session/end", "/staff/account/language"]) {
      const seen = await someone.post(path, { note: "words" });
      expect([seen.status, seen.path], path).toEqual([403, path]);
      expect(seen.text, path).toContain("words</textarea>");
    }
  });
});
