import { type Country, isTerritory, type NotFirst } from "#country/index.ts";
import { fallbacksOf } from "./absences-of.ts";
import { type Competences, type Competent, competencesOf, isTypeNotFirst, type Matter } from "./competence.ts";
import { type Absence, type Directory, isActive, type Listed, type OpenDesk } from "./directory.ts";
import { houseOf } from "./house.ts";
import { whereItHappens } from "./where-it-happens.ts";

/** A matter at a place: the municipality, and the institution where it happens when it is known. */
export interface Placed extends Matter {
  readonly territory: string;
  readonly institutionId?: string | undefined;
}

/** Why another institution answers than the rule names; `standsIn` says of which type the next one is. */
export type Detour = "notNamed" | "noneHere" | "ended" | "absent" | "nobodyThere" | "notFirst" | "standsIn" | "tooMany";

export interface Step {
  readonly because: Detour;
  /** Whom it passes over; undefined where there is no such institution. */
  readonly passed: Listed | undefined;
  readonly type: string;
  /** Until when somebody is absent. */
  readonly until?: number;
  /** The fallbacks it goes on to. */
  readonly to?: readonly Listed[];
}

/** One body that receives a matter, how it was found, and by which rules. */
export interface Answering extends Competent {
  readonly institution: Listed;
  readonly desks: readonly OpenDesk[];
  readonly steps: readonly Step[];
  /** Each type that it answers for, with the way that led to it: without a step it is competent itself. */
  readonly ways: readonly Way[];
}

export interface Way extends Competent {
  readonly steps: readonly Step[];
}

/** A rule that asks for somebody whom nobody can be found for. */
export interface Hole extends Competent {
  readonly steps: readonly Step[];
}

export interface Resolution {
  readonly answering: readonly Answering[];
  readonly holes: readonly Hole[];
  /** Who must not be the first to know, and why. */
  readonly notFirst: readonly NotFirst[];
  /** Where the institution that is named stands in another town than the one typed: its own was taken. */
  readonly otherTown: { readonly typed: string; readonly taken: string } | undefined;
}

type Land = Pick<Country, "territories" | "competence">;

/**
 * Finds the desks that answer for a matter: for each competent type the institution where it happens or the one whose
 * area is smallest, passing over whoever is absent or has nobody who could open a report.
 * Nobody is found twice; a stand-in that must not be the first to know is passed over too.
 */
export function resolve(country: Land, directory: Directory, placed: Placed): Resolution {
  const competences = competencesOf(country.competence, placed);
  const search = newSearch(country, directory, placed, competences.notFirst);
  const found = competentsAt(search, competences).map((competent) => findFor(search, competent));
  return {
    answering: withoutRepetition(found.filter((each) => "institution" in each)),
    holes: found.filter((each) => !("institution" in each)),
    notFirst: competences.notFirst,
    otherTown:
      isTerritory(country, placed.territory) && search.territory !== placed.territory
        ? { typed: placed.territory, taken: search.territory }
        : undefined,
  };
}

/** What stays the same while one matter is resolved. */
export interface Search {
  readonly country: Land;
  readonly directory: Directory;
  readonly territory: string;
  /** The institution where it happens. */
  readonly named: Listed | undefined;
  readonly notFirst: readonly NotFirst[];
  mayBeFirst(institution: Listed): boolean;
}

/** Begins the search for who answers where it happens. */
export function newSearch(
  country: Land,
  directory: Directory,
  placed: Pick<Placed, "territory" | "setting" | "institutionId">,
  notFirst: readonly NotFirst[],
): Search {
  const named = placed.institutionId === undefined ? undefined : directory.find(placed.institutionId);
  const isOfHouse =
    named && notFirst.some(({ house }) => house) ? houseOf(country.competence, directory, named) : () => false;
  return {
    country,
    directory,
    territory: whereItHappens(country, placed, named),
    named,
    notFirst,
    mayBeFirst: (institution) => !isTypeNotFirst(notFirst, institution.type) && !isOfHouse(institution),
  };
}

/**
 * The rules name every kind of school, but it happens in one: the one that is named, or whoever stands in for schools.
 * Where a rule asks for the school only if it is named, nobody stands in for one that is not.
 */
export function competentsAt({ named }: Pick<Search, "named">, { answering }: Competences): readonly Competent[] {
  const places = answering.filter(isPlace);
  const kept =
    places.find(({ type }) => type === named?.type) ??
    places.find(({ rules }) => rules.some(({ ifNamed }) => !ifNamed));
  return answering.filter((each) => each === kept || !places.includes(each));
}

const isPlace = ({ rules }: Competent) => rules.some(({ place }) => place);

/** Finds who answers of one type, or by way of whoever stands in for it. */
export function findFor(search: Search, competent: Competent): Answering | Hole {
  const { directory, named } = search;
  const { standIns } = search.country.competence;
  const trail: Trail = { steps: [], visited: new Set(), passed: 0 };
  const { steps } = trail;
  for (let type: string | undefined = competent.type; type !== undefined; type = standIns[type]) {
    if (type !== competent.type) steps.push({ because: "standsIn", passed: undefined, type });
    trail.passed = 0;
    if (isTypeNotFirst(search.notFirst, type)) {
      steps.push({ because: "notFirst", passed: undefined, type });
      continue;
    }
    const atPlace = type === competent.type && isPlace(competent);
    const listed = atPlace ? (named?.type === type ? [named] : []) : directory.covering(type, search.territory);
    if (listed.length === 0) steps.push({ because: atPlace ? "notNamed" : "noneHere", passed: undefined, type });
    for (const each of supervisorsFirst(listed, steps)) {
      const institution = follow(search, each, trail);
      if (institution) {
        return { ...competent, institution, desks: institution.desks, steps, ways: [{ ...competent, steps }] };
      }
    }
  }
  return { ...competent, steps };
}

/** A country has many ministries: the one above whoever was passed over knows the matter. */
function supervisorsFirst(listed: readonly Listed[], steps: readonly Step[]): readonly Listed[] {
  const above = new Set(steps.map(({ passed }) => passed?.supervisorId));
  return [...listed.filter(({ id }) => above.has(id)), ...listed.filter(({ id }) => !above.has(id))];
}

/** After so many were passed over for one type no fallback is followed, since a file may chain thousands of them. */
export const MOST_PASSED = 20;

/** What was tried so far. */
interface Trail {
  readonly steps: Step[];
  readonly visited: Set<string>;
  /** How many were passed over for the type that is looked for now. */
  passed: number;
}

/** Goes from an institution to its fallbacks, those for its absence first, until somebody is there. */
function follow(search: Search, first: Listed, trail: Trail): Listed | undefined {
  const waiting = [first];
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    if (trail.visited.has(each.id)) continue;
    trail.visited.add(each.id);
    const step = stepAt(search, each, trail);
    if (!step) return each;
    trail.passed++;
    if (trail.passed <= MOST_PASSED) trail.steps.push(step);
    if (trail.passed === MOST_PASSED + 1) trail.steps.push({ because: "tooMany", passed: undefined, type: step.type });
    if (trail.passed > MOST_PASSED) return undefined;
    waiting.push(...(step.to ?? []).toReversed());
  }
  return undefined;
}

/** Why an institution is passed over, and whom it goes on to; undefined where somebody is there. */
function stepAt(search: Search, each: Listed, trail: Trail): Step | undefined {
  const { at, find } = search.directory;
  const absences = each.absences.filter(({ from, to }) => from <= at && at < to);
  const because = detourOf(search, each, absences);
  if (!because) return undefined;
  const to = fallbacksOf(each, because === "absent" ? absences : [])
    .filter((id) => !trail.visited.has(id))
    .flatMap((id) => find(id) ?? []);
  const until = because === "absent" ? { until: Math.max(...absences.map((absence) => absence.to)) } : {};
  return { because, passed: each, type: each.type, ...until, ...(to.length > 0 ? { to } : {}) };
}

function detourOf(search: Search, each: Listed, absences: readonly Absence[]): Detour | undefined {
  if (!search.mayBeFirst(each)) return "notFirst";
  if (!isActive(each, search.directory.at)) return "ended";
  if (absences.length > 0) return "absent";
  return each.desks.length === 0 ? "nobodyThere" : undefined;
}

function withoutRepetition(all: readonly Answering[]): readonly Answering[] {
  const found = new Map<string, Answering>();
  for (const each of all) {
    const known = found.get(each.institution.id);
    found.set(each.institution.id, known ? together(known, each) : each);
  }
  return [...found.values()];
}

/** One body that answers by several rules says each of them, and each way to it, once. */
function together(one: Answering, other: Answering): Answering {
  return {
    ...one,
    rules: [...new Set([...one.rules, ...other.rules])],
    steps: [...new Map([...one.steps, ...other.steps].map((step) => [keyOf(step), step])).values()],
    ways: [...one.ways, ...other.ways],
  };
}

const keyOf = ({ because, passed, type }: Step) => `${because} ${type} ${passed?.id ?? ""}`;
