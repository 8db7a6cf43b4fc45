import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { absenceFor, foundInstitution } from "#directory/found-institution.ts";
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

describe("an absence", () => {
  it("of a type without a territory is the whole country's", () => {
    const row = { id: "one", type: "csw", territory: "rs-ada" } as never;
    const away = { id: "away", institutionId: null, type: "csw", territory: null, fallbackId: null, from: 0, to: 1 };
    expect(absenceFor(serbia, row, [away])).toBe(away);
    expect(absenceFor(serbia, row, [{ ...away, type: "police" }])).toBeUndefined();
  });
});
