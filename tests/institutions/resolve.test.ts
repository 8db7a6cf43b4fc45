import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { directoryOf, type Listed, WHOLE_COUNTRY } from "#institutions/directory.ts";
import { resolve } from "#institutions/resolve.ts";

const country = loadCountry("RS");
const AT = 1_000;
const municipalities = country.territories.filter(({ kind }) => kind === "municipality").map(({ code }) => code);
const [here = "", elsewhere = ""] = municipalities;

function listed(id: string, type: string, more: Partial<Listed> = {}): Listed {
  return {
    id,
    identifier: id,
    type,
    name: { sr: id, en: id },
    territory: here,
    covers: [],
    activeFrom: 0,
    activeTo: null,
    fallbackId: null,
    supervisorId: null,
    absences: [],
    desks: [{ id: `${id}-desk`, kind: "team", name: { sr: id, en: id } }],
    ...more,
  };
}

const atSchool = { forms: ["physical"], setting: "education", harmer: "peer", territory: here };
const idsOf = (all: readonly Listed[], placed: Parameters<typeof resolve>[2]) =>
  resolve(country, directoryOf(country, all, AT), placed).answering.map(({ institution }) => institution.id);

describe("finding who answers", () => {
  const school = listed("school", "primary_school");
  const admin = listed("admin", "school_admin", { covers: [WHOLE_COUNTRY] });

  it("finds the school that the report names, and nobody beside it", () => {
    expect(idsOf([school, admin, listed("other", "primary_school")], { ...atSchool, institutionId: "school" })).toEqual(
      ["school"],
    );
  });

  it("chooses no school by itself where none is named: the school administration stands in", () => {
    expect(idsOf([school, admin], atSchool)).toEqual(["admin"]);
  });

  it("passes over a school where nobody could open a report, and says so", () => {
    const empty = { ...school, desks: [] };
    const { answering } = resolve(country, directoryOf(country, [empty, admin], AT), {
      ...atSchool,
      institutionId: "school",
    });
    expect(answering.map(({ institution }) => institution.id)).toEqual(["admin"]);
    expect(answering[0]?.steps).toEqual([{ because: "nobody-there", passed: empty, type: "primary_school" }]);
  });

  it("gives the work of an absent school to its named fallback, and takes it back afterwards", () => {
    const absences = [{ from: AT - 1, to: AT + 1, fallbackId: "other" }];
    const all = [{ ...school, absences }, listed("other", "primary_school"), admin];
    const named = { ...atSchool, institutionId: "school" };
    expect(idsOf(all, named)).toEqual(["other"]);
    expect(
      resolve(country, directoryOf(country, all, AT + 1), named).answering.map(({ institution }) => institution.id),
    ).toEqual(["school"]);
  });

  it("never leads through a fallback to a school whose employee harms", () => {
    const inspection = listed("inspection", "edu_inspection", { desks: [], fallbackId: "school" });
    const matter = { ...atSchool, harmer: "school_staff", institutionId: "school" };
    expect(idsOf([school, inspection, admin], matter)).toEqual(["admin"]);
  });

  it("prefers the body of the municipality to that of the district and of the country", () => {
    const district = country.territories.find(({ code }) => code === here)?.parent ?? "";
    const all = [
      listed("country", "csw", { territory: elsewhere, covers: [WHOLE_COUNTRY] }),
      listed("district", "csw", { territory: elsewhere, covers: [district] }),
      listed("town", "csw"),
    ];
    const atHome = { forms: ["neglect"], setting: "family", harmer: "other", territory: here };
    expect(idsOf(all, atHome)).toEqual(["town"]);
    expect(idsOf(all.slice(0, 2), atHome)).toEqual(["district"]);
    expect(idsOf(all.slice(0, 1), atHome)).toEqual(["country"]);
  });

  it("does not send a matter to another town's body", () => {
    const found = resolve(country, directoryOf(country, [listed("csw", "csw", { territory: elsewhere })], AT), {
      forms: ["neglect"],
      setting: "family",
      harmer: "parent",
      territory: here,
    });
    expect(found.answering).toEqual([]);
    expect(found.holes.map(({ type }) => type)).toEqual(["csw", "police"]);
  });

  it("ends where fallbacks lead in a circle", () => {
    const one = listed("one", "csw", { desks: [], fallbackId: "two" });
    const two = listed("two", "csw", { desks: [], fallbackId: "one" });
    expect(idsOf([one, two], { forms: ["neglect"], setting: "family", harmer: "other", territory: here })).toEqual([]);
  });

  it("answers with a person in every matter as long as the last stand-in has one, whoever else is missing", () => {
    const types = country.codeLists.institution_type.map(({ code }) => code);
    const some = fc.array(
      fc.record({
        type: fc.constantFrom(...types),
        territory: fc.constantFrom(...municipalities),
        staffed: fc.boolean(),
        ended: fc.boolean(),
      }),
      { maxLength: 40 },
    );
    const matter = fc.record({
      forms: fc.subarray(country.codeLists.violence_form.map(({ code }) => code)),
      setting: fc.constantFrom(...country.codeLists.environment.map(({ code }) => code)),
      harmer: fc.constantFrom(...country.codeLists.perpetrator_type.map(({ code }) => code)),
      territory: fc.constantFrom(...municipalities),
      institutionId: fc.option(
        fc.nat(40).map((n) => `i${n}`),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(some, matter, (made, placed) => {
        const last = listed("last", "contact_center", { covers: [WHOLE_COUNTRY] });
        const all = made.map(({ type, territory, staffed, ended }, at) =>
          listed(`i${at}`, type, { territory, activeTo: ended ? AT : null, ...(staffed ? {} : { desks: [] }) }),
        );
        const { answering, holes } = resolve(country, directoryOf(country, [...all, last], AT), placed);
        const ids = answering.map(({ institution }) => institution.id);
        expect(holes).toEqual([]);
        expect(answering.length).toBeGreaterThan(0);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { institution, desks } of answering) {
          expect(desks.length).toBeGreaterThan(0);
          expect(institution.activeTo).toBeNull();
        }
      }),
    );
  });
});
