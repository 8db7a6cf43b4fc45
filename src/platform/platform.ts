import { type Lane, newLane } from "./crypto/lane.ts";
import type { Secrets } from "./crypto/secrets.ts";
import type { Database } from "./db/database.ts";
import type { CookieJar } from "./http/cookies.ts";
import type { Log } from "./log.ts";
import type { Mail } from "./mail/mail.ts";

/** What features stand on; a verb takes only the parts it touches, and tests pass exactly those. */
export interface Platform {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly lanes: Lanes;
  readonly cookies: CookieJar;
  readonly mail: Mail | undefined;
  readonly log: Log;
  /** Milliseconds since 1970; replaced in tests. */
  now(): number;
}

/** Submissions have a lane of their own, so that nobody guessing codes can slow a report down. */
export interface Lanes {
  readonly submission: Lane;
  readonly guessable: Lane;
  /** Apart from codes, so that nobody guessing those keeps the staff out. */
  readonly signIn: Lane;
}

/** At most 25 tries a second for everybody together: 10^16 codes outlast it by far. */
const GUESS_PACE_MS = 40;

export function newLanes(): Lanes {
  return {
    submission: newLane({ width: 2, longest: Number.POSITIVE_INFINITY }),
    guessable: newLane({ width: 1, longest: 200, drawn: true, paceMs: GUESS_PACE_MS }),
    signIn: newLane({ width: 1, longest: 200, drawn: true }),
  };
}
