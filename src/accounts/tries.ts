import { type Buckets, newBuckets } from "#platform/http/buckets.ts";

/** Ten passwords at once for one account, one more each half minute: guessing is slow. */
const PASSWORDS = { size: 10, refillMs: 30_000 };
/** Of a million codes three hold at a time: five tries at once and one more each minute find one in half a year. */
const CODES = { size: 5, refillMs: 60_000 };
/** So often the record says of one account that somebody is held up: a flood must not fill it. */
const ROWS = { size: 1, refillMs: 60_000 };

/** What each account, or each browser it is known in, may try in a while; asked before anything is computed. */
export interface Tries {
  readonly passwords: Buckets;
  /** Codes of authenticators, and recovery codes. */
  readonly codes: Buckets;
  /** What the record says of those that are held up, by account. */
  readonly rows: Buckets;
}

export function newTries(): Tries {
  return {
    passwords: newBuckets(PASSWORDS.size, PASSWORDS.refillMs),
    codes: newBuckets(CODES.size, CODES.refillMs),
    rows: newBuckets(ROWS.size, ROWS.refillMs),
  };
}
