import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newKeyPair, open } from "#platform/crypto/seal.ts";
import { enrol, recoveryCodeOn } from "../support/account.ts";
import { NOON, OPERATOR, openTestApp, PASSWORD, STRANGER, type TestApp } from "../support/app.ts";
import { authenticatorFrom } from "../support/authenticator.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { newStaff } from "../support/new-staff.ts";

const STEP = 30_000;
const MINUTE = 60_000;
const FACTOR = "/staff/second-factor";
let test: TestApp;
let operator: Visitor;
let clock: number;

beforeEach(async () => {
  test = await openTestApp({ secondFactor: "required" });
  operator = newVisitor(test);
  clock = NOON;
});
afterEach(() => test.close());

function pass(ms: number): void {
  test.pass(ms);
  clock += ms;
}
const signIn = (visitor: Visitor, email = OPERATOR) => visitor.post("/staff/session", { email, password: PASSWORD });
const set = () => enrol(operator, { email: OPERATOR, password: PASSWORD, now: clock });

describe("who must have a second factor and has none", () => {
  it("opens nothing before it is set up, whatever the address", async () => {
    expect((await signIn(operator)).path).toBe(FACTOR);
    for (const path of [
      "/staff",
      "/staff/cases",
      "/staff/account",
      "/staff/team",
      "/staff/institutions",
      "/staff/report",
    ]) {
      expect(await operator.get(path).then((seen) => [seen.status, seen.path]), path).toEqual([303, FACTOR]);
    }
    for (const path of ["/staff/account/recovery-code", "/staff/report", "/staff/sessions/end"]) {
      expect((await operator.post(path, {})).status, path).toBe(403);
    }
  });

  it("is offered the same secret until a code has shown that it works, and then comes in", async () => {
    await signIn(operator);
    const first = await operator.get(FACTOR);
    const phone = authenticatorFrom(first);
    const wrong = await operator.post(FACTOR, { code: "000000" }, { "accept-language": "en" });
    expect([wrong.status, wrong.text.includes("This code is not right")]).toEqual([422, true]);
    expect(authenticatorFrom(wrong).codeAt(clock)).toBe(phone.codeAt(clock));
    expect(first.text).toMatch(/<svg class="qr"[^>]*role="img"/);
    const taken = await operator.post(FACTOR, { code: phone.codeAt(clock) });
    expect([taken.status, taken.path]).toEqual([303, "/staff/cases"]);
    expect((await operator.get("/staff/cases")).status).toBe(200);
    const rows = await test.database.raw("select sealed_totp from person where email = 'operator@triage.test'");
    expect(String(rows[0]?.sealed_totp)).toContain("age-encryption.org");
  });

  it("has its secret sealed to the own keys, whatever recipient somebody put into the database", async () => {
    await signIn(operator);
    const phone = authenticatorFrom(await operator.get(FACTOR));
    const thief = await newKeyPair();
    await test.database.raw(`update person set recipient = '${thief.recipient}' where email = '${OPERATOR}'`);
    expect((await operator.post(FACTOR, { code: phone.codeAt(clock) })).status).toBe(303);
    const [row] = await test.database.raw(`select sealed_totp from person where email = '${OPERATOR}'`);
    await expect(open(thief.identity, row?.sealed_totp as Buffer)).rejects.toThrow();
  });

  it("has ten minutes for it, and then signs in again", async () => {
    await signIn(operator);
    pass(11 * MINUTE);
    expect((await operator.get(FACTOR)).path).toBe("/staff");
  });

  it("may change the language and sign out meanwhile", async () => {
    await signIn(operator);
    await operator.post("/staff/account/language", { language: "sr" });
    expect((await operator.get(FACTOR)).text).toContain('<html lang="sr-Cyrl"');
    await operator.post("/staff/session/end", {});
    expect((await operator.get(FACTOR)).path).toBe("/staff");
  });

  it("may go on without one where the role opens no case", async () => {
    const editor = await newStaff(test, "editor");
    expect((await editor.get("/staff/account")).status).toBe(200);
  });
});

describe("who has one", () => {
  it("is asked for its code after the password, and each code is worth one sign-in", async () => {
    const phone = await set();
    const again = newVisitor(test);
    expect((await signIn(again)).path).toBe(FACTOR);
    const used = await again.post(FACTOR, { code: phone.codeAt(clock) });
    expect(used.status).toBe(422);
    pass(STEP);
    expect((await again.post(FACTOR, { code: phone.codeAt(clock) })).path).toBe("/staff/cases");
  });

  it("cannot sign in twice with one code at the same moment", async () => {
    const phone = await set();
    pass(STEP);
    const visitors = [newVisitor(test), newVisitor(test), newVisitor(test)];
    for (const each of visitors) await signIn(each);
    const code = phone.codeAt(clock);
    const seen = await Promise.all(visitors.map((each) => each.post(FACTOR, { code })));
    expect(seen.map(({ status }) => status).sort()).toEqual([303, 422, 422]);
  });

  it("is held up after five wrong codes, a known browser counting its own, and nobody else is", async () => {
    const phone = await set();
    pass(2 * MINUTE);
    const thief = newVisitor(test);
    await signIn(thief);
    const guesses = await Promise.all(
      Array.from({ length: 7 }, () => thief.post(FACTOR, { code: "111111" }, { "accept-language": "en" })),
    );
    expect(guesses.filter(({ text }) => text.includes("Too many tries"))).toHaveLength(2);
    const rows = () => test.database.raw("select detail from audit_entry where action = 'account.heldUp'");
    await expect.poll(rows).toEqual([{ detail: '{"what":"codes"}' }]);
    pass(STEP);
    await operator.post("/staff/session/end", {});
    await signIn(operator);
    expect((await operator.post(FACTOR, { code: phone.codeAt(clock) })).path).toBe("/staff/cases");
    expect((await thief.post(FACTOR, { code: phone.codeAt(clock + STEP) })).status).toBe(422);
  });

  it("shows it again on a shared computer and signs in there while a stranger hammers the way to recover", async () => {
    const phone = await set();
    pass(STEP);
    const shared = newVisitor(test, new Map([["c", "1"]]));
    await signIn(shared);
    await shared.post(FACTOR, { code: phone.codeAt(clock) });
    expect([...shared.cookies.keys()].sort()).toEqual(["c", "k", "s"]);
    // Within the idle time of a shared computer, and after what was just shown counts no more.
    for (let at = 0; at < 2; at++) {
      pass(3 * MINUTE);
      expect((await shared.get("/staff/account")).status).toBe(200);
    }
    const stranger = newVisitor(test);
    const answers: number[] = [];
    const hammer = async (ms: number) => {
      const fields = { email: OPERATOR, recovery: "0".repeat(20), password: "another long password" };
      for (let at = 0; at < ms; at += 500) {
        pass(500);
        answers.push((await stranger.post("/staff/recover", fields)).status);
      }
    };
    await hammer(MINUTE);
    expect(answers.filter((status) => status === 422)).toHaveLength(5);
    expect((await shared.get(`${FACTOR}/new`)).text).not.toContain('class="qr"');
    await shared.post("/staff/confirm", { confirmCode: phone.codeAt(clock), to: "/staff/account" });
    expect((await shared.get(`${FACTOR}/new`)).text).toContain('class="qr"');
    await hammer(MINUTE);
    await shared.post("/staff/session/end", {});
    expect((await signIn(shared)).path).toBe(FACTOR);
    expect((await shared.post(FACTOR, { code: phone.codeAt(clock) })).path).toBe("/staff/cases");
  });

  it("shows it again where somebody who has the password uses up the tries of the account", async () => {
    const phone = await set();
    pass(STEP);
    const shared = newVisitor(test, new Map([["c", "1"]]));
    await signIn(shared);
    await shared.post(FACTOR, { code: phone.codeAt(clock) });
    for (let at = 0; at < 2; at++) {
      pass(3 * MINUTE);
      await shared.get("/staff/account");
    }
    const thief = newVisitor(test);
    await signIn(thief);
    for (let tries = 0; tries < 6; tries++) await thief.post(FACTOR, { code: "111111" });
    await shared.post("/staff/confirm", { confirmCode: phone.codeAt(clock), to: "/staff/account" });
    expect((await shared.get(`${FACTOR}/new`)).text).toContain('class="qr"');
  });

  it("never sees the secret again, and gets a new one only after showing the old", async () => {
    const phone = await set();
    const known = newVisitor(test);
    await signIn(known);
    expect((await known.get(FACTOR)).text).not.toContain('class="qr"');
    pass(6 * MINUTE);
    const asked = await operator.get(`${FACTOR}/new`);
    expect(asked.text).not.toContain('class="qr"');
    await operator.post("/staff/confirm", { confirmCode: phone.codeAt(clock), to: `${FACTOR}/new` });
    const other = authenticatorFrom(await operator.get(`${FACTOR}/new`));
    pass(STEP);
    expect((await operator.post(`${FACTOR}/new`, { code: phone.codeAt(clock) })).status).toBe(422);
    expect((await operator.post(`${FACTOR}/new`, { code: other.codeAt(clock) })).path).toBe("/staff/account#factor");
    pass(2 * STEP);
    await operator.post("/staff/session/end", {});
    await signIn(operator);
    expect((await operator.post(FACTOR, { code: phone.codeAt(clock) })).status).toBe(422);
    expect((await operator.post(FACTOR, { code: other.codeAt(clock) })).path).toBe("/staff/cases");
  });

  it("whose phone is lost comes in with the recovery code once, and sets up another phone", async () => {
    await set();
    const recoveryCode = recoveryCodeOn(await operator.post("/staff/account/recovery-code", {}));
    const elsewhere = newVisitor(test);
    await signIn(elsewhere);
    const wrong = await elsewhere.post(`${FACTOR}/lost`, { code: "0000-0000-0000-0000-0000" });
    expect(wrong.status).toBe(422);
    const next = recoveryCodeOn(await elsewhere.post(`${FACTOR}/lost`, { code: recoveryCode.toLowerCase() }));
    expect(next).not.toBe(recoveryCode);
    pass(STEP);
    const phone = authenticatorFrom(await elsewhere.get(FACTOR));
    expect((await elsewhere.post(FACTOR, { code: phone.codeAt(clock) })).path).toBe("/staff/cases");
    const third = newVisitor(test);
    await signIn(third);
    expect((await third.post(`${FACTOR}/lost`, { code: recoveryCode })).status).toBe(422);
  });
});

describe("what is recorded", () => {
  it("tells a password that was taken from a whole sign-in, and what was refused, and holds no code", async () => {
    const phone = await set();
    const thief = newVisitor(test);
    await signIn(thief);
    await thief.post(FACTOR, { code: "111111" });
    const rows = await test.database.raw("select action, detail from audit_entry where subject_kind = 'person'");
    const did = rows.map(({ action }) => action);
    expect(did.filter((action) => action === "account.passwordTaken")).toHaveLength(2);
    expect(did.filter((action) => action === "account.signedIn")).toHaveLength(1);
    expect(rows).toContainEqual({ action: "account.signInRefused", detail: '{"what":"secondFactor"}' });
    expect(JSON.stringify(rows)).not.toMatch(/111111/);
    expect(JSON.stringify(rows)).not.toContain(phone.codeAt(clock));
    expect((await operator.get("/staff/account")).text).toContain("Refused: wrong code");
    expect((await signIn(newVisitor(test), STRANGER)).path).toBe(FACTOR);
  });
});
