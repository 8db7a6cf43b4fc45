import { areasAround, type Competence, type Country } from "#country/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { AbsenceRow } from "./absence-store.ts";
import { absencesOf, fallbacksOf } from "./absences-of.ts";
import { appendTo } from "./append-to.ts";
import { type Competent, competencesOf, isTypeNotFirst } from "./competence.ts";
import { type Absence, type Directory, directoryOf, isActive, type Listed, type OpenDesk } from "./directory.ts";
import { MOST_PASSED, type Placed } from "./resolve.ts";
import {
  listAbsencesAt,
  listAbsencesOf,
  listCovering,
  listRouted,
  listRoutedAfter,
  type RoutedRow,
} from "./routing-store.ts";
import { whereItHappens } from "./where-it-happens.ts";

/** Which desks have somebody who can open a report, by their institution; who works where is known above. */
export type ListStaffed = (
  reader: Reader,
  institutionIds: readonly string[] | undefined,
) => Promise<ReadonlyMap<string, readonly OpenDesk[]>>;

type Land = Pick<Country, "territories" | "competence">;

/**
 * Loads what one matter needs and nothing else: who covers its municipality, the institution where it happens, and
 * whomever their fallbacks and absences lead to where they may be passed over. It resolves as the whole directory does.
 */
export async function loadDirectory(
  reader: Reader,
  country: Land,
  placed: Placed,
  at: number,
  listStaffed: ListStaffed,
): Promise<Directory> {
  const { answering, notFirst } = competencesOf(country.competence, placed);
  const absences = await listAbsencesAt(reader, at, "types");
  const named = placed.institutionId === undefined ? [] : await listRouted(reader, [placed.institutionId]);
  const areas = areasAround(country, whereItHappens(country, placed, named[0]));
  const covering = await listCovering(reader, areas, reachableTypes(country.competence, answering));
  const hasHouse = notFirst.some(({ house }) => house) && named.length > 0;
  const above = hasHouse ? await listAbove(reader, named) : [];
  const houses = new Set(idsOf([...named, ...above]));
  const all = new Map<string, Listed>();
  let fallbacks = 0;
  for (let found = [...named, ...above, ...covering]; found.length > 0; fallbacks++) {
    const ids = [...new Set(idsOf(found))];
    const running = [...absences, ...(await listAbsencesOf(reader, ids, at))];
    const listed = listedFrom(country, found, running, await listStaffed(reader, ids));
    for (const each of listed) all.set(each.id, each);
    // Whoever is there ends the search, so that nobody behind matters.
    const passed = listed.filter((each) => {
      const ofHouse = hasHouse && (each.parentId !== null || houses.has(each.id));
      return ofHouse || !isThere(each, at) || isTypeNotFirst(notFirst, each.type);
    });
    const led = passed.flatMap((each) => [
      ...(fallbacks < MOST_PASSED ? fallbacksOf(each, each.absences) : []),
      hasHouse ? each.parentId : null,
    ]);
    found = await listRouted(
      reader,
      [...new Set(led)].filter((id) => id !== null).filter((id) => !all.has(id)),
    );
  }
  return directoryOf(country, [...all.values()], at);
}

/** The bodies above an institution, one by one. */
async function listAbove(reader: Reader, [first]: readonly RoutedRow[]): Promise<readonly RoutedRow[]> {
  const above: RoutedRow[] = [];
  for (let parentId = first?.parentId ?? null; parentId !== null; ) {
    const [parent] = await listRouted(reader, [parentId]);
    if (!parent || parent.id === first?.id || above.some(({ id }) => id === parent.id)) break;
    above.push(parent);
    parentId = parent.parentId;
  }
  return above;
}

/** Somebody could open a report there now. */
function isThere(each: Listed, at: number): boolean {
  return isActive(each, at) && each.absences.length === 0 && each.desks.length > 0;
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
  const listed = listedFrom(country, rows, absences, desks);
  await pause();
  return directoryOf(country, listed, at);
}

/** The types that the rules ask for, with everybody who stands in; a place is named, not looked for. */
function reachableTypes({ standIns }: Competence, answering: readonly Competent[]): readonly string[] {
  const types = new Set<string>();
  for (const { type, rules } of answering) {
    const first = rules.some(({ place }) => place) ? standIns[type] : type;
    for (let each: string | undefined = first; each !== undefined; each = standIns[each]) types.add(each);
  }
  return [...types];
}

const idsOf = (rows: readonly RoutedRow[]) => rows.map(({ id }) => id);

function listedFrom(
  country: Land,
  rows: readonly RoutedRow[],
  absences: readonly AbsenceRow[],
  desks: ReadonlyMap<string, readonly OpenDesk[]>,
): readonly Listed[] {
  const own = new Map<string, AbsenceRow[]>();
  for (const each of absences) {
    if (each.institutionId !== null) appendTo(own, each.institutionId, each);
  }
  const ofTypes = absences.filter(({ type }) => type !== null);
  return rows.map((row) => {
    const ofRow = absencesOf(country, row, [...(own.get(row.id) ?? []), ...ofTypes]);
    return { ...row, absences: ofRow.map(absenceOf), desks: desks.get(row.id) ?? [] };
  });
}

function absenceOf({ from, to, fallbackId }: AbsenceRow): Absence {
  return { from, to, fallbackId };
}
