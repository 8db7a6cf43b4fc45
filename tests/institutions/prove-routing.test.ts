import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CodeListName, type Country, loadCountry, WHOLE_COUNTRY } from "#country/index.ts";
import { directoryOf, type Listed } from "#institutions/directory.ts";
import { kindsOf, proveRouting } from "#institutions/prove-routing.ts";
import { resolve } from "#institutions/resolve.ts";
import { listed, manyListed } from "../support/listed.ts";

const country = loadCountry("RS");
const AT = 1_000;
const prove = (all: readonly Listed[], land: Country = country) => proveRouting(land, directoryOf(land, all, AT));
const without = (all: readonly Listed[], isGone: (each: Listed) => boolean) =>
  all.map((each) => (isGone(each) ? { ...each, desks: [] } : each));

/** All places and types, and few enough forms to prove it again and again. */
const quick = withFew(country, { violence_form: ["physical", "sexual"] });
const many = manyListed(country);
const municipalities = country.territories.filter(({ kind }) => kind === "municipality").map(({ code }) => code);

describe("the proof over the whole country", () => {
  it("tries every municipality, form, setting, kind of person who harms, level and age, and finds no hole", () => {
    const lists = ["violence_form", "environment", "perpetrator_type"] as const;
    const matters = lists.reduce((product, list) => product * country.codeLists[list].length, 1);
    // No level and the third; no age, under 14 and from 14 to 17.
    const combinations = municipalities.length * matters * 2 * 3;
    expect(prove(many)).toEqual({ combinations, unanswered: 0, incomplete: 0, holes: [] });
  });

  it("finds the one hole where the last stand-in has nobody, and everything where nobody works anywhere", () => {
    const gone = ["contact_center", "ministry"];
    const ends = without(
      many,
      ({ type, territory }) => gone.includes(type) || (type === "csw" && territory === "rs-ada"),
    );
    // The centre's fallback is the district's inspection: without it nobody is left in that municipality.
    const { holes } = prove(
      without(ends, ({ type }) => type === "other_inspection"),
      quick,
    );
    expect(holes.filter(({ type }) => type === "csw").map(({ territory }) => territory)).toEqual(["rs-ada"]);
    const [hole] = holes.filter(({ type }) => type === "csw");
    expect(hole?.missing).toBeGreaterThan(0);
    const { example, territory = "" } = hole ?? {};
    const found = resolve(
      country,
      directoryOf(
        country,
        without(ends, ({ type }) => type === "other_inspection"),
        AT,
      ),
      {
        forms: [example?.form ?? ""],
        setting: example?.setting,
        harmer: example?.harmer,
        territory,
      },
    );
    expect(found.holes.map(({ type }) => type)).toContain("csw");
    const nobody = prove(
      without(many, () => true),
      quick,
    );
    expect(nobody.unanswered).toBe(nobody.combinations);
    expect(nobody.incomplete).toBe(nobody.combinations);
    expect(new Set(nobody.holes.map(({ territory: each }) => each)).size).toBe(municipalities.length);
  });

  it("leaves no level and no age out that the rules tell apart", () => {
    const { competence } = country;
    expect(kindsOf(competence, "levels")).toEqual(["l3"]);
    expect(kindsOf(competence, "ages")).toEqual(["14", "0_2"]);
    const [first] = competence.rules;
    const rules = first ? [{ ...first, levels: ["l2", "l3"] }, ...competence.rules] : [];
    expect(kindsOf({ ...competence, rules }, "levels")).toEqual(["l2", "l3"]);
  });
});

/** A country so small that every combination can be resolved one by one. */
function smallLand(): Country {
  const places = ["rs-ada", "rs-senta", "rs-severnobanatski", "rs-vojvodina"];
  const lists = {
    violence_form: ["physical", "sexual", "self_harm_risk"],
    environment: ["education", "health", "digital", "social_protection"],
    perpetrator_type: ["peer", "school_staff", "official", "care_staff"],
  };
  const territories = country.territories.filter(({ code }) => places.includes(code));
  const [first] = country.competence.rules;
  // The same type for the town here and as the place elsewhere: only the town's is looked for.
  const homes = first && { ...first, id: "homes", settings: ["health"], types: ["social_service"], place: undefined };
  const competence = { ...country.competence, rules: [...country.competence.rules, ...(homes ? [homes] : [])] };
  return withFew({ ...country, competence, territories }, lists);
}

/** A country whose lists hold these codes alone. */
function withFew(land: Country, lists: Readonly<Partial<Record<CodeListName, readonly string[]>>>): Country {
  const fewer = Object.entries(land.codeLists).map(([list, items]) => {
    const kept = lists[list as CodeListName];
    return [list, kept ? items.filter(({ code }) => kept.includes(code)) : items];
  });
  return { ...land, codeLists: Object.fromEntries(fewer) };
}

describe("the proof in a small country", () => {
  it("counts what resolving each combination by itself counts", () => {
    const land = smallLand();
    const [form, setting, harmer] = (["violence_form", "environment", "perpetrator_type"] as const).map((list) =>
      land.codeLists[list].map(({ code }) => code),
    );
    const here = ["rs-ada", "rs-senta"];
    const one = fc.record({
      type: fc.constantFrom(
        "csw",
        "police",
        "health",
        "school_admin",
        "ministry",
        "contact_center",
        "primary_school",
        "social_service",
      ),
      territory: fc.constantFrom(...here),
      covers: fc.constantFrom([], [], ["rs-severnobanatski"], [WHOLE_COUNTRY]),
      fallback: fc.option(fc.nat(8), { nil: undefined }),
      staffed: fc.boolean(),
    });
    let incomplete = 0;
    let stoodIn = 0;
    const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
    fc.assert(
      fc.property(fc.array(one, { maxLength: 9 }), (made) => {
        const all = made.map(({ type, territory, covers, fallback, staffed }, at) =>
          listed(`i${at}`, type, territory, {
            covers,
            fallbackId: fallback === undefined ? null : `i${fallback}`,
            ...(staffed ? {} : { desks: [] }),
          }),
        );
        const directory = directoryOf(land, all, AT);
        const counted = { combinations: 0, unanswered: 0, incomplete: 0 };
        const missing = new Map<string, number>();
        const standIns = new Map<string, number>();
        for (const territory of here)
          for (const each of form ?? [])
            for (const where of setting ?? [])
              for (const who of harmer ?? [])
                for (const level of [undefined, "l3"])
                  for (const age of [undefined, "11_13", "14"]) {
                    const matter = { forms: [each], setting: where, harmer: who, level, age, territory };
                    const { answering, holes } = resolve(land, directory, matter);
                    counted.combinations++;
                    if (answering.length === 0) counted.unanswered++;
                    if (holes.length > 0) counted.incomplete++;
                    for (const { type } of holes) add(missing, `${territory} ${type}`);
                    for (const { institution, ways } of answering)
                      for (const { type, rules } of ways)
                        if (institution.type !== type && !rules.some(({ place }) => place))
                          add(standIns, `${territory} ${type}`);
                  }
        const { holes, ...proof } = proveRouting(land, directory);
        expect(proof).toEqual(counted);
        const listedBy = (part: "missing" | "standsIn") =>
          new Map(holes.filter((hole) => hole[part] > 0).map((hole) => [`${hole.territory} ${hole.type}`, hole[part]]));
        expect(listedBy("missing")).toEqual(missing);
        expect(listedBy("standsIn")).toEqual(standIns);
        incomplete += counted.incomplete;
        stoodIn += standIns.size;
      }),
      { numRuns: 8 },
    );
    expect(incomplete).toBeGreaterThan(0);
    expect(stoodIn).toBeGreaterThan(0);
  });
});
