import { newBuckets } from "./buckets.ts";

/** What everybody together may do on this server. Nobody is counted apart: a whole school shares one address. */
export interface Budget {
  /** Takes one; false when nothing is left for now, which delays and never refuses. */
  take(now: number): boolean;
}

const EVERYBODY = "everybody";

/**
 * @param burst how many there are at once
 * @param perSecond how many come back each second
 */
export function newBudget({ burst, perSecond }: { readonly burst: number; readonly perSecond: number }): Budget {
  const bucket = newBuckets(burst, 1000 / perSecond);
  return { take: (now) => bucket.take(EVERYBODY, now) };
}
