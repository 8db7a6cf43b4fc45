import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newBuckets } from "#platform/http/buckets.ts";

describe("tries by a key", () => {
  it("are as many as the bucket holds, and one more after each refill", () => {
    const buckets = newBuckets(3, 1000);
    expect([0, 1, 2, 3].map((now) => buckets.take("a", now))).toEqual([true, true, true, false]);
    expect(buckets.take("a", 900)).toBe(false);
    expect(buckets.take("a", 1010)).toBe(true);
    expect(buckets.take("a", 1020)).toBe(false);
    expect([9000, 9000, 9000, 9000].map((now) => buckets.take("a", now))).toEqual([true, true, true, false]);
  });

  it("of one key say nothing about another", () => {
    const buckets = newBuckets(1, 1000);
    expect([buckets.take("a", 0), buckets.take("a", 0), buckets.take("b", 0)]).toEqual([true, false, true]);
  });

  it("are never more than the size and the refills since the first, however they are spread", () => {
    const steps = fc.array(fc.nat(3000), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (waits, size) => {
        const buckets = newBuckets(size, 1000);
        let now = 0;
        let taken = 0;
        for (const wait of waits) {
          now += wait;
          if (buckets.take("a", now)) taken++;
        }
        return taken <= size + now / 1000 + 1e-9;
      }),
    );
  });

  it("are counted within bounded memory when a flood of keys comes, and recent ones stay counted", () => {
    const buckets = newBuckets(1, 3_600_000);
    for (let n = 0; n < 120_000; n++) buckets.take(`key ${n}`, n);
    expect(buckets.take("key 119999", 120_000)).toBe(false);
    expect(buckets.take("key 0", 120_000)).toBe(true);
  });
});
