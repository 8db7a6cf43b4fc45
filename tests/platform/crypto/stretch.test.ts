import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newLane } from "#platform/crypto/lane.ts";
import { stretch } from "#platform/crypto/stretch.ts";

const lane = newLane({ width: 2, longest: 100 });
const pepper = randomBytes(32);
const salt = randomBytes(16);
const usual = { secret: "1234567890123456", salt, length: 64 };

describe("a stretched secret", () => {
  it("is the same each time and as long as asked", async () => {
    const one = await stretch({ pepper }, lane, usual);
    expect(one).toHaveLength(64);
    expect(one.equals(await stretch({ pepper }, lane, usual))).toBe(true);
  });

  it("differs for another secret, another salt and another pepper", async () => {
    const others = await Promise.all([
      stretch({ pepper }, lane, usual),
      stretch({ pepper }, lane, { ...usual, secret: "1234567890123457" }),
      stretch({ pepper }, lane, { ...usual, salt: randomBytes(16) }),
      stretch({ pepper: randomBytes(32) }, lane, usual),
    ]);
    expect(new Set(others.map((each) => each.toString("hex"))).size).toBe(4);
  });

  it("is Argon2id at OWASP's floor: a change would lock everybody out", async () => {
    const fixed = await stretch({ pepper: Buffer.alloc(32, 1) }, lane, {
      secret: "fixed",
      salt: Buffer.alloc(16, 2),
      length: 16,
    });
    expect(fixed.toString("hex")).toBe("dce186b952b21e171055be37c7a37aa3");
  });

  it("waits its turn in the lane it was given", async () => {
    const narrow = newLane({ width: 1, longest: 0 });
    const first = stretch({ pepper }, narrow, usual);
    await expect(stretch({ pepper }, narrow, usual)).rejects.toThrow("too many wait");
    await first;
  });
});
