import { describe, expect, it } from "vitest";
import { codeListNames, loadCountry } from "#country/index.ts";
import { toLatin } from "#messages/latin.ts";

const serbia = loadCountry("RS");

const COUNTS = {
  violence_form: 21,
  digital_subform: 26,
  online_place: 8,
  environment: 13,
  place_in_school: 10,
  reporter_role: 13,
  anonymity: 3,
  age_band: 9,
  sex: 4,
  vulnerability: 12,
  perpetrator_type: 14,
  frequency: 6,
  violence_level: 6,
  triage_priority: 5,
  report_status: 14,
  assignment_status: 8,
  institution_type: 22,
  measure: 31,
  outcome: 10,
  contact_channel: 7,
  protected_characteristic: 16,
};

describe("the pack of Serbia", () => {
  it("an unknown country is an error that lists the known ones", () => {
    expect(() => loadCountry("XX")).toThrow('no country pack "XX"; there are: RS');
  });

  it("each code list has all its codes", () => {
    const counts = codeListNames.map((list) => [list, serbia.codeLists[list].length]);
    expect(Object.fromEntries(counts)).toEqual(COUNTS);
  });

  it("no label keeps a Cyrillic letter in the Latin script", () => {
    const labels = codeListNames.flatMap((list) => serbia.codeLists[list].map((item) => toLatin(item.label.sr)));
    expect(labels.filter((label) => /\p{Script=Cyrillic}/u.test(label))).toEqual([]);
    expect(labels).toContain("Viber ili WhatsApp");
  });

  it("every contact has a source and nobody has verified one", () => {
    expect(serbia.contacts).toHaveLength(14);
    expect(serbia.contacts.filter((contact) => contact.source === "")).toEqual([]);
    expect(serbia.contacts.filter((contact) => contact.verifiedOn !== null)).toEqual([]);
  });

  it("the children's line dials 116111", () => {
    expect(serbia.contacts.find((contact) => contact.id === "childrens-line")?.number).toBe("116111");
  });

  it("the only desk rules are the service's own and say that they are not law", () => {
    expect(serbia.deskRules.map(({ id, hours, verified }) => ({ id, hours, verified }))).toEqual([
      { id: "triage.first-reading", hours: 24, verified: false },
      { id: "triage.shelf-review", hours: 12, verified: false },
    ]);
    for (const { basis } of serbia.deskRules) expect(basis.en).toContain("not a deadline set by law");
  });

  it("what looks like spam comes back early enough to be read by when every report is", () => {
    const hoursOf = (wanted: string) => serbia.deskRules.find(({ id }) => id === wanted)?.hours ?? 0;
    expect(hoursOf("triage.shelf-review")).toBeLessThan(hoursOf("triage.first-reading"));
  });

  it("the languages are Serbian in two scripts and English", () => {
    expect(serbia.languages.map((language) => language.tag)).toEqual(["sr", "sr-Latn", "en"]);
  });
});

describe("holidays of Serbia", () => {
  it.each([2026, 2027])("Good Friday to Easter Monday of %i follow the Orthodox Easter", (year) => {
    const easter = orthodoxEaster(year);
    const wanted = [-2, -1, 0, 1].map((days) => isoDay(new Date(easter.getTime() + days * 86_400_000)));
    expect(dates().filter((date) => wanted.includes(date))).toEqual(wanted);
  });

  it("Easter is on 12 April 2026 and 2 May 2027", () => {
    expect([2026, 2027].map((year) => isoDay(orthodoxEaster(year)))).toEqual(["2026-04-12", "2027-05-02"]);
  });

  it.each([2026, 2027])("the fixed holidays of %i are all there", (year) => {
    const fixed = ["01-01", "01-02", "01-07", "02-15", "02-16", "05-01", "05-02", "11-11"];
    expect(dates()).toEqual(expect.arrayContaining(fixed.map((day) => `${year}-${day}`)));
  });

  it("a state holiday on a Sunday gives the next working day off", () => {
    expect(new Date("2026-02-15").getUTCDay()).toBe(0);
    expect(new Date("2027-05-02").getUTCDay()).toBe(0);
    expect(dates()).toEqual(expect.arrayContaining(["2026-02-17", "2027-05-04"]));
  });

  it("there is no other day off", () => {
    expect(dates()).toHaveLength(24);
  });
});

function dates(): string[] {
  return serbia.holidays.map((holiday) => holiday.date);
}

function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/** Meeus' Julian algorithm; the Julian calendar is 13 days behind in this century. */
function orthodoxEaster(year: number): Date {
  const moon = (19 * (year % 19) + 15) % 30;
  const sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const days = moon + sunday + 114;
  return new Date(Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1 + 13));
}
