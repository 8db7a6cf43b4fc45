import type { Country } from "./country.ts";

type Zone = Pick<Country, "timeZone">;

const HOUR = 3_600_000;
const days = new Map<string, Intl.DateTimeFormat>();
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Takes a moment and gives the calendar's day in the country, as "2026-11-22". */
export function isoDayIn({ timeZone }: Zone, at: number): string {
  return formatOf(days, timeZone, {}).format(at);
}

/** Takes a day as "2026-11-22" and gives its first moment in the country. */
export function dayStartIn(zone: Zone, day: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const near = midnight - ahead(zone, midnight);
  const start = midnight - ahead(zone, near);
  // Where the clock is put forward at midnight, the day begins an hour later.
  return isoDayIn(zone, start) === day ? start : start + HOUR;
}

/** From one to five nobody waits for a server, and the hour exists on every day of the year. */
const NIGHT = { from: 1, to: 5 };

/** Whether it is night in the country: the time for work that reads everything. */
export function isNightIn({ timeZone }: Zone, at: number): boolean {
  const hour = Number(new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", timeZone }).format(at));
  return hour >= NIGHT.from && hour < NIGHT.to;
}

const CLOCK: Intl.DateTimeFormatOptions = {
  ...{ year: "numeric", month: "numeric", day: "numeric" },
  ...{ hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" },
};

/** By how much the country's clocks are ahead of UTC at a moment. */
function ahead({ timeZone }: Zone, at: number): number {
  const part = Object.fromEntries(
    formatOf(clocks, timeZone, CLOCK)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

function formatOf(
  made: Map<string, Intl.DateTimeFormat>,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const known = made.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, ...options });
  made.set(timeZone, known);
  return known;
}
