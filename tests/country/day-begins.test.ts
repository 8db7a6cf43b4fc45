import { expect, it } from "vitest";
import { dayBegins } from "#country/index.ts";

it.each([
  ["Europe/Belgrade", "2026-09-01", "2026-08-31T22:00:00Z"],
  ["Europe/Belgrade", "2026-12-01", "2026-11-30T23:00:00Z"],
  ["Europe/Belgrade", "2026-03-29", "2026-03-28T23:00:00Z"],
  ["Europe/Belgrade", "2026-03-30", "2026-03-29T22:00:00Z"],
  ["Europe/Belgrade", "2026-10-26", "2026-10-25T23:00:00Z"],
  ["America/New_York", "2026-11-02", "2026-11-02T05:00:00Z"],
])("in %s the day %s begins at %s, also where the clocks change", (timeZone, day, moment) => {
  expect(new Date(dayBegins({ timeZone }, day)).toISOString()).toBe(moment.replace("Z", ".000Z"));
});
