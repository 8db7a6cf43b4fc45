import type { Language } from "#messages/messages.ts";
import { carried } from "#platform/http/app.ts";
import type { Role } from "./roles.ts";

/** A signed-in person, with the identity that opens what the person's desks hold. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Leads one desk at least. */
  readonly leads: boolean;
  readonly language: Language;
  readonly identity: string;
  readonly sessionId: string;
}

export const account = carried<Account>("account");

/** Somebody whose password was right: what is still asked before this is an account. */
export interface SignedIn extends Account {
  readonly sessionBegunAt: number;
  /** When everything that is asked was last shown; undefined while the second factor is missing. */
  readonly confirmedAt: number | undefined;
  readonly hasSecondFactor: boolean;
}

export const signedIn = carried<SignedIn>("signed-in person");
