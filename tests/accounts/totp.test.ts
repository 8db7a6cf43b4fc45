import fc from "fast-check";
import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { enrolment, offeredSecret, stepOfCode } from "#accounts/totp.ts";

const STEP_MS = 30_000;
const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });
const moments = fc.integer({ min: 1_700_000_000_000, max: 2_500_000_000_000 });
const codeAt = (secret: Uint8Array, now: number) =>
  new TOTP({ secret: new Secret({ buffer: new Uint8Array(secret).buffer }) }).generate({ timestamp: now });

describe("a code of an authenticator", () => {
  it("is that of RFC 6238, appendix B, as far as six digits go", () => {
    const secret = Buffer.from("12345678901234567890");
    for (const [seconds, code] of [
      [59, "287082"],
      [1_111_111_109, "081804"],
      [1_234_567_890, "005924"],
      [20_000_000_000, "353130"],
    ] as const) {
      const now = seconds * 1000;
      expect(stepOfCode(secret, code, { now, usedStep: null })).toBe(Math.floor(seconds / 30));
    }
  });

  it("holds one step around its own, with spaces too, and never again once it or a later one was taken", () => {
    fc.assert(
      fc.property(secrets, moments, fc.integer({ min: -3, max: 3 }), (secret, at, off) => {
        const code = codeAt(secret, at);
        const now = at + off * STEP_MS;
        const step = stepOfCode(secret, ` ${code.slice(0, 3)} ${code.slice(3)}`, { now, usedStep: null });
        const near = [-1, 0, 1].map((each) => codeAt(secret, now + each * STEP_MS));
        expect(step === undefined).toBe(!near.includes(code));
        if (step === undefined) return;
        expect(stepOfCode(secret, code, { now, usedStep: step })).toBeUndefined();
        expect(stepOfCode(secret, code, { now, usedStep: step + 1 })).toBeUndefined();
        expect(stepOfCode(secret, code, { now, usedStep: step - 1 })).toBe(step);
      }),
    );
  });

  it("is refused where it is no code at all", () => {
    const secret = Buffer.alloc(20, 7);
    for (const typed of ["", "12345", "1234567", "abcdef", "१२३४५६"]) {
      expect(stepOfCode(secret, typed, { now: 0, usedStep: null }), typed).toBeUndefined();
    }
  });
});

describe("an offered secret", () => {
  const who = { identity: "AGE-SECRET-KEY-1", sessionId: "one" };

  it("is the same as long as the session and the authenticator in use are, and another one otherwise", () => {
    const first = offeredSecret(who, null);
    expect(first).toHaveLength(20);
    expect(offeredSecret(who, null)).toEqual(first);
    expect(offeredSecret({ ...who, sessionId: "two" }, null)).not.toEqual(first);
    expect(offeredSecret({ ...who, identity: "AGE-SECRET-KEY-2" }, null)).not.toEqual(first);
    expect(offeredSecret(who, Buffer.from("sealed"))).not.toEqual(first);
  });

  it("is given to an authenticator with the service and the e-mail, and to type in groups", () => {
    const { address, typed } = enrolment(Buffer.alloc(20, 1), { issuer: "Čuvam te", label: "ana@example.org" });
    expect(decodeURIComponent(address)).toContain("otpauth://totp/Čuvam te:ana@example.org?");
    expect(typed).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(address).toContain(typed.replaceAll(" ", ""));
  });
});
