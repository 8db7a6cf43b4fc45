import { type Buckets, newBuckets } from "#platform/http/buckets.ts";

/** Ten passwords at once for one account, one more each half minute: guessing is slow. */
const PASSWORDS = { size: 10, refillMs: 30_000 };
/** Of a million codes three hold at a time: five tries at once and one more each minute find one in half a year. */
const CODES = { size: 5, refillMs: 60_000 };
/** So often the record says of one account that somebody is held up: a flood must not fill it. */
const ROWS = { size: 1, refillMs: 60_000 };

/** Whose tries are counted: an account, a browser it is known in or a session of it, or an e-mail that nobody has. */
export interface TriesKey {
  readonly key: string;
  /** Whether it belongs to an account that exists. */
  readonly exists: boolean;
}

export interface CountedTries {
  /** Takes one try; false when none is left for now. */
  take(of: TriesKey, now: number): boolean;
}

/** What each account, or each browser it is known in, may try in a while; asked before anything is computed. */
export interface Tries {
  readonly passwords: CountedTries;
  /** What is asked after the password: codes of authenticators and what is shown again. */
  readonly codes: CountedTries;
  /** Recovery codes in the password's place: anybody may try those, and must spend nothing of who is signing in. */
  readonly recoveries: CountedTries;
  /** What the record says of those that are held up, by account. */
  readonly rows: Buckets;
}

/** Tries that nobody has used yet. */
export function newTries(): Tries {
  return {
    passwords: newCounted(PASSWORDS),
    codes: newCounted(CODES),
    recoveries: newCounted(CODES),
    rows: newBuckets(ROWS.size, ROWS.refillMs),
  };
}

/** Counts accounts apart from made-up e-mails, of which a flood would otherwise give an account its tries back early. */
function newCounted({ size, refillMs }: typeof PASSWORDS): CountedTries {
  const existing = newBuckets(size, refillMs, "existing");
  const madeUp = newBuckets(size, refillMs);
  return { take: ({ key, exists }, now) => (exists ? existing : madeUp).take(key, now) };
}
