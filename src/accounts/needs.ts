import type { Country } from "#country/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AppContext } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import type { KeptApart } from "./former-standing.ts";
import type { Tries } from "./tries.ts";

/** What the pages of accounts stand on. */
export interface AccountNeeds
  extends KeptApart,
    Pick<Platform, "db" | "secrets" | "lanes" | "cookies" | "log" | "mail" | "now"> {
  readonly country: Country;
  readonly tries: Tries;
  /** The demonstration asks nobody for a second factor who has not set one up. */
  readonly secondFactor: "required" | "offered";
  readonly recoveryRecipient: string | undefined;
  /** The address that links in letters begin with; without one no letter is sent. */
  readonly baseUrl: string | undefined;
  /** A backup is made each night. */
  readonly backsUp: boolean;
  /** How many pages of the library wait as drafts. */
  draftsOf(reader: Reader): Promise<number>;
  /** What else this browser has open, such as a report that somebody writes for a child. */
  forget(c: AppContext): Promise<void>;
}
