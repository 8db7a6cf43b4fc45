import type { CaseFacts, Urgency } from "./case.ts";

export const ALWAYS_URGENT = ["self_harm_risk", "weapon_threat", "sexual", "trafficking"] as const;

/** What of a report says how urgent it is. */
type Answered = Pick<CaseFacts, "danger" | "forms" | "frequency">;

/** The same as it lies in storage, where any text may stand. */
export function codedIn({ danger, frequency }: { danger: string; frequency: string | null }): Omit<Answered, "forms"> {
  return { danger: danger === "yes" || danger === "no" ? danger : "unsure", frequency: frequency ?? undefined };
}

interface Rule {
  /** Says the rule to the desk. */
  readonly reason: UrgencyReason;
  readonly urgency: Urgency;
  holds(answered: Answered): boolean;
}

export type UrgencyReason = "danger" | "now" | (typeof ALWAYS_URGENT)[number] | "unsure" | "daily" | "otherwise";

/** Plain rules over coded answers alone; the most urgent that holds counts. */
const RULES: readonly Rule[] = [
  { reason: "danger", urgency: "p0", holds: ({ danger }) => danger === "yes" },
  { reason: "now", urgency: "p0", holds: ({ frequency }) => frequency === "ongoing_now" },
  ...ALWAYS_URGENT.map((form): Rule => ({ reason: form, urgency: "p1", holds: ({ forms }) => forms.includes(form) })),
  { reason: "unsure", urgency: "p2", holds: ({ danger }) => danger === "unsure" },
  { reason: "daily", urgency: "p2", holds: ({ frequency }) => frequency === "daily" },
];

/**
 * A first urgency from the coded answers alone, with the rules that lead to it, the most urgent first; a person who has
 * read the report may set another.
 */
export function explainUrgency(answered: Answered): { urgency: Urgency; reasons: readonly UrgencyReason[] } {
  const held = RULES.filter((rule) => rule.holds(answered));
  const [first] = held;
  return first
    ? { urgency: first.urgency, reasons: held.map(({ reason }) => reason) }
    : { urgency: "p3", reasons: ["otherwise"] };
}

/** The urgency alone, for the inbox until a person has read the report. */
export function proposeUrgency(answered: Answered): Urgency {
  return explainUrgency(answered).urgency;
}
