import type { Country } from "#country/index.ts";
import type { LocalText } from "#messages/messages.ts";
import { type CaseFacts, rankOf, type Urgency } from "./case.ts";
import { proposeUrgency } from "./propose-urgency.ts";

/** What looks like a machine: each sign alone puts a report on the shelf, where that is allowed. */
export const SPAM_SIGNS = ["trap", "fast", "links", "one_character", "repeated"] as const;
export type SpamSign = (typeof SPAM_SIGNS)[number];

export const LIKELY_SPAM = "likely_spam";
export const SPAM = "spam";

/** Below every urgency, so that the inbox's indexes part the shelf from the list by themselves. */
export const SHELF_RANK = 5;
/** Only what would arrive with this urgency may lie on the shelf, and there it belongs when it comes back. */
export const SHELF_URGENCY: Urgency = "p3";

/** Who does not say who they are may be a child as well. */
const MAY_BE_CHILDREN = ["victim_child", "witness_child", "child_perpetrator", "undisclosed", "unsure"];

/**
 * The shelf for a new case, or null for the inbox: what may be a child's voice is never put aside, whatever the signs
 * say, and neither is danger, doubt about it, or a form that is always urgent, since these arrive as more urgent.
 */
export function shelfFor(facts: CaseFacts, signs: readonly SpamSign[]): typeof LIKELY_SPAM | null {
  const never = MAY_BE_CHILDREN.includes(facts.role) || proposeUrgency(facts) !== SHELF_URGENCY;
  return signs.length > 0 && !never ? LIKELY_SPAM : null;
}

interface OnShelf {
  readonly shelf: string | null;
  readonly urgency: string;
}

/** The columns of a case that leaves the shelf; none where it is not there. */
export function offShelf({ shelf, urgency }: OnShelf): { shelf?: null; rank?: number } {
  if (shelf === null) return {};
  // Only this feature writes the column.
  return { shelf: null, rank: rankOf(urgency as Urgency, false) };
}

const HOUR = 3_600_000;
const ruleOf = ({ deskRules }: Pick<Country, "deskRules">) => deskRules.find(({ id }) => id === "triage.shelf-review");

/** Whether anything may be put aside: only where a rule says until when. */
export function hasShelf(country: Pick<Country, "deskRules">): boolean {
  return ruleOf(country) !== undefined;
}

/** By when somebody has to look at a case on the shelf, with what that rests on; undefined where no rule says so. */
export function shelfDeadline(
  country: Pick<Country, "deskRules">,
  receivedAt: number,
): { readonly by: number; readonly basis: LocalText } | undefined {
  const rule = ruleOf(country);
  return rule && { by: receivedAt + rule.hours * HOUR, basis: rule.basis };
}

/** Whatever arrived until then has lain on the shelf too long by now and stands in the inbox again. */
export function overdueUntil(country: Pick<Country, "deskRules">, now: number): number {
  const rule = ruleOf(country);
  return rule ? now - rule.hours * HOUR : now;
}
