import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areasAround, loadCountry, WHOLE_COUNTRY } from "#country/index.ts";
import { directoryOf, type Listed } from "#institutions/directory.ts";
import { MOST_PASSED, resolve } from "#institutions/resolve.ts";
import { listed as listedAt } from "../support/listed.ts";

const country = loadCountry("RS");
const AT = 1_000;
const municipalities = country.territories.filter(({ kind }) => kind === "municipality").map(({ code }) => code);
const [here = "", elsewhere = ""] = municipalities;

const listed = (id: string, type: string, more: Partial<Listed> = {}) => listedAt(id, type, here, more);

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

  it("asks the school that is named where its pupils hurt each other elsewhere, and nobody for one that is not", () => {
    const all = [school, admin, listed("csw", "csw")];
    for (const setting of ["community", "digital", "sport", "other"]) {
      const matter = { forms: ["physical"], setting, harmer: "peer", territory: here };
      const ids = idsOf([...all, listed("net", "contact_center")], { ...matter, institutionId: "school" });
      expect(ids.filter((id) => id !== "net")).toEqual(["csw", "school"]);
      expect(idsOf(all, matter)).toEqual(["csw"]);
      expect(idsOf(all, { ...matter, harmer: "parent", institutionId: "school" })).not.toContain("school");
    }
  });

  it("passes over the house of a school where a known adult there harms", () => {
    const matter = { ...atSchool, harmer: "known_adult", institutionId: "school" };
    expect(idsOf([school, admin, listed("csw", "csw"), listed("police", "police")], matter)).not.toContain("school");
  });

  it("passes over a school where nobody could open a report, and says so", () => {
    const empty = { ...school, desks: [] };
    const { answering } = resolve(country, directoryOf(country, [empty, admin], AT), {
      ...atSchool,
      institutionId: "school",
    });
    expect(answering.map(({ institution }) => institution.id)).toEqual(["admin"]);
    expect(answering[0]?.steps).toEqual([
      { because: "nobodyThere", passed: empty, type: "primary_school" },
      { because: "standsIn", passed: undefined, type: "school_admin" },
    ]);
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

  it("goes to the school's own fallback where nobody is at the one for its absence, and says until when it lasts", () => {
    const absences = [{ from: AT - 1, to: AT + 5, fallbackId: "empty" }];
    const away = { ...school, absences, fallbackId: "other" };
    const empty = listed("empty", "csw", { desks: [] });
    const all = [away, empty, listed("other", "primary_school"), admin];
    const { answering } = resolve(country, directoryOf(country, all, AT), { ...atSchool, institutionId: "school" });
    expect(answering.map(({ institution }) => institution.id)).toEqual(["other"]);
    expect(answering[0]?.steps).toMatchObject([
      { because: "absent", until: AT + 5, to: [{ id: "empty" }, { id: "other" }] },
      { because: "nobodyThere", passed: { id: "empty" } },
    ]);
  });

  it("gives the work of a school that ended to its fallback", () => {
    const ended = { ...school, activeTo: AT, fallbackId: "other" };
    const named = { ...atSchool, institutionId: "school" };
    expect(idsOf([ended, listed("other", "primary_school"), admin], named)).toEqual(["other"]);
    expect(idsOf([ended, { ...school, id: "next", activeTo: AT }, admin], named)).toEqual(["admin"]);
  });

  it("asks the health institution of the town for self-harm, also where it happens in an unnamed one", () => {
    const all = [listed("clinic", "health"), listed("csw", "csw")];
    const matter = { forms: ["self_harm_risk"], setting: "health", harmer: "self", territory: here };
    expect(idsOf(all, matter)).toEqual(["clinic", "csw"]);
  });

  it("takes the municipality of the named school where the report does not know it", () => {
    const all = [school, listed("csw", "csw"), listed("far", "csw", { territory: elsewhere })];
    const matter = { ...atSchool, forms: ["neglect"], territory: "unsure", institutionId: "school" };
    expect(idsOf(all, matter)).toEqual(["school", "csw"]);
  });

  it("takes the school's own town where another one was typed, and says so", () => {
    const far = listed("far", "primary_school", { territory: elsewhere });
    const all = [far, listed("csw", "csw"), listed("far-csw", "csw", { territory: elsewhere })];
    const matter = { ...atSchool, forms: ["neglect"], institutionId: "far" };
    const found = (placed: Parameters<typeof resolve>[2]) => resolve(country, directoryOf(country, all, AT), placed);
    expect(idsOf(all, matter)).toEqual(["far", "far-csw"]);
    expect(found(matter).otherTown).toEqual({ typed: here, taken: elsewhere });
    expect(found({ ...matter, territory: elsewhere }).otherTown).toBeUndefined();
    expect(found({ ...matter, territory: "unsure" }).otherTown).toBeUndefined();
    expect(found({ ...matter, institutionId: undefined }).otherTown).toBeUndefined();
  });

  it("keeps the typed town where what is named is no place of that setting", () => {
    const all = [listed("csw", "csw"), listed("far-csw", "csw", { territory: elsewhere })];
    const far = listed("far", "primary_school", { territory: elsewhere });
    const atHome = { forms: ["neglect"], setting: "family", harmer: "parent", territory: here };
    expect(idsOf([...all, far], { ...atHome, institutionId: "far" })).toEqual(["csw"]);
    expect(idsOf(all, { ...atSchool, forms: ["neglect"], institutionId: "far-csw" })).toEqual(["csw"]);
    expect(idsOf([...all, far], { ...atHome, setting: undefined, institutionId: "far" })).toEqual(["far-csw"]);
  });

  it("keeps the part of a city that was typed where the school is entered for the whole city", () => {
    const all = [
      listed("school", "primary_school", { territory: "rs-nis" }),
      listed("part", "csw", { territory: "rs-medijana" }),
    ];
    const matter = { ...atSchool, forms: ["neglect"], territory: "rs-medijana", institutionId: "school" };
    expect(idsOf(all, matter)).toEqual(["school", "part"]);
    expect(resolve(country, directoryOf(country, all, AT), matter).otherTown).toBeUndefined();
  });

  it("asks the bodies of the town of the school that is named, whatever town was typed", () => {
    const types = ["csw", "police", "edu_inspection", "health", "basic_prosecutor", "higher_prosecutor"];
    const bodies = municipalities.flatMap((territory) =>
      types.map((type) => listed(`${type} ${territory}`, type, { territory })),
    );
    const apart = fc
      .tuple(fc.constantFrom(...municipalities), fc.constantFrom(...municipalities))
      .filter(([typed, own]) => !areasAround(country, typed).includes(own));
    const form = fc.constantFrom(...country.codeLists.violence_form.map(({ code }) => code));
    const harmer = fc.constantFrom(...country.codeLists.perpetrator_type.map(({ code }) => code));
    const school = fc.constantFrom(...(country.competence.placeTypes.education ?? []));
    let asked = 0;
    fc.assert(
      fc.property(apart, school, form, harmer, ([typed, own], type, each, by) => {
        const named = listed("named", type, { territory: own });
        const placed = { forms: [each], setting: "education", harmer: by, level: "l3", institutionId: "named" };
        const directory = directoryOf(country, [named, ...bodies], AT);
        const { answering } = resolve(country, directory, { ...placed, territory: typed });
        const around = areasAround(country, own);
        for (const { institution } of answering) expect(around).toContain(institution.territory);
        const atHome = resolve(country, directory, { ...placed, territory: own }).answering;
        expect(answering.map(({ institution }) => institution.id)).toEqual(
          atHome.map(({ institution }) => institution.id),
        );
        if (by === "school_staff") expect(answering.map(({ institution }) => institution.id)).not.toContain("named");
        asked += answering.filter(({ institution }) => institution.territory === own).length;
      }),
      { numRuns: 60 },
    );
    expect(asked).toBeGreaterThan(60);
  });

  it("prefers, of many ministries, the one above whoever was passed over", () => {
    const inspection = listed("inspection", "edu_inspection", { desks: [], supervisorId: "b" });
    const ministries = ["a", "b", "c"].map((id) => listed(id, "ministry", { covers: [WHOLE_COUNTRY] }));
    const matter = { ...atSchool, harmer: "school_staff", institutionId: "school" };
    expect(idsOf([school, inspection, ...ministries], matter)[0]).toBe("b");
  });

  it("says each detour once and for whom it stands in, where one body answers for several", () => {
    const prosecutor = listed("prosecutor", "higher_prosecutor");
    const matter = { forms: ["sexual"], setting: "family", harmer: "parent", territory: here };
    const { answering } = resolve(country, directoryOf(country, [listed("csw", "csw"), prosecutor], AT), matter);
    const [centre, standIn] = answering;
    expect(centre?.ways.map(({ type, steps }) => [type, steps.length])).toEqual([["csw", 0]]);
    expect(standIn?.institution.id).toBe("prosecutor");
    expect(standIn?.ways.map(({ type }) => type)).toEqual(["police", "basic_prosecutor"]);
    expect(standIn?.steps.map(({ because, type }) => `${because} ${type}`)).toEqual([
      "noneHere police",
      "standsIn basic_prosecutor",
      "noneHere basic_prosecutor",
      "standsIn higher_prosecutor",
    ]);
  });

  it("never leads through a fallback to a school whose employee harms", () => {
    const inspection = listed("inspection", "edu_inspection", { desks: [], fallbackId: "school" });
    const matter = { ...atSchool, harmer: "school_staff", institutionId: "school" };
    expect(idsOf([school, inspection, admin], matter)).toEqual(["admin"]);
  });

  it("passes over the house of the school where its own employee may harm: branches and the body it belongs to", () => {
    const branch = listed("branch", "preschool", { parentId: "school" });
    const owner = listed("owner", "csw", { covers: [WHOLE_COUNTRY] });
    const sister = listed("sister", "primary_school", { parentId: "owner" });
    const house = [{ ...school, parentId: "owner" }, branch, owner, sister];
    const inspection = (fallbackId: string) => listed("inspection", "edu_inspection", { desks: [], fallbackId });
    const coach = { ...atSchool, harmer: "coach", setting: "school_route", institutionId: "branch" };
    for (const institutionId of ["school", "branch"]) {
      for (const fallbackId of ["school", "branch", "owner"]) {
        const matter = { ...atSchool, harmer: "school_staff", institutionId };
        expect(idsOf([...house, inspection(fallbackId), admin], matter)).toEqual(["admin"]);
      }
    }
    // Coaches are no reason to pass over schools as such, and the owner's other schools are another house.
    expect(idsOf([...house, listed("csw", "csw", { fallbackId: "sister", desks: [] }), admin], coach)).toEqual([
      "admin",
      "sister",
    ]);
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

  it("finds the city's body for a part of the city that has none of its own, and no part's body for the city", () => {
    const atHome = { forms: ["neglect"], setting: "family", harmer: "other", territory: "rs-medijana" };
    const city = listed("city", "csw", { territory: "rs-nis" });
    const part = listed("part", "csw", { territory: "rs-medijana" });
    expect(idsOf([city], atHome)).toEqual(["city"]);
    expect(idsOf([city, part], atHome)).toEqual(["part"]);
    expect(idsOf([part], { ...atHome, territory: "rs-nis" })).toEqual([]);
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

  it("follows thousands of fallbacks a bounded way, says so, and goes on to whoever else covers the place", () => {
    const chain = Array.from({ length: 4_000 }, (_, at) =>
      listed(`a${at}`, at === 0 ? "csw" : "ngo", { desks: [], fallbackId: `a${at + 1}` }),
    );
    const matter = { forms: ["neglect"], setting: "family", harmer: "other", territory: here };
    const [hole] = resolve(country, directoryOf(country, chain, AT), matter).holes;
    expect(hole?.steps.filter(({ because }) => because === "nobodyThere")).toHaveLength(MOST_PASSED);
    expect(hole?.steps.filter(({ because }) => because === "tooMany")).toHaveLength(1);
    expect(idsOf([...chain, listed("b", "csw")], matter)).toEqual(["b"]);
    const reached = { ...listed("end", "ngo"), id: `a${MOST_PASSED}` };
    expect(idsOf([...chain.slice(0, MOST_PASSED), reached], matter)).toEqual([reached.id]);
    const many = Array.from({ length: 30 }, (_, at) => listed(`c${at}`, "csw", { desks: [] }));
    expect(idsOf([...many, listed("d", "csw")], matter), "however many cover the place").toEqual(["d"]);
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
      level: fc.constantFrom(undefined, "l1", "l3"),
      age: fc.constantFrom(undefined, "11_13", "16_17"),
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

  it("never tells first a school whose employee harms, nor its house, by whatever fallback, absence or parent", () => {
    const one = fc.record({
      type: fc.constantFrom(
        "primary_school",
        "preschool",
        "dormitory",
        "edu_inspection",
        "school_admin",
        "csw",
        "police",
      ),
      parent: fc.option(fc.nat(14), { nil: undefined }),
      fallback: fc.option(fc.nat(14), { nil: undefined }),
      away: fc.option(fc.nat(14), { nil: undefined }),
      staffed: fc.boolean(),
    });
    const staff = fc.constantFrom("school_staff", "care_staff", "coach", "official");
    const form = fc.constantFrom(...country.codeLists.violence_form.map(({ code }) => code));
    let led = 0;
    fc.assert(
      fc.property(fc.array(one, { minLength: 5, maxLength: 15 }), staff, form, (made, harmer, each) => {
        const id = (at: number | undefined) => (at === undefined ? null : `i${at}`);
        const all = made.map(({ type, parent, fallback, away, staffed }, at) =>
          listed(`i${at}`, type, {
            parentId: id(parent),
            fallbackId: id(fallback),
            absences: away === undefined ? [] : [{ from: 0, to: AT + 1, fallbackId: id(away) }],
            ...(staffed ? {} : { desks: [] }),
          }),
        );
        const school = all.find(({ type }) => type === "primary_school");
        if (!school) return;
        const matter = { forms: [each], setting: "education", harmer, territory: here, institutionId: school.id };
        const { answering } = resolve(country, directoryOf(country, all, AT), matter);
        const parent = all.find((other) => other.id === school.parentId)?.id;
        for (const { institution, steps } of answering) {
          expect([school.id, parent]).not.toContain(institution.id);
          expect(institution.parentId).not.toBe(school.id);
          if (harmer === "school_staff")
            expect(country.competence.placeTypes.education).not.toContain(institution.type);
          if (steps.some(({ because }) => because === "notFirst")) led++;
        }
      }),
      { numRuns: 300 },
    );
    expect(led).toBeGreaterThan(0);
  });
});
