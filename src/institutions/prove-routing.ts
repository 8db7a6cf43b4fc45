import type { CodeListName, Competence, Country } from "#country/index.ts";
import { atOnce } from "#platform/jobs/in-turns.ts";
import { competencesOf, type Matter, NOT_SAID } from "./competence.ts";
import type { Directory } from "./directory.ts";
import { competentsAt, findFor, newSearch } from "./resolve.ts";

/** A type of institution that some rule asks for in a municipality and that has nobody there itself. */
export interface RoutingHole {
  readonly territory: string;
  readonly type: string;
  /** Combinations that find nobody for it, and those of them that nobody answers at all. */
  readonly missing: number;
  readonly unanswered: number;
  /** Combinations in which only a body of another type is found for it: a stand-in, or a fallback of another type. */
  readonly standsIn: number;
  /** One combination that misses it, or else one in which somebody stands in, in codes. */
  readonly example: { readonly form: string; readonly setting: string; readonly harmer: string };
}

export interface RoutingProof {
  readonly combinations: number;
  /** Those that nobody answers, and those in which at least one rule finds nobody. */
  readonly unanswered: number;
  readonly incomplete: number;
  readonly holes: readonly RoutingHole[];
}

/** Who is asked for in some combinations of form, setting, harmer, level and age: the same in every municipality. */
interface Demand {
  readonly asked: readonly Asked[];
  count: number;
  example: RoutingHole["example"];
  /** The example needs no level and no age to be true. */
  plain: boolean;
}

/** One type to look for among those who may know first. */
interface Asked {
  readonly key: string;
  readonly competent: Parameters<typeof findFor>[1];
  readonly notFirst: ReturnType<typeof competencesOf>["notFirst"];
}

/**
 * Tries every municipality with every form, setting, kind of person who harms, level and age of that person, where no
 * institution is named. It uses what resolves one matter, once for whatever must come out alike: competence does not
 * depend on the municipality, and who covers it only on the type and on who must not be first.
 * @yields after each piece of work, so that a server can do others between them
 */
export function* provingSteps(
  country: Pick<Country, "competence" | "codeLists" | "territories">,
  directory: Directory,
): Generator<void, RoutingProof> {
  const demands = new Map<string, Demand>();
  for (const form of codesOf(country, "violence_form")) {
    for (const setting of codesOf(country, "environment")) {
      addDemands(country, demands, { form, setting });
      yield;
    }
  }
  const plainFirst = [...demands.values()].sort((one, other) => Number(other.plain) - Number(one.plain));
  const proof = { combinations: 0, unanswered: 0, incomplete: 0, holes: [] as RoutingHole[] };
  for (const { code, kind } of country.territories) {
    if (kind !== "municipality") continue;
    tryPlace(country, directory, code, plainFirst, proof);
    yield;
  }
  return proof;
}

/** The same at once, for whoever has nothing else to do. */
export function proveRouting(...asked: Parameters<typeof provingSteps>): RoutingProof {
  return atOnce(provingSteps(...asked));
}

type Land = Parameters<typeof provingSteps>[0];

const codesOf = ({ codeLists }: Pick<Land, "codeLists">, list: CodeListName) => codeLists[list].map(({ code }) => code);

function addDemands(
  country: Land,
  demands: Map<string, Demand>,
  { form, setting }: { readonly form: string; readonly setting: string },
): void {
  const { competence } = country;
  const levels = [undefined, ...kindsOf(competence, "levels")];
  const ages = [undefined, ...kindsOf(competence, "ages")];
  for (const harmer of codesOf(country, "perpetrator_type")) {
    for (const level of levels) {
      for (const age of ages) {
        const asked = askedFor(competence, { forms: [form], setting, harmer, level, age });
        const key = asked.map((each) => each.key).join();
        const plain = level === undefined && age === undefined;
        const example = { form, setting, harmer };
        const known = demands.get(key);
        if (known) known.count++;
        if (!known) demands.set(key, { asked, count: 1, example, plain });
        else if (plain && !known.plain) Object.assign(known, { example, plain });
      }
    }
  }
}

/** One code for each group that no rule tells apart: all children under 14 are alike, and who is like the unsaid is none. */
export function kindsOf({ rules, otherwise, notFirst }: Competence, part: "levels" | "ages"): readonly string[] {
  const all = [...rules, otherwise, ...notFirst];
  const speakOf = (code: string) => all.flatMap((rule, at) => (rule[part]?.includes(code) ? [at] : [])).join();
  const unsaid = speakOf(NOT_SAID[part]);
  const kinds = new Map<string, string>();
  for (const code of all.flatMap((rule) => rule[part] ?? [])) {
    const spokenOf = speakOf(code);
    if (spokenOf !== unsaid && !kinds.has(spokenOf)) kinds.set(spokenOf, code);
  }
  return [...kinds.values()];
}

function askedFor(competence: Competence, matter: Matter): readonly Asked[] {
  const competences = competencesOf(competence, matter);
  const { notFirst } = competences;
  const except = [...new Set(notFirst.flatMap(({ types }) => types))].sort().join("+");
  return competentsAt({ named: undefined }, competences).map((competent) => {
    const place = competent.rules.some((rule) => rule.place) ? "here" : "any";
    return { key: `${competent.type} ${place} ${except}`, competent, notFirst };
  });
}

function tryPlace(
  country: Land,
  directory: Directory,
  territory: string,
  demands: readonly Demand[],
  proof: { combinations: number; unanswered: number; incomplete: number; holes: RoutingHole[] },
): void {
  const known = new Map<string, Found>();
  const findOnce = (asked: Asked): Found => {
    const found = known.get(asked.key) ?? foundFor(country, directory, territory, asked);
    known.set(asked.key, found);
    return found;
  };
  const holes = new Map<string, Tally>();
  const tally = (type: string, standsIn: boolean, example: Demand["example"]): Tally => {
    const one = holes.get(type) ?? { missing: 0, unanswered: 0, standsIn: 0, example };
    // An example of what is missing says more than one of a stand-in.
    if (!standsIn && one.missing === 0) one.example = example;
    holes.set(type, one);
    return one;
  };
  for (const { asked, count, example } of demands) {
    const missing = asked.filter((each) => findOnce(each) === "nobody");
    const unanswered = missing.length === asked.length ? count : 0;
    proof.combinations += count;
    proof.unanswered += unanswered;
    proof.incomplete += missing.length > 0 ? count : 0;
    for (const { competent } of missing) {
      const hole = tally(competent.type, false, example);
      hole.missing += count;
      hole.unanswered += unanswered;
    }
    for (const each of asked) {
      if (findOnce(each) === "standIn") tally(each.competent.type, true, example).standsIn += count;
    }
  }
  for (const [type, hole] of holes) proof.holes.push({ territory, type, ...hole });
}

interface Tally {
  missing: number;
  unanswered: number;
  standsIn: number;
  example: Demand["example"];
}

type Found = "itself" | "standIn" | "nobody";

/** Who is found for one type: whoever stands in for a place that is not named stands in for nobody who is missing. */
function foundFor(country: Land, directory: Directory, territory: string, { competent, notFirst }: Asked): Found {
  const found = findFor(newSearch(country, directory, { territory, setting: undefined }, notFirst), competent);
  if (!("institution" in found)) return "nobody";
  const isPlace = competent.rules.some(({ place }) => place);
  return isPlace || found.institution.type === competent.type ? "itself" : "standIn";
}
