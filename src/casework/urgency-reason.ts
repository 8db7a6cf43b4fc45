import type { Urgency } from "./case.ts";

/** What somebody says of an urgency that the rules did not propose. */
export interface UrgencyReasoned {
  readonly urgency: string;
  readonly reason: string;
}

/** Writes the urgency before its reason, so that both lie in one sealed text. */
export function sayReason({ urgency, reason }: UrgencyReasoned & { readonly urgency: Urgency }): string {
  return `${urgency} ${reason}`;
}

/** The same apart again. */
export function readReason(text: string): UrgencyReasoned {
  return { urgency: text.slice(0, 2), reason: text.slice(3) };
}
