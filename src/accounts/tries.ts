import { type Buckets, newBuckets } from "#platform/http/buckets.ts";

/** Ten passwords at once for one account, one more each half minute: guessing is slow. */
const PASSWORDS = { size: 10, refillMs: 30_000 };
/** Of a million codes three hold at a time: five tries at once and one more each minute find one in half a year. */
const CODES = { size: 5, refillMs: 60_000 };

/** What each account, or each browser it is known in, may try in a while; asked before anything is computed. */
export interface Tries {
  readonly passwords: Buckets;
  /** What is asked after the password: codes of authenticators and what is shown again. */
  readonly codes: Buckets;
  /** Recovery codes in the password's place: anybody may try those, and must spend nothing of who is signing in. */
  readonly recoveries: Buckets;
}

export function newTries(): Tries {
  return {
    passwords: newBuckets(PASSWORDS.size, PASSWORDS.refillMs),
    codes: newBuckets(CODES.size, CODES.refillMs),
    recoveries: newBuckets(CODES.size, CODES.refillMs),
  };
}
