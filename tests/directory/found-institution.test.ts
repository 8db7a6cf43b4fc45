import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { foundInstitution } from "#directory/found-institution.ts";
import { uiFor } from "#platform/views/ui.ts";
import { institutionRow } from "../support/people-at-work.ts";

const NOBODY = { absences: [], standIns: new Map() };
const serbia = loadCountry("RS");

describe("an institution that was checked", () => {
  it.each(["Europe/Belgrade", "America/Bogota", "Pacific/Auckland"])(
    "says the day as it was written: %s",
    (timeZone) => {
      const country = { ...serbia, timeZone };
      const row = institutionRow("one", "csw", { verifiedOn: "2026-09-01", address: null, phone: null, hours: null });
      const ui = uiFor("en", { timeZone, languages: [{ tag: "en", dir: "ltr" }] });
      expect(foundInstitution(ui, country, row as never, NOBODY).checked).toBe("1 September 2026");
    },
  );
});

describe("an institution that is absent", () => {
  it("is closed until the last of its absences ends, also of one of its type without a territory", () => {
    const row = institutionRow("one", "csw", { fallbackId: null, verifiedOn: null });
    const away = { id: "away", institutionId: null, type: "csw", territory: null, fallbackId: null };
    const absences = [9, 23, 4].map((day) => ({ ...away, from: 0, to: Date.UTC(2026, 8, day, 12) }));
    const ui = uiFor("en", serbia);
    const absent = (rows: typeof absences) =>
      foundInstitution(ui, serbia, row as never, { ...NOBODY, absences: rows }).absent;
    expect(absent(absences)?.until).toBe("23 September 2026");
    expect(absent(absences.map((each) => ({ ...each, type: "police" })))).toBeUndefined();
  });
});
