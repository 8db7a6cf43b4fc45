import { areasAround, type Country, municipalities, WHOLE_COUNTRY } from "#country/index.ts";

/** 0 nobody, 1 staff of educational institutions, 2 staff of all institutions, 3 everyone. */
export const STAGES = [0, 1, 2, 3] as const;
export type Stage = (typeof STAGES)[number];

/** Who reports: anybody, or somebody at work in a school or in another institution, for a child. */
export type Reporting = "public" | "educational" | "partner";

/** Who may report in a territory of any kind, or in the whole country, from a moment on. */
export interface Opening {
  readonly territory: string;
  readonly stage: number;
  readonly from: number;
}

/** What holds at one moment: for each territory that a row names, the latest row's stage. */
export type Plan = ReadonlyMap<string, Stage>;

const FROM: Readonly<Record<Reporting, Stage>> = { educational: 1, partner: 2, public: 3 };
const OPEN: Stage = 3;

export function mayReport(stage: Stage, who: Reporting): boolean {
  return stage >= FROM[who];
}

/** The staff of an institution of this type report as what. */
export function reportingOf(
  { educationalTypes }: Pick<Country, "educationalTypes">,
  type: string,
): Exclude<Reporting, "public"> {
  return educationalTypes.includes(type) ? "educational" : "partner";
}

export function planAt(openings: readonly Opening[], at: number): Plan {
  const latest = new Map<string, Opening>();
  for (const each of openings) {
    const known = latest.get(each.territory);
    if (each.from <= at && (!known || known.from <= each.from)) latest.set(each.territory, each);
  }
  return new Map([...latest].map(([territory, { stage }]) => [territory, stageFrom(stage)]));
}

/** The stage of a place: that of the smallest territory around it that a row names; where none does, all is open. */
export function stageIn(country: Country, plan: Plan, place: string): Stage {
  for (const area of areasAround(country, place)) {
    const stage = plan.get(area);
    if (stage !== undefined) return stage;
  }
  return OPEN;
}

export function stageAt(country: Country, openings: readonly Opening[], place: string, at: number): Stage {
  return stageIn(country, planAt(openings, at), place);
}

/** When these people may first report from a place, if a row says so. */
export function opensAt(
  country: Country,
  openings: readonly Opening[],
  place: string,
  { at, who }: { readonly at: number; readonly who: Reporting },
): number | undefined {
  const areas = areasAround(country, place);
  const moments = openings.filter(({ territory, from }) => areas.includes(territory) && from > at);
  return moments
    .map(({ from }) => from)
    .toSorted((one, other) => one - other)
    .find((from) => mayReport(stageAt(country, openings, place, from), who));
}

/** Every municipality, and a place that nobody knows. */
export function placesOf(country: Country): readonly string[] {
  return [...municipalities(country).map(({ code }) => code), WHOLE_COUNTRY];
}

/** Whether everybody may report from every place, so that nobody need be asked for one first. */
export function isOpenEverywhere(country: Country, plan: Plan): boolean {
  return placesOf(country).every((place) => stageIn(country, plan, place) === OPEN);
}

export function isOpenSomewhere(country: Country, plan: Plan, who: Reporting): boolean {
  return placesOf(country).some((place) => mayReport(stageIn(country, plan, place), who));
}

/** The places where fewer people may report by the second plan than by the first. */
export function closedBy(country: Country, before: Plan, after: Plan): readonly string[] {
  return placesOf(country).filter((place) => stageIn(country, after, place) < stageIn(country, before, place));
}

/**
 * The places where at some moment fewer people may report by the second lines than by the first.
 * @param changed the line that only one of both has; it decides nothing any more once its territory's next one begins
 */
export function closedByLine(
  country: Country,
  before: readonly Opening[],
  after: readonly Opening[],
  { territory, from }: Opening,
): readonly string[] {
  const later = before.filter((line) => line.from > from);
  const next = Math.min(...later.filter((line) => line.territory === territory).map((line) => line.from));
  const moments = new Set([from, ...later.map((line) => line.from).filter((moment) => moment < next)]);
  const closed = new Set(
    [...moments].flatMap((moment) => closedBy(country, planAt(before, moment), planAt(after, moment))),
  );
  return placesOf(country).filter((place) => closed.has(place));
}

function stageFrom(stored: number): Stage {
  return STAGES.find((stage) => stage === stored) ?? 0;
}
