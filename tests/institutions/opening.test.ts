import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import {
  closedBy,
  closedByLine,
  isOpenEverywhere,
  isOpenSomewhere,
  mayReport,
  opensAt,
  planAt,
  reportingOf,
  STAGES,
  stageAt,
} from "#institutions/index.ts";

const country = loadCountry("RS");
const NIS = ["rs-nis", "rs-nisavski", "rs-juzna-istocna-srbija", "country"] as const;
const at = (territory: string, stage: number, from = 0) => ({ territory, stage, from });

describe("who may report where", () => {
  it("is everybody everywhere as long as nothing is said", () => {
    expect(stageAt(country, [], "rs-nis", 5)).toBe(3);
    expect(isOpenEverywhere(country, planAt([], 5))).toBe(true);
  });

  it("is decided by the smallest territory that says something, whatever a larger one says later", () => {
    const rows = [at("rs-nis", 2), at("rs-nisavski", 1), at("rs-juzna-istocna-srbija", 0, 3), at("country", 3, 4)];
    for (const [smallest, stage] of [2, 1, 0, 3].entries())
      expect(stageAt(country, rows.slice(smallest), "rs-nis", 5), NIS[smallest]).toBe(stage);
    expect(stageAt(country, rows, "rs-zemun", 5)).toBe(3);
  });

  it("is decided for a part of a city by the city's line, unless the part has its own", () => {
    expect(stageAt(country, [at("rs-nis", 0)], "rs-medijana", 5)).toBe(0);
    expect(stageAt(country, [at("rs-nis", 0), at("rs-medijana", 2)], "rs-medijana", 5)).toBe(2);
    expect(stageAt(country, [at("rs-medijana", 0)], "rs-nis", 5)).toBe(3);
  });

  it("is decided by the latest line whose time has come, to the moment", () => {
    const rows = [at("country", 3, 20), at("country", 1, 10)];
    expect([9, 10, 19, 20].map((now) => stageAt(country, rows, "rs-nis", now))).toEqual([3, 1, 1, 3]);
  });

  it("is the country's own stage where nobody knows the place", () => {
    const rows = [at("country", 1), at("rs-nis", 3)];
    for (const place of ["unsure", "undisclosed", "toString", ""]) expect(stageAt(country, rows, place, 1)).toBe(1);
  });

  it("lets staff of schools in first, then those of all institutions, then everyone", () => {
    const table = STAGES.map((stage) =>
      (["educational", "partner", "public"] as const).map((who) => Number(mayReport(stage, who))).join(""),
    );
    expect(table).toEqual(["000", "100", "110", "111"]);
    expect(reportingOf(country, "dormitory")).toBe("educational");
    expect(reportingOf(country, "police")).toBe("partner");
    expect(reportingOf(country, "triage")).toBe("partner");
  });

  it("says from when on somebody may report, if a line says so", () => {
    const rows = [at("country", 0), at("rs-nisavski", 1, 10), at("rs-nis", 2, 20), at("rs-nis", 3, 30)];
    const opens = (who: "educational" | "partner" | "public", place = "rs-nis") =>
      opensAt(country, rows, place, { at: 5, who });
    expect([opens("educational"), opens("partner"), opens("public")]).toEqual([10, 20, 30]);
    expect(opens("public", "rs-svrljig")).toBeUndefined();
    expect(opens("educational", "rs-zemun")).toBeUndefined();
  });

  it("is open somewhere as long as one place is", () => {
    const closed = [at("country", 0)];
    expect(isOpenSomewhere(country, planAt(closed, 1), "public")).toBe(false);
    expect(isOpenSomewhere(country, planAt([...closed, at("rs-nis", 3)], 1), "public")).toBe(true);
    expect(isOpenEverywhere(country, planAt([...closed, at("rs-nis", 3)], 1))).toBe(false);
  });

  it("is closed exactly where fewer may report than before", () => {
    const before = planAt([at("rs-nis", 1)], 1);
    const after = planAt([at("rs-nis", 1), at("rs-nisavski", 2)], 1);
    const closed = closedBy(country, before, after);
    expect(closed).toContain("rs-svrljig");
    expect(closed).not.toContain("rs-nis");
    expect(closed).not.toContain("rs-zemun");
    expect(closedBy(country, after, before)).toEqual([]);
  });

  it("is closed by a line, added or removed, exactly where at any moment fewer may report than was planned", () => {
    const row = fc.record({ territory: fc.constantFrom(...NIS), stage: fc.nat(3), from: fc.nat(8) });
    const rows = fc.uniqueArray(row, { selector: ({ territory, from }) => `${territory} ${from}`, minLength: 1 });
    const moments = Array.from({ length: 10 }, (_, now) => now);
    const places = [...NIS.slice(0, 1), "rs-medijana", "rs-svrljig", "rs-bor", "rs-zemun", "country"];
    const stages = (lines: Parameters<typeof stageAt>[1], place: string) =>
      moments.map((now) => stageAt(country, lines, place, now));
    fc.assert(
      fc.property(rows, fc.boolean(), ([line = at("country", 3), ...others], added) => {
        const [before, after] = added ? [others, [...others, line]] : [[...others, line], others];
        const closed = closedByLine(country, before, after, line);
        for (const place of places) {
          const then = stages(after, place);
          const loses = stages(before, place).some((stage, now) => (then[now] ?? 0) < stage);
          expect(closed.includes(place), place).toBe(loses);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("does not depend on the order of the lines", () => {
    const row = fc.record({ territory: fc.constantFrom(...NIS), stage: fc.nat(3), from: fc.nat(100) });
    const rows = fc.uniqueArray(row, { selector: ({ territory, from }) => `${territory} ${from}`, maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.nat(100), (lines, now) => {
        const found = stageAt(country, lines, "rs-nis", now);
        expect(stageAt(country, lines.toReversed(), "rs-nis", now)).toBe(found);
        const spoken = NIS.flatMap((area) => {
          const past = lines.filter(({ territory, from }) => territory === area && from <= now);
          return past.toSorted((one, other) => other.from - one.from).slice(0, 1);
        });
        expect(found).toBe(spoken[0]?.stage ?? 3);
      }),
    );
  });
});
