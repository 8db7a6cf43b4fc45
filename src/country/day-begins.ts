import type { Country } from "./country.ts";

/** The first moment of a calendar day, such as "2026-09-01", by the country's clocks. */
export function dayBegins({ timeZone }: Pick<Country, "timeZone">, isoDay: string): number {
  const guess = Date.parse(`${isoDay}T00:00:00Z`);
  // Twice, since the clocks may change between the guess and the day's beginning.
  const near = guess - aheadOfUtc(timeZone, guess);
  return guess - aheadOfUtc(timeZone, near);
}

function aheadOfUtc(timeZone: string, at: number): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = (
    ["year", "month", "day", "hour", "minute", "second"] as const
  ).map((type) => parts.get(type));
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}
