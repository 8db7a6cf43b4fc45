/** Counts tries by a key that tells nothing about where they came from, in the memory of this server. */
export interface Buckets {
  /** Takes one try; false when this key has none left for now. */
  take(key: string, now: number): boolean;
}

export const MOST_KEYS = 50_000;

/**
 * @param size how many tries a key has at once
 * @param refillMs after how long one try comes back
 * @param keys `anybody's` may be made up without end, so that the least spent are forgotten when there are too many;
 *   `existing` ones are as many as what they name, and each is kept until all its tries are back
 */
export function newBuckets(size: number, refillMs: number, keys: "anybody's" | "existing" = "anybody's"): Buckets {
  const buckets = new Map<string, { left: number; at: number }>();
  let most = MOST_KEYS;

  // A clock that was set back must not take away what is there.
  const leftOf = ({ left, at }: { left: number; at: number }, now: number) =>
    Math.min(size, left + Math.max(0, now - at) / refillMs);

  function forget(now: number): void {
    for (const [key, bucket] of buckets) if (leftOf(bucket, now) >= size) buckets.delete(key);
    // So that a crowd of keys that must stay is not looked through again with every try.
    if (keys === "existing") most = Math.max(MOST_KEYS, buckets.size * 2);
    else forgetLeastSpent(now);
  }

  /** A flood of different keys must not fill the memory, nor give a key its tries back that has used them up. */
  function forgetLeastSpent(now: number): void {
    const spent = [...buckets].sort(([, one], [, other]) => leftOf(other, now) - leftOf(one, now));
    for (const [key] of spent.slice(0, Math.max(0, spent.length - MOST_KEYS / 2))) buckets.delete(key);
  }

  return {
    take(key, now) {
      if (buckets.size >= most) forget(now);
      const left = leftOf(buckets.get(key) ?? { left: size, at: now }, now);
      if (left < 1) return false;
      buckets.delete(key);
      buckets.set(key, { left: left - 1, at: now });
      return true;
    },
  };
}
