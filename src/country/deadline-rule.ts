import type { LocalText } from "#messages/messages.ts";
import { dayStartIn, isoDayIn } from "./civil-day.ts";
import type { Country } from "./country.ts";

/** What starts a clock. */
export const DEADLINE_STARTS = [
  "report.received",
  "report.reopened",
  "reporter.wrote",
  "assignment.sent",
  "assignment.accepted",
  "assignment.returned",
  "level.assessed",
  "deadline.breached",
  "complaint.made",
] as const;
export type DeadlineStart = (typeof DEADLINE_STARTS)[number];

/** What has to be done before it ends. */
export const DUTIES = ["open", "read", "decide", "respond", "act", "notify", "finish", "review", "answer"] as const;
export type Duty = (typeof DUTIES)[number];

/** How long somebody has: one of them. */
export type DeadlineLength =
  | { readonly minutes: number }
  | { readonly hours: number }
  | { readonly days: number }
  | { readonly workingDays: number };

/**
 * One rule about time as the country has it. A changed rule is a new version with the day from which it holds, so that a
 * clock that runs keeps the rule it was started under.
 */
export interface DeadlineRule {
  readonly id: string;
  readonly version: number;
  /** The first day on which it starts clocks, as "2026-01-01", and the last; null without end. */
  readonly from: string;
  readonly to: string | null;
  readonly starts: DeadlineStart;
  readonly duty: Duty;
  /** Codes of `institution_type` whose desks owe it, of `triage_priority` and of `violence_level`; absent for all. */
  readonly types?: readonly string[] | undefined;
  readonly urgencies?: readonly string[] | undefined;
  readonly levels?: readonly string[] | undefined;
  readonly length: DeadlineLength;
  /** By how many days, to choose from, whoever owes it may have it once more; absent where nobody may. */
  readonly extensions?: readonly number[] | undefined;
  readonly basis: LocalText;
  /** Where the rule is written, as it is called there; `own` where this service made it. */
  readonly source: string;
  /** Whether a lawyer has confirmed it: one that nobody has is shown as the service's own, never as law. */
  readonly verified: boolean;
}

/** What is known when a clock may start. */
export interface Starting {
  readonly starts: DeadlineStart;
  /** The type of the institution whose desk would owe it. */
  readonly type: string;
  readonly urgency: string;
  readonly level?: string | undefined;
}

/** What of a country clocks run by. */
export type Clocks = Pick<Country, "deadlineRules" | "timeZone" | "holidays">;
type Calendar = Omit<Clocks, "deadlineRules">;

/** The rules that start a clock at a moment; of each duty the most particular one, and of equals the shortest. */
export function rulesStarting(country: Clocks, what: Starting, at: number): DeadlineRule[] {
  const day = isoDayIn(country, at);
  const speaking = country.deadlineRules.filter(
    (rule) =>
      rule.starts === what.starts &&
      rule.from <= day &&
      (rule.to === null || day <= rule.to) &&
      (rule.types?.includes(what.type) ?? true) &&
      (rule.urgencies?.includes(what.urgency) ?? true) &&
      (rule.levels === undefined || (what.level !== undefined && rule.levels.includes(what.level))),
  );
  const byDuty = new Map<Duty, DeadlineRule>();
  for (const rule of speaking) {
    const before = byDuty.get(rule.duty);
    if (before === undefined || comesBefore(country, rule, before, at)) byDuty.set(rule.duty, rule);
  }
  return [...byDuty.values()];
}

function comesBefore(country: Calendar, one: DeadlineRule, other: DeadlineRule, at: number): boolean {
  const [first, second] = [particular(one), particular(other)];
  if (first !== second) return first > second;
  return dueAt(country, one.length, at) < dueAt(country, other.length, at);
}

const particular = ({ types, urgencies, levels }: DeadlineRule) =>
  [types, urgencies, levels].filter((each) => each !== undefined).length;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * The last moment of a deadline, in milliseconds. Minutes and hours pass by the clock on the wall of nobody: an hour that
 * is left out or doubled in spring and autumn changes nothing. Days end with the day; the day on which they start does
 * not count, and of working days neither Saturday, Sunday nor a holiday does (Serbia: Law on General Administrative
 * Procedure, Official Gazette 18/2016, art. 80 – not confirmed by a lawyer).
 */
export function dueAt(country: Calendar, length: DeadlineLength, startedAt: number): number {
  if ("minutes" in length) return startedAt + length.minutes * MINUTE;
  if ("hours" in length) return startedAt + length.hours * HOUR;
  let day = isoDayIn(country, startedAt);
  const [wanted, counts] =
    "days" in length ? [length.days, () => true] : [length.workingDays, (each: string) => isWorkingDay(country, each)];
  for (let counted = 0; counted < wanted; ) {
    day = dayAfter(day);
    if (counts(day)) counted++;
  }
  return dayStartIn(country, dayAfter(day)) - 1;
}

/** Takes a day as "2026-11-22" and says whether public bodies work on it. */
export function isWorkingDay({ holidays }: Pick<Country, "holidays">, day: string): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.some(({ date }) => date === day);
}

function dayAfter(day: string): string {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + 1);
  return noon.toISOString().slice(0, 10);
}
