import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_KEYS, newBuckets } from "#platform/http/buckets.ts";

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

  it("of a key that has none left stay used up through a flood of other keys", () => {
    const buckets = newBuckets(3, 3_600_000);
    for (let n = 0; n < 4; n++) buckets.take("spent", n);
    for (let n = 0; n < 120_000; n++) buckets.take(`key ${n}`, 10 + n);
    expect(buckets.take("spent", 130_000)).toBe(false);
  });

  it("of more keys that exist than are ever made up are all kept, until all tries are back", () => {
    const buckets = newBuckets(1, 3_600_000, "existing");
    const count = 2 * MOST_KEYS + 1;
    const takeAll = (now: number) =>
      Array.from({ length: count }, (_, n) => buckets.take(`key ${n}`, now)).filter(Boolean).length;
    expect([takeAll(0), takeAll(3_599_999), takeAll(3_600_000)]).toEqual([count, 0, count]);
  });
});
