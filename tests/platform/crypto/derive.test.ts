import { hkdfSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, deriveDigits, digest, randomToken } from "#platform/crypto/derive.ts";

const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("derived bytes", () => {
  it("are the same for the same key and purpose, and as long as asked", () => {
    fc.assert(
      fc.property(anyKey, fc.string(), fc.integer({ min: 1, max: 200 }), (key, purpose, length) => {
        const one = derive(key, purpose, length);
        return one.length === length && one.equals(derive(key, purpose, length));
      }),
    );
  });

  it("differ for another purpose and for another key", () => {
    fc.assert(
      fc.property(anyKey, anyKey, fc.string(), fc.string(), (key, other, purpose, otherPurpose) => {
        fc.pre(!Buffer.from(key).equals(other) && Buffer.from(purpose).compare(Buffer.from(otherPurpose)) !== 0);
        expect(derive(key, purpose).equals(derive(other, purpose))).toBe(false);
        expect(derive(key, purpose).equals(derive(key, otherPurpose))).toBe(false);
      }),
    );
  });

  it("are those of Node's own HKDF-SHA-256, for every key, purpose and length", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.string({ unit: "grapheme" }),
        fc.nat(400),
        (key, purpose, length) => {
          const theirs = Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), purpose, length));
          expect(derive(key, purpose, length).equals(theirs)).toBe(true);
        },
      ),
    );
  });

  it("are HKDF-SHA-256 without a salt: a change would make every code unknown", () => {
    expect(derive(Buffer.alloc(32, 1), "fixed", 16).toString("hex")).toBe("2f5b0eb4c21770f540604e6ee56df2d6");
  });
});

describe("derived digits", () => {
  it("are always sixteen decimal digits, the same for the same key", () => {
    fc.assert(
      fc.property(anyKey, fc.string(), (key, purpose) => {
        const digits = deriveDigits(key, purpose, 16);
        return /^[0-9]{16}$/.test(digits) && digits === deriveDigits(key, purpose, 16);
      }),
      { numRuns: 500 },
    );
  });

  it("show every digit about equally often", () => {
    const seen = new Map<string, number>();
    for (let n = 0; n < 1000; n++) {
      for (const digit of deriveDigits(randomBytes(32), "code", 16)) seen.set(digit, (seen.get(digit) ?? 0) + 1);
    }
    expect([...seen.keys()].sort().join("")).toBe("0123456789");
    for (const count of seen.values()) expect(Math.abs(count - 1600)).toBeLessThan(320);
  });
});

describe("names and digests", () => {
  it("a random token is fit for an address and never comes twice", () => {
    const tokens = Array.from({ length: 500 }, () => randomToken());
    expect(new Set(tokens).size).toBe(500);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(randomToken(9)).toHaveLength(12);
  });

  it("a digest is SHA-256 in hexadecimal", () => {
    expect(digest("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(digest(Buffer.from("abc"))).toBe(digest("abc"));
  });
});
