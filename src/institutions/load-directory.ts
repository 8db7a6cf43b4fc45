import type { Country } from "#country/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { competencesOf } from "./competence.ts";
import {
  type Absence,
  areasOf,
  type Directory,
  directoryOf,
  type Listed,
  type OpenDesk,
  WHOLE_COUNTRY,
} from "./directory.ts";
import type { Placed } from "./resolve.ts";
import {
  type AbsenceRow,
  listAbsencesAt,
  listAbsencesOf,
  listCovering,
  listRouted,
  listRoutedAfter,
  type RoutedRow,
} from "./routing-store.ts";

/** Which desks have somebody who can open a report, by their institution; who works where is known above. */
export type ListStaffed = (
  reader: Reader,
  institutionIds: readonly string[] | undefined,
) => Promise<ReadonlyMap<string, readonly OpenDesk[]>>;

type Land = Pick<Country, "territories" | "competence">;

/**
 * Loads what one matter needs and nothing else: who covers its municipality, the institution where it happens, and
 * whomever their fallbacks, absences and parent bodies lead to. It resolves as the whole directory does.
 */
export async function loadDirectory(
  reader: Reader,
  country: Land,
  placed: Placed,
  at: number,
  listStaffed: ListStaffed,
): Promise<Directory> {
  const parents = parentsIn(country);
  const ofTypes = await listAbsencesAt(reader, at, "types");
  const named = placed.institutionId === undefined ? [] : await listRouted(reader, [placed.institutionId]);
  const territory = parents.has(placed.territory) ? placed.territory : (named[0]?.territory ?? placed.territory);
  const covering = await listCovering(reader, areasOf(parents, territory), reachableTypes(country, placed));
  const rows = new Map<string, RoutedRow>();
  const absences: AbsenceRow[] = [...ofTypes];
  for (let found = [...named, ...covering]; found.length > 0; ) {
    for (const row of found) rows.set(row.id, row);
    const own = await listAbsencesOf(reader, idsOf(found), at);
    absences.push(...own);
    const led = [...found.flatMap(({ fallbackId, parentId }) => [fallbackId, parentId]), ...fallbacksOf(absences)];
    found = await listRouted(
      reader,
      [...new Set(led)].filter((id) => id !== null).filter((id) => !rows.has(id)),
    );
  }
  const desks = await listStaffed(reader, [...rows.keys()]);
  return directoryOf(country, listedFrom(parents, [...rows.values()], absences, desks), at);
}

const CHUNK = 500;

/** Loads everything, in pieces between which `pause` lets others work. */
export async function loadWholeDirectory(
  read: <T>(work: (reader: Reader) => Promise<T>) => Promise<T>,
  country: Land,
  at: number,
  listStaffed: ListStaffed,
  pause: () => Promise<void> = async () => undefined,
): Promise<Directory> {
  const rows: RoutedRow[] = [];
  for (let full = true; full; ) {
    const chunk = await read((reader) => listRoutedAfter(reader, rows.at(-1)?.id ?? "", CHUNK));
    rows.push(...chunk);
    full = chunk.length === CHUNK;
    await pause();
  }
  const absences = await read((reader) => listAbsencesAt(reader, at));
  const desks = new Map<string, readonly OpenDesk[]>();
  for (let from = 0; from < rows.length; from += CHUNK) {
    const ids = idsOf(rows.slice(from, from + CHUNK));
    for (const [id, found] of await read((reader) => listStaffed(reader, ids))) desks.set(id, found);
    await pause();
  }
  const listed = listedFrom(parentsIn(country), rows, absences, desks);
  await pause();
  return directoryOf(country, listed, at);
}

function parentsIn({ territories }: Land): ReadonlyMap<string, string | null> {
  return new Map(territories.map(({ code, parent }) => [code, parent]));
}

/** The types that the rules ask for, with everybody who stands in; a place is named, not looked for. */
function reachableTypes({ competence }: Land, placed: Placed): readonly string[] {
  const types = new Set<string>();
  for (const { type, rules } of competencesOf(competence, placed).answering) {
    const first = rules.some(({ place }) => place) ? competence.standIns[type] : type;
    for (let each: string | undefined = first; each !== undefined; each = competence.standIns[each]) types.add(each);
  }
  return [...types];
}

const idsOf = (rows: readonly RoutedRow[]) => rows.map(({ id }) => id);
const fallbacksOf = (absences: readonly AbsenceRow[]) => absences.map(({ fallbackId }) => fallbackId);

function listedFrom(
  parents: ReadonlyMap<string, string | null>,
  rows: readonly RoutedRow[],
  absences: readonly AbsenceRow[],
  desks: ReadonlyMap<string, readonly OpenDesk[]>,
): readonly Listed[] {
  const inOrder = absences.toSorted((one, other) => one.from - other.from || (one.id < other.id ? -1 : 1));
  const own = new Map<string, AbsenceRow[]>();
  for (const each of inOrder) {
    if (each.institutionId !== null) own.set(each.institutionId, [...(own.get(each.institutionId) ?? []), each]);
  }
  const ofTypes = inOrder.filter(({ type }) => type !== null);
  return rows.map((row) => {
    const areas = areasOf(parents, row.territory);
    const shared = ofTypes.filter(
      ({ type, territory }) => type === row.type && areas.includes(territory ?? WHOLE_COUNTRY),
    );
    return { ...row, absences: [...(own.get(row.id) ?? []), ...shared].map(absenceOf), desks: desks.get(row.id) ?? [] };
  });
}

function absenceOf({ from, to, fallbackId }: AbsenceRow): Absence {
  return { from, to, fallbackId };
}
