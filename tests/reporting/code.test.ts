import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeGroups, codeOf } from "#reporting/code.ts";
import { draftKeyOf } from "#reporting/draft-key.ts";

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("the reporter's code", () => {
  it("has sixteen digits in four groups, whatever the key", () => {
    fc.assert(
      fc.property(key, (bytes) => {
        const groups = codeGroups(codeOf(bytes));
        expect(groups).toHaveLength(4);
        for (const group of groups) expect(group).toMatch(/^\d{4}$/);
        expect(groups.join("")).toBe(codeOf(bytes));
      }),
    );
  });

  it("is the same for the same draft and another for another draft of the same browser", () => {
    const cookieKey = randomBytes(32);
    expect(codeOf(draftKeyOf(cookieKey, "one"))).toBe(codeOf(draftKeyOf(cookieKey, "one")));
    expect(codeOf(draftKeyOf(cookieKey, "one"))).not.toBe(codeOf(draftKeyOf(cookieKey, "two")));
  });
});
