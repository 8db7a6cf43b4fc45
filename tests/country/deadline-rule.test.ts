import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DeadlineRule, dueAt, isoDayIn, isWorkingDay, loadCountry, rulesStarting } from "#country/index.ts";
import { parseCountry } from "#country/parse-country.ts";
import { serbia } from "#country/serbia/serbia.ts";

const country = loadCountry("RS");
const at = (moment: string) => Date.parse(moment);
const HOUR = 3_600_000;
const clock = (moment: number) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Belgrade", dateStyle: "short", timeStyle: "medium" }).format(
    moment,
  );
/** Moments of the two years whose holidays the pack knows. */
const moments = fc.date({
  min: new Date("2026-01-01T00:00:00Z"),
  max: new Date("2027-10-01T00:00:00Z"),
  noInvalidDate: true,
});

describe("a deadline in hours", () => {
  it("is as long as it says when the clocks are put forward and back", () => {
    // In the night of 29 March 2026 two o'clock is three at once; on 25 October three is two again.
    expect(clock(dueAt(country, { hours: 24 }, at("2026-03-28T12:00:00+01:00")))).toBe("29/03/2026, 13:00:00");
    expect(clock(dueAt(country, { hours: 24 }, at("2026-10-24T12:00:00+02:00")))).toBe("25/10/2026, 11:00:00");
  });

  it("is the same time later for every moment of the year", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 400 }), (start, hours) => {
        expect(dueAt(country, { hours }, start.getTime()) - start.getTime()).toBe(hours * HOUR);
      }),
    );
  });
});

describe("a deadline in days", () => {
  it("ends with the day, and the day on which it starts does not count", () => {
    expect(clock(dueAt(country, { days: 3 }, at("2026-11-20T00:00:00+01:00")))).toBe("23/11/2026, 23:59:59");
    expect(clock(dueAt(country, { days: 3 }, at("2026-11-20T23:59:59+01:00")))).toBe("23/11/2026, 23:59:59");
  });

  it("ends with the day also where that day has 23 or 25 hours", () => {
    expect(clock(dueAt(country, { days: 1 }, at("2026-03-28T08:00:00+01:00")))).toBe("29/03/2026, 23:59:59");
    expect(clock(dueAt(country, { days: 1 }, at("2026-10-24T08:00:00+02:00")))).toBe("25/10/2026, 23:59:59");
  });

  it("is never shorter than so many whole days, and never a day longer", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 90 }), (start, days) => {
        const length = dueAt(country, { days }, start.getTime()) - start.getTime();
        expect(length).toBeGreaterThan(days * 24 * HOUR - 2 * HOUR);
        expect(length).toBeLessThanOrEqual((days + 1) * 24 * HOUR + HOUR);
      }),
    );
  });
});

describe("a deadline in working days", () => {
  it("leaves out Saturday, Sunday and holidays", () => {
    // 30 December 2026 is a Wednesday; 1 and 2 January are holidays, and so is 7 January.
    expect(clock(dueAt(country, { workingDays: 2 }, at("2026-12-30T10:00:00+01:00")))).toBe("04/01/2027, 23:59:59");
    expect(clock(dueAt(country, { workingDays: 5 }, at("2026-12-30T10:00:00+01:00")))).toBe("08/01/2027, 23:59:59");
  });

  it("are those of the calendar", () => {
    const week = ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"];
    // The eleventh of November is a holiday.
    expect(week.map((day) => isWorkingDay(country, day))).toEqual([true, true, false, true, true, false, false]);
  });

  it("counts exactly so many of them, whenever it starts", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 40 }), (start, workingDays) => {
        const due = dueAt(country, { workingDays }, start.getTime());
        expect(isWorkingDay(country, isoDayIn(country, due))).toBe(true);
        const days = new Set<string>();
        for (let moment = start.getTime(); moment <= due; moment += 6 * HOUR) days.add(isoDayIn(country, moment));
        days.add(isoDayIn(country, due)).delete(isoDayIn(country, start.getTime()));
        expect([...days].filter((day) => isWorkingDay(country, day))).toHaveLength(workingDays);
      }),
    );
  });
});

describe("the rules that start clocks", () => {
  const rule = (change: Partial<DeadlineRule>): DeadlineRule => ({
    ...{ id: "one", version: 1, from: "2026-01-01", to: null, starts: "report.received", duty: "read" },
    ...{ length: { days: 7 }, basis: { sr: "Правило.", en: "A rule." }, source: "own", verified: false },
    ...change,
  });
  const found = (
    rules: readonly DeadlineRule[],
    what: Partial<Parameters<typeof rulesStarting>[1]> = {},
    day = "2026-06-01",
  ) =>
    rulesStarting(
      { ...country, deadlineRules: rules },
      { starts: "report.received", type: "triage", urgency: "p3", ...what },
      at(`${day}T12:00:00Z`),
    ).map(({ id, version }) => `${id} ${version}`);

  it("are the most particular of each duty, and of equals the shortest", () => {
    const rules = [
      rule({ id: "all" }),
      rule({ id: "urgent", urgencies: ["p1"], length: { days: 9 } }),
      rule({ id: "short", urgencies: ["p1"], length: { hours: 24 } }),
      rule({ id: "slow", urgencies: ["p4"], length: { days: 30 } }),
      rule({ id: "other", duty: "decide" }),
    ];
    expect(["p3", "p1", "p4"].map((urgency) => found(rules, { urgency }))).toEqual([
      ["all 1", "other 1"],
      ["short 1", "other 1"],
      ["slow 1", "other 1"],
    ]);
  });

  it("are those of the day on which the clock starts", () => {
    const rules = [rule({ to: "2026-05-31" }), rule({ version: 2, from: "2026-06-01", length: { days: 2 } })];
    expect([found(rules, {}, "2026-05-31"), found(rules), found(rules, {}, "2025-12-31")]).toEqual([
      ["one 1"],
      ["one 2"],
      [],
    ]);
  });

  it("of one level speak only where a level was assessed", () => {
    const rules = [rule({ levels: ["l3"] })];
    expect([found(rules), found(rules, { level: "l2" }), found(rules, { level: "l3" })]).toEqual([[], [], ["one 1"]]);
  });

  it("may not meet another version on one day, nor name what the country does not have", () => {
    const wrong = (rules: readonly DeadlineRule[]) => () => parseCountry({ ...serbia, deadlineRules: rules });
    expect(wrong([rule({}), rule({ version: 2, from: "2026-06-01" })])).toThrow("one 2 meets version 1");
    expect(wrong([rule({ types: ["choir"] })])).toThrow("choir is none of types");
    expect(wrong([rule({ urgencies: ["p9"] })])).toThrow("p9 is none of urgencies");
  });
});

describe("the rules of Serbia", () => {
  it("are called the service's own for as long as no lawyer has confirmed them", () => {
    for (const { id, basis, verified } of country.deadlineRules) {
      expect([id, verified]).toEqual([id, false]);
      expect(basis.en, id).toMatch(/not a deadline set by law|holds as a rule of this service/);
    }
  });

  it("ask every type of institution to answer, to act and to finish, whatever the urgency", () => {
    const types = country.codeLists.institution_type.map(({ code }) => code);
    const urgencies = country.codeLists.triage_priority.map(({ code }) => code);
    const now = at("2026-11-22T12:00:00Z");
    for (const type of types)
      for (const urgency of urgencies) {
        const duties = (starts: "assignment.sent" | "assignment.accepted") =>
          rulesStarting(country, { starts, type, urgency }, now).map(({ duty }) => duty);
        expect([...duties("assignment.sent"), ...duties("assignment.accepted")]).toEqual(["respond", "act", "finish"]);
      }
  });

  it("count holidays to the end of the next year at least", () => {
    expect(country.holidays.at(-1)?.date.slice(0, 4)).toBe("2027");
  });
});
