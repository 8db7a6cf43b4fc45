import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { enrolment, offeredSecret, stepOfCode } from "#accounts/totp.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import { newKeyPair } from "#platform/crypto/seal.ts";

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

const SOURCE = new URL("../../src/", import.meta.url);
/** Every source file that calls for chance which can be foretold. */
const foretold = (files: readonly { readonly path: string; readonly text: string }[]) =>
  files
    .filter(({ text }) => /Math\s*\.\s*random|Math\s*\[|pseudoRandomBytes|insecure/.test(text))
    .map(({ path }) => path);

describe("chance", () => {
  it("comes from the operating system alone; only how long a retry waits does not, which is no secret", () => {
    const paths = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    const files = paths.map((path) => ({ path, text: readFileSync(new URL(path, SOURCE), "utf8") }));
    expect(files.length).toBeGreaterThan(200);
    expect(foretold(files)).toEqual(["platform/db/postgres.ts"]);
    const drawn = files.filter(({ text }) => /\brandomBytes\(/.test(text));
    expect(drawn.filter(({ text }) => !/import \{[^}]*\brandomBytes\b[^}]*\} from "node:crypto"/.test(text))).toEqual(
      [],
    );
    expect(drawn.map(({ path }) => path)).toContain("platform/crypto/derive.ts");
    expect(foretold([{ path: "x", text: "const secret = Math.random()" }])).toEqual(["x"]);
  });

  it("gives no two people one secret: each begins with an identity of its own", async () => {
    const pairs = await Promise.all(Array.from({ length: 20 }, () => newKeyPair()));
    const who = pairs.map(({ identity }) => ({ identity, sessionId: "one" }));
    expect(new Set(who.map((each) => offeredSecret(each, null).toString("hex"))).size).toBe(20);
    expect(new Set(Array.from({ length: 1000 }, () => randomToken())).size).toBe(1000);
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
