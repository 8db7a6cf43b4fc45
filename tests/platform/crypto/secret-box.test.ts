import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CannotOpen } from "#platform/crypto/seal.ts";
import { lock, unlock } from "#platform/crypto/secret-box.ts";

const key = randomBytes(32);

describe("a locked box", () => {
  it("opens with its key and its context, whatever is inside", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), (content, context) =>
        unlock(key, lock(key, content, context), context).equals(content),
      ),
    );
  });

  it("opens as the same text", () => {
    expect(unlock(key, lock(key, "реч 🙂", "c"), "c").toString("utf8")).toBe("реч 🙂");
  });

  it("does not open in another context", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (context, other) => {
        fc.pre(Buffer.from(context).compare(Buffer.from(other)) !== 0);
        expect(() => unlock(key, lock(key, "x", context), other)).toThrow(CannotOpen);
      }),
    );
  });

  it("does not open with another key", () => {
    expect(() => unlock(randomBytes(32), lock(key, "x", "c"), "c")).toThrow(CannotOpen);
    expect(() => unlock(Buffer.alloc(5), lock(key, "x", "c"), "c")).toThrow(CannotOpen);
  });

  it("does not open when any bit was changed or anything was cut off", () => {
    const locked = lock(key, "some words", "c");
    fc.assert(
      fc.property(fc.nat(locked.length - 1), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const changed = Buffer.from(locked);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(() => unlock(key, changed, "c")).toThrow(CannotOpen);
        expect(() => unlock(key, locked.subarray(0, at), "c")).toThrow(CannotOpen);
      }),
    );
  });

  it("is different each time", () => {
    const boxes = Array.from({ length: 50 }, () => lock(key, "same", "c").toString("hex"));
    expect(new Set(boxes).size).toBe(50);
  });
});
