import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { enrol, recoveryCodeOn } from "../support/account.ts";
import { NOON, OPERATOR, openTestApp, PASSWORD, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";

const ENGLISH = { "accept-language": "en" };
const NEW_PASSWORD = "another long password";
let test: TestApp;
let operator: Visitor;
let recoveryCode: string;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  operator = newVisitor(test);
  await signInAs(operator);
  recoveryCode = recoveryCodeOn(await operator.post("/staff/account/recovery-code", {}));
});
afterEach(() => test.close());

const recover = (fields: Record<string, string> = {}, visitor = newVisitor(test)) =>
  visitor.post(
    "/staff/recover",
    { email: OPERATOR, recovery: recoveryCode, password: NEW_PASSWORD, ...fields },
    ENGLISH,
  );
const canSignIn = async (password: string) =>
  (await newVisitor(test).post("/staff/session", { email: OPERATOR, password })).status === 303;

describe("a lost password", () => {
  it("is mended with the recovery code, typed in small letters too; the desk's cases open as before", async () => {
    await sendShortReport(newVisitor(test), {
      "4": { forms: ["social"], story: "words for the desk", truthful: "yes" },
    });
    const next = recoveryCodeOn(await recover({ recovery: recoveryCode.toLowerCase().replaceAll("-", " ") }));
    expect(next).not.toBe(recoveryCode);
    expect([await canSignIn(PASSWORD), await canSignIn(NEW_PASSWORD)]).toEqual([false, true]);
    const again = newVisitor(test);
    await again.post("/staff/session", { email: OPERATOR, password: NEW_PASSWORD });
    const [number] = numbersOn(await again.get("/staff/cases"));
    expect((await again.get(`/staff/cases/${number}`)).text).toContain("words for the desk");
  });

  it("ends every session of the account", async () => {
    await recover();
    expect((await operator.get("/staff/account")).path).toBe("/staff");
  });

  it("is mended once by one code, also where two bring it at the same moment", async () => {
    const seen = await Promise.all([recover(), recover({ password: "a third long password" })]);
    expect(seen.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect((await recover()).status).toBe(422);
  });

  it("still needs the second factor where there is one", async () => {
    const strict = await openTestApp({ ...unpaced(), secondFactor: "required" });
    try {
      const someone = newVisitor(strict);
      await enrol(someone, { email: OPERATOR, password: PASSWORD, now: NOON });
      const code = recoveryCodeOn(await someone.post("/staff/account/recovery-code", {}));
      const elsewhere = newVisitor(strict);
      await elsewhere.post("/staff/recover", { email: OPERATOR, recovery: code, password: NEW_PASSWORD });
      const seen = await elsewhere.post("/staff/session", { email: OPERATOR, password: NEW_PASSWORD });
      expect(seen.path).toBe("/staff/second-factor");
      expect((await elsewhere.get("/staff/second-factor")).text).not.toContain('class="qr"');
    } finally {
      await strict.close();
    }
  });
});

describe("what is not right", () => {
  it("is answered the same for an unknown e-mail and a wrong code, after the same time, without the code or the password", async () => {
    const refuse = async (email: string) => {
      const begun = performance.now();
      const { status, text } = await recover({ email, recovery: "0123-4567-89AB-CDEF-GHJK" });
      return { seen: JSON.stringify([status, text.replaceAll(email, "E-MAIL")]), ms: performance.now() - begun };
    };
    const [wrong, unknown] = [await refuse(OPERATOR), await refuse("nobody.here@triage.test")];
    expect(wrong.seen).toContain("is not right");
    expect(unknown.seen).toBe(wrong.seen);
    for (const { ms } of [wrong, unknown]) expect(ms).toBeGreaterThan(240);
    expect(wrong.seen).not.toMatch(/0123-4567|another long/);
  });

  it.each([
    ["", "at least 12 characters"],
    ["too short", "at least 12 characters"],
    ["1qaz2wsx3edc", "tried first"],
    ["hahahahahahaha", "tried first"],
  ])("a new password is: %s", async (password, said) => {
    const seen = await recover({ password });
    expect([seen.status, seen.text.includes(said)]).toEqual([422, true]);
    expect(await canSignIn(PASSWORD)).toBe(true);
  });

  it("guesses run out for one account while another still recovers", async () => {
    const guesses = await Promise.all(Array.from({ length: 7 }, () => recover({ recovery: "0".repeat(20) })));
    expect(guesses.map(({ status }) => status).sort()).toEqual([422, 422, 422, 422, 422, 429, 429]);
    expect((await recover({ email: "other@triage.test" })).status).toBe(422);
    // The browser in which this person has signed in before counts its own tries.
    expect((await recover({}, operator)).status).toBe(200);
  });
});

describe("the recovery code in the password's place", () => {
  it("opens nothing: it is worth one new password, no session", async () => {
    expect(await canSignIn(recoveryCode)).toBe(false);
  });
});
