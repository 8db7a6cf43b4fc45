import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayStartIn, isoDayIn } from "#country/index.ts";

const BELGRADE = { timeZone: "Europe/Belgrade" };

describe("a day of the country", () => {
  it("begins at its own midnight, in winter and in summer", () => {
    expect(new Date(dayStartIn(BELGRADE, "2026-01-15")).toISOString()).toBe("2026-01-14T23:00:00.000Z");
    expect(new Date(dayStartIn(BELGRADE, "2026-07-15")).toISOString()).toBe("2026-07-14T22:00:00.000Z");
    // The clocks are changed on these days.
    expect(new Date(dayStartIn(BELGRADE, "2026-03-29")).toISOString()).toBe("2026-03-28T23:00:00.000Z");
    expect(new Date(dayStartIn(BELGRADE, "2026-10-25")).toISOString()).toBe("2026-10-24T22:00:00.000Z");
    // In Beirut they were put forward at midnight.
    expect(new Date(dayStartIn({ timeZone: "Asia/Beirut" }, "2021-03-28")).toISOString()).toBe(
      "2021-03-27T22:00:00.000Z",
    );
  });

  it("holds the moment that it begins with, and not the one before, in any place", () => {
    const zones = fc.constantFrom("Europe/Belgrade", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "UTC");
    const days = fc.date({ min: new Date("1970-01-03"), max: new Date("2100-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, (timeZone, date) => {
        const day = date.toISOString().slice(0, 10);
        const start = dayStartIn({ timeZone }, day);
        expect(isoDayIn({ timeZone }, start)).toBe(day);
        expect(isoDayIn({ timeZone }, start - 1)).not.toBe(day);
      }),
    );
  });
});
