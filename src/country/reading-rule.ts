import type { Country } from "#country/index.ts";
import type { LocalText } from "#messages/messages.ts";

const HOUR = 3_600_000;

/**
 * By when the triage reads a report, with what that promise rests on.
 * @returns undefined where no rule of the desk sets a time: then no date is promised
 */
export function readingRule(
  { deskRules }: Pick<Country, "deskRules">,
  receivedAt: number,
): { readonly by: number; readonly basis: LocalText } | undefined {
  const rule = deskRules.find(({ id }) => id === "triage.first-reading");
  return rule && { by: receivedAt + rule.hours * HOUR, basis: rule.basis };
}
