import { areasAround, type Country } from "#country/index.ts";
import {
  absencesOf,
  type Behind,
  type Covering,
  fallbacksOf,
  findInstitution,
  type Institution,
  listAbsencesNow,
  listCovering,
  listInstitutions,
  listTypesCovering,
} from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { areasNear, isPublic, typesFor, type Wanted } from "./find-places.ts";
import type { Around } from "./found-institution.ts";

/** As many as one page lists. */
export const FOUND_A_PAGE = 20;

export interface Found extends Around {
  readonly here: readonly Institution[];
  /** What the next page begins behind, or undefined on the last. */
  readonly next: string | undefined;
  /** Of the types of which nobody is listed here: those of neighbouring municipalities; on the last page only. */
  readonly near: readonly Institution[];
}

/** Finds who answers for a need at a place, one page of them, and where nobody does, who does nearby. */
export async function findInstitutions(
  reader: Reader,
  country: Country,
  { place, need }: Wanted,
  { at, after }: { readonly at: number; readonly after: string | undefined },
): Promise<Found> {
  const search = { areas: areasAround(country, place), types: typesFor(country, need), at };
  const behind = await readBehind(reader, after);
  const rows = await listCovering(reader, search, { behind, most: FOUND_A_PAGE + 1 });
  const shown = rows.slice(0, FOUND_A_PAGE);
  const last = shown.at(-1);
  const more = rows.length > shown.length && last !== undefined;
  // Whoever asks for everybody asks for this place.
  const near = more || !need ? [] : await findNear(reader, country, place, search);
  const here = shown.map(({ institution }) => institution);
  return {
    here,
    near,
    next: more ? writeBehind(last) : undefined,
    ...(await lookAround(reader, country, [...here, ...near], at)),
  };
}

/** The absences of institutions, and those whom the public can turn to in the meantime. */
export async function lookAround(
  reader: Reader,
  country: Country,
  rows: readonly Institution[],
  at: number,
): Promise<Around> {
  const absences = await listAbsencesNow(reader, rows, at);
  const ids = rows.flatMap((row) => {
    const closing = absencesOf(country, row, absences);
    return closing.length === 0 ? [] : fallbacksOf(row, closing);
  });
  // Also institutions that have ended are found by their id.
  const standIns = (await listInstitutions(reader, [...new Set(ids)])).filter((row) => isPublic(row, at));
  return { absences, standIns: new Map(standIns.map((row) => [row.id, row])) };
}

async function findNear(
  reader: Reader,
  country: Country,
  place: string,
  search: Parameters<typeof listCovering>[1],
): Promise<readonly Institution[]> {
  const areas = areasNear(country, place);
  if (areas.length === 0) return [];
  const known = await listTypesCovering(reader, search);
  const types = search.types.filter((type) => !known.has(type));
  const rows = await listCovering(reader, { ...search, areas, types }, { most: FOUND_A_PAGE });
  return rows.map(({ institution }) => institution);
}

/** Where a page ends, in an address: numbers and an id, no name. */
function writeBehind({ type, area, institution }: Covering): string {
  return `${type}.${area}.${institution.id}`;
}

/** An institution that is gone begins from the start. */
async function readBehind(reader: Reader, text: string | undefined): Promise<Behind | undefined> {
  const [, type, area, id] = /^(\d{1,3})\.(\d{1,3})\.([\w-]{1,64})$/.exec(text ?? "") ?? [];
  const row = id === undefined ? undefined : await findInstitution(reader, id);
  return row && { type: Number(type), area: Number(area), searchName: row.searchName, id: row.id };
}
