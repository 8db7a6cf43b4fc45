import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { competencesOf } from "#institutions/competence.ts";

const { competence, codeLists } = loadCountry("RS");
const codes = (list: keyof typeof codeLists) => codeLists[list].map(({ code }) => code);
const typesFor = (forms: readonly string[], setting?: string, harmer?: string, level?: string) =>
  competencesOf(competence, { forms, setting, harmer, level }).answering.map(({ type }) => type);

/** Every form, setting, kind of person who harms and level of the country. */
function* everyMatter() {
  for (const form of codes("violence_form"))
    for (const setting of codes("environment"))
      for (const harmer of codes("perpetrator_type"))
        for (const level of codes("violence_level")) yield { forms: [form], setting, harmer, level };
}

describe("competence in Serbia", () => {
  it("asks somebody in every matter, with a rule that says why", () => {
    const silent = [...everyMatter()].filter((matter) => {
      const { answering } = competencesOf(competence, matter);
      return answering.length === 0 || answering.some(({ rules }) => rules.length === 0);
    });
    expect(silent).toEqual([]);
  });

  it("never asks a school first where its employee harms, at any setting, form and level", () => {
    const schools = competence.placeTypes.education ?? [];
    expect(schools).toContain("primary_school");
    const told = [...everyMatter()]
      .filter(({ harmer }) => harmer === "school_staff")
      .filter((matter) => competencesOf(competence, matter).answering.some(({ type }) => schools.includes(type)));
    expect(told).toEqual([]);
  });

  it("asks outside bodies where an employee of a school harms", () => {
    expect(typesFor(["physical"], "education", "school_staff")).toEqual(["edu_inspection", "school_admin"]);
  });

  it("asks the school where pupils harm in school, and bodies outside it too at the third level", () => {
    expect(typesFor(["physical"], "education", "peer")).toContain("primary_school");
    expect(typesFor(["physical"], "education", "peer")).not.toContain("police");
    expect(typesFor(["physical"], "education", "peer", "l3")).toEqual(
      expect.arrayContaining(["primary_school", "csw", "police", "school_admin"]),
    );
  });

  it("asks the guardianship body and the police where a parent harms", () => {
    expect(typesFor(["physical"], "family", "parent")).toEqual(["csw", "police"]);
  });

  it("takes what nobody has said as not known, and still asks somebody", () => {
    expect(typesFor([])).toEqual(["csw"]);
    expect(typesFor(["unsure"], undefined, undefined)).toEqual(["csw"]);
  });

  it("does not ask the police where an official harms: the official may be a policeman", () => {
    expect(typesFor(["physical"], "community", "official")).toEqual(["basic_prosecutor", "ombudsman"]);
  });
});
