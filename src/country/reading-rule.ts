import type { LocalText } from "#messages/messages.ts";
import type { Country } from "./country.ts";

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

interface Arrived {
  readonly receivedAt: number;
  readonly firstReadAt: number | null;
}

/** Whether the promise was broken: nobody had opened the report in time. The reporter and the desk read the same. */
export function isReadLate(
  country: Pick<Country, "deskRules">,
  { receivedAt, firstReadAt }: Arrived,
  now: number,
): boolean {
  const rule = readingRule(country, receivedAt);
  return rule !== undefined && rule.by < (firstReadAt ?? now);
}

/** Whatever arrived before then and is not opened yet is late by now; undefined where no rule sets a time. */
export function readLateBefore(country: Pick<Country, "deskRules">, now: number): number | undefined {
  const rule = readingRule(country, 0);
  return rule && now - rule.by;
}
