import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { canAnswer, competencesOf } from "#institutions/competence.ts";

const { competence, codeLists } = loadCountry("RS");
const codes = (list: keyof typeof codeLists) => codeLists[list].map(({ code }) => code);
const typesFor = (forms: readonly string[], setting?: string, harmer?: string, level?: string, age?: string) =>
  competencesOf(competence, { forms, setting, harmer, level, age }).answering.map(({ type }) => type);

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

  it("comes to every type of institution, by a rule or in the place of another, but the triage team and associations", () => {
    expect(codes("institution_type").filter((type) => !canAnswer(competence, type))).toEqual(["triage", "ngo"]);
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
    expect(typesFor(["physical"], "education", "school_staff")).toEqual([
      "edu_inspection",
      "school_admin",
      "csw",
      "police",
    ]);
  });

  it("asks the school where pupils harm in school, and bodies outside it too at the third level", () => {
    expect(typesFor(["physical"], "education", "peer")).toContain("primary_school");
    expect(typesFor(["physical"], "education", "peer")).not.toContain("police");
    expect(typesFor(["physical"], "education", "peer", "l3")).toEqual(
      expect.arrayContaining(["primary_school", "csw", "health", "police", "school_admin"]),
    );
  });

  it("asks the guardianship body and the police where a parent harms", () => {
    expect(typesFor(["physical"], "family", "parent")).toEqual(["csw", "police"]);
  });

  it("takes what nobody has said as not known, and still asks somebody", () => {
    expect(typesFor([])).toEqual(["csw"]);
    expect(typesFor(["unsure"], undefined, undefined)).toEqual(["csw"]);
  });

  it("asks no prosecutor about a child under 14, but social protection and health; the police from 14 on", () => {
    expect(typesFor(["sexual"], "community", "peer")).toContain("basic_prosecutor");
    expect(typesFor(["sexual"], "community", "peer", undefined, "14")).toContain("basic_prosecutor");
    const young = typesFor(["sexual"], "community", "peer", undefined, "11_13");
    expect(young).not.toContain("basic_prosecutor");
    expect(young).toEqual(expect.arrayContaining(["csw", "health"]));
    expect(typesFor(["physical"], "community", "peer", undefined, "11_13")).not.toContain("police");
    expect(typesFor(["physical"], "community", "peer", undefined, "15")).toContain("police");
  });

  it("asks the police about a child under 14 only where adults may stand behind it, never for the level alone", () => {
    const third = (age?: string) => typesFor(["physical"], "education", "peer", "l3", age);
    expect(third("11_13")).toEqual(expect.arrayContaining(["primary_school", "csw", "health", "school_admin"]));
    expect(third("11_13")).not.toContain("police");
    for (const age of ["14", "18_plus", "unknown", undefined]) expect(third(age), age).toContain("police");
    for (const form of ["sexual", "trafficking", "weapon_threat", "substances"]) {
      const { answering } = competencesOf(competence, {
        ...{ forms: [form], setting: "education", harmer: "peer", level: undefined, age: "7_10" },
      });
      const rules = answering.find(({ type }) => type === "police")?.rules ?? [];
      expect(rules.map(({ basis }) => basis.en).join(), form).toMatch(/under 14|however old the child/);
    }
  });

  it("tells the centre for social work where a pupil harms an employee", () => {
    expect(typesFor(["violence_vs_staff"], "education", "peer")).toEqual(
      expect.arrayContaining(["primary_school", "csw"]),
    );
  });

  it("gives every rule, also who must not be first, a basis, a source and no lawyer's word yet", () => {
    const rules = [...competence.rules, competence.otherwise, ...competence.notFirst];
    expect(rules.filter(({ basis, source }) => !basis.sr || !basis.en || !source)).toEqual([]);
    expect(rules.filter(({ verified }) => verified)).toEqual([]);
  });

  it("does not ask the police where an official harms: the official may be a policeman", () => {
    expect(typesFor(["physical"], "community", "official")).toEqual(["basic_prosecutor", "ombudsman"]);
  });
});
