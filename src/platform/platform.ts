import { type Lane, newLane } from "./crypto/lane.ts";
import type { Secrets } from "./crypto/secrets.ts";
import type { Database } from "./db/database.ts";
import { type Buckets, newBuckets } from "./http/buckets.ts";
import { type Budget, newBudget } from "./http/budget.ts";
import type { CookieJar } from "./http/cookies.ts";
import type { Log } from "./log.ts";
import type { Mail } from "./mail/mail.ts";

/** What features stand on; a verb takes only the parts it touches, and tests pass exactly those. */
export interface Platform {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly lanes: Lanes;
  readonly budgets: Budgets;
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

/** What the public may write on this server in a while: each kind its own, so that a flood of one leaves the others. */
export interface Budgets {
  /** Reports begun. */
  readonly drafts: Budget;
  /** Pages of begun reports saved. */
  readonly pages: Budget;
  readonly reports: Budget;
  /** Messages of reporters. */
  readonly messages: Budget;
  /** How often one and the same text arrives before it looks like spam, by a digest. */
  readonly sameText: Buckets;
}

/** A class of thirty in the same minute, a hundred times over, and as many again: none of them may notice a budget. */
const CROWD = 6000;
/** A class and a half every second, for as long as it lasts. */
const DRAFTS_A_SECOND = 50;
/** A report has about ten pages. */
const PAGES_A_REPORT = 10;
/** What two slow processors take in durably (BENCH.md); more would only queue in the lane. */
const REPORTS_A_SECOND = 20;
/** More than a class: thirty parents may agree on one text. */
const SAME_TEXT = 30;
const HOUR_MS = 3_600_000;

export function newBudgets(): Budgets {
  return {
    drafts: newBudget({ burst: CROWD, perSecond: DRAFTS_A_SECOND }),
    pages: newBudget({ burst: CROWD * PAGES_A_REPORT, perSecond: DRAFTS_A_SECOND * PAGES_A_REPORT }),
    reports: newBudget({ burst: CROWD, perSecond: REPORTS_A_SECOND }),
    messages: newBudget({ burst: CROWD, perSecond: REPORTS_A_SECOND }),
    sameText: newBuckets(SAME_TEXT, HOUR_MS / SAME_TEXT),
  };
}
