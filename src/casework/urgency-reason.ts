/** What somebody says of an urgency that the rules did not propose. */
interface ReasonedUrgency {
  readonly urgency: string;
  readonly reason: string;
}

/** Writes the urgency before its reason, so that both lie in one sealed text. */
export function sayReason({ urgency, reason }: ReasonedUrgency): string {
  return `${urgency} ${reason}`;
}

/** The same apart again. */
export function readReason(text: string): ReasonedUrgency {
  return { urgency: text.slice(0, 2), reason: text.slice(3) };
}
