import type { Country } from "#country/index.ts";
import { type Competences, type Competent, competencesOf, type Matter } from "./competence.ts";
import { type Absence, type Directory, isActive, type Listed, type OpenDesk } from "./directory.ts";

/** A matter at a place: the municipality, and the institution where it happens when it is known. */
export interface Placed extends Matter {
  readonly territory: string;
  readonly institutionId?: string | undefined;
}

/** Why another institution answers than the rule names. */
export type Detour = "not-named" | "none-here" | "absent" | "nobody-there" | "not-first";

export interface Step {
  readonly because: Detour;
  /** Whom it passes over; undefined where there is no such institution. */
  readonly passed: Listed | undefined;
  readonly type: string;
}

/** One body that receives a matter, how it was found, and by which rules. */
export interface Answering extends Competent {
  readonly institution: Listed;
  readonly desks: readonly OpenDesk[];
  readonly steps: readonly Step[];
}

/** A rule that asks for somebody whom nobody can be found for. */
export interface Hole extends Competent {
  readonly steps: readonly Step[];
}

export interface Resolution {
  readonly answering: readonly Answering[];
  readonly holes: readonly Hole[];
}

/**
 * Finds the desks that answer for a matter: for each competent type the institution where it happens or the one whose
 * area is smallest, passing over whoever is absent or has nobody who could open a report.
 * Nobody is found twice; a stand-in that must not be the first to know is passed over too.
 */
export function resolve(country: Pick<Country, "competence">, directory: Directory, placed: Placed): Resolution {
  const competences = competencesOf(country.competence, placed);
  const found = oneForThePlace(country, directory, placed, competences.answering).map((competent) =>
    findFor(country, directory, placed, competences, competent),
  );
  return {
    answering: withoutRepetition(found.filter((each) => "institution" in each)),
    holes: found.filter((each) => !("institution" in each)),
  };
}

/** The rules name every kind of school, but it happens in one: the one that is named, or whoever stands in for schools. */
function oneForThePlace(
  { competence }: Pick<Country, "competence">,
  directory: Directory,
  { setting, institutionId }: Placed,
  competents: readonly Competent[],
): readonly Competent[] {
  const kinds = competence.placeTypes[setting ?? ""] ?? [];
  const named = institutionId === undefined ? undefined : directory.find(institutionId)?.type;
  const places = competents.filter(({ type }) => kinds.includes(type));
  const kept = places.find(({ type }) => type === named) ?? places[0];
  return competents.filter((each) => each === kept || !places.includes(each));
}

function findFor(
  country: Pick<Country, "competence">,
  directory: Directory,
  placed: Placed,
  competences: Competences,
  competent: Competent,
): Answering | Hole {
  const { standIns, placeTypes } = country.competence;
  const steps: Step[] = [];
  const visited = new Set<string>();
  const isPlace = placeTypes[placed.setting ?? ""]?.includes(competent.type) ?? false;
  for (let type: string | undefined = competent.type; type !== undefined; type = standIns[type]) {
    if (competences.notFirst.includes(type)) {
      steps.push({ because: "not-first", passed: undefined, type });
      continue;
    }
    const candidates = isPlace && type === competent.type ? atPlace(directory, placed, type) : undefined;
    const listed = candidates ?? directory.covering(type, placed.territory);
    if (listed.length === 0) steps.push({ because: candidates ? "not-named" : "none-here", passed: undefined, type });
    for (const each of listed) {
      const institution = follow(directory, each, competences.notFirst, steps, visited);
      if (institution) return { ...competent, institution, desks: institution.desks, steps };
    }
  }
  return { ...competent, steps };
}

/** The institution where it happens, when the report names it and it is of this type. */
function atPlace(directory: Directory, { institutionId }: Placed, type: string): readonly Listed[] {
  const named = institutionId === undefined ? undefined : directory.find(institutionId);
  return named?.type === type && isActive(named, directory.at) ? [named] : [];
}

/** Goes from an institution to its fallbacks until somebody is there. */
function follow(
  directory: Directory,
  first: Listed,
  notFirst: readonly string[],
  steps: Step[],
  visited: Set<string>,
): Listed | undefined {
  for (let each: Listed | undefined = first; each && !visited.has(each.id); ) {
    visited.add(each.id);
    const absence: Absence | undefined = each.absences.find(
      ({ from, to }) => from <= directory.at && directory.at < to,
    );
    const because = detourOf(each, directory.at, notFirst, absence !== undefined);
    if (!because) return each;
    steps.push({ because, passed: each, type: each.type });
    const next: string | null = absence?.fallbackId ?? each.fallbackId;
    each = next === null ? undefined : directory.find(next);
  }
  return undefined;
}

function detourOf(each: Listed, at: number, notFirst: readonly string[], absent: boolean): Detour | undefined {
  if (notFirst.includes(each.type)) return "not-first";
  if (!isActive(each, at)) return "none-here";
  if (absent) return "absent";
  return each.desks.length === 0 ? "nobody-there" : undefined;
}

function withoutRepetition(all: readonly Answering[]): readonly Answering[] {
  const found = new Map<string, Answering>();
  for (const each of all) {
    const known = found.get(each.institution.id);
    found.set(each.institution.id, known ? { ...known, rules: [...known.rules, ...each.rules] } : each);
  }
  return [...found.values()];
}
