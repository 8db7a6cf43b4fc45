/** Counts tries by a key that tells nothing about where they came from, in the memory of this server. */
export interface Buckets {
  /** Takes one try; false when this key has none left for now. */
  take(key: string, now: number): boolean;
}

const MOST_KEYS = 50_000;

/**
 * @param size how many tries a key has at once
 * @param refillMs after how long one try comes back
 */
export function newBuckets(size: number, refillMs: number): Buckets {
  const buckets = new Map<string, { left: number; at: number }>();

  function forgetFull(now: number): void {
    for (const [key, { left, at }] of buckets) if (left + (now - at) / refillMs >= size) buckets.delete(key);
    // A flood of different keys must not fill the memory: the oldest go first.
    for (const key of buckets.keys()) {
      if (buckets.size <= MOST_KEYS / 2) break;
      buckets.delete(key);
    }
  }

  return {
    take(key, now) {
      if (buckets.size >= MOST_KEYS) forgetFull(now);
      const known = buckets.get(key) ?? { left: size, at: now };
      // A clock that was set back must not take away what is there.
      const left = Math.min(size, known.left + Math.max(0, now - known.at) / refillMs);
      if (left < 1) return false;
      buckets.delete(key);
      buckets.set(key, { left: left - 1, at: now });
      return true;
    },
  };
}
