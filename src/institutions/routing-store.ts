import { and, asc, eq, gt, inArray, isNotNull, lte } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import type { AbsenceRow } from "./absence-store.ts";
import { absence, desk, institution, institutionArea } from "./schema.ts";

/** What routing needs of an institution; addresses and phones it does not. */
const COLUMNS = {
  id: institution.id,
  identifier: institution.identifier,
  type: institution.type,
  name: institution.name,
  territory: institution.territory,
  covers: institution.covers,
  activeFrom: institution.activeFrom,
  activeTo: institution.activeTo,
  parentId: institution.parentId,
  fallbackId: institution.fallbackId,
  supervisorId: institution.supervisorId,
};

export type RoutedRow = Awaited<ReturnType<typeof listRouted>>[number];

export async function listRouted(reader: Reader, ids: readonly string[]) {
  return ids.length === 0
    ? []
    : reader
        .select(COLUMNS)
        .from(institution)
        .where(inArray(institution.id, [...ids]));
}

/** The institutions of some types that answer for any of these territories; who answers for two comes twice. */
export async function listCovering(
  reader: Reader,
  territories: readonly string[],
  types: readonly string[],
): Promise<RoutedRow[]> {
  return territories.length === 0 || types.length === 0
    ? []
    : reader
        .select(COLUMNS)
        .from(institutionArea)
        .innerJoin(institution, eq(institution.id, institutionArea.institutionId))
        .where(and(inArray(institutionArea.territory, [...territories]), inArray(institution.type, [...types])));
}

/** A page of the whole registry, by id. */
export async function listRoutedAfter(reader: Reader, after: string, most: number): Promise<RoutedRow[]> {
  return reader
    .select(COLUMNS)
    .from(institution)
    .where(gt(institution.id, after))
    .orderBy(asc(institution.id))
    .limit(most);
}

const runsAt = (at: number) => and(lte(absence.from, at), gt(absence.to, at));

/** Absences of these institutions that run at a moment. */
export async function listAbsencesOf(reader: Reader, ids: readonly string[], at: number): Promise<AbsenceRow[]> {
  return ids.length === 0
    ? []
    : reader
        .select()
        .from(absence)
        .where(and(inArray(absence.institutionId, [...ids]), runsAt(at)));
}

/** Absences that run at a moment: of all institutions, or those of a whole type alone. */
export async function listAbsencesAt(reader: Reader, at: number, only?: "types"): Promise<AbsenceRow[]> {
  return selectAbsencesAt(reader, at, only);
}

/** The same as a query, since a test looks at how it is answered. */
export function selectAbsencesAt(reader: Reader, at: number, only?: "types") {
  return reader
    .select()
    .from(absence)
    .where(and(only && isNotNull(absence.type), runsAt(at)));
}

/** The desks of some institutions, or of all, in a steady order. */
export async function listDesksOfAll(
  reader: Reader,
  institutionIds: readonly string[] | undefined,
): Promise<(typeof desk.$inferSelect)[]> {
  if (institutionIds?.length === 0) return [];
  const chosen = institutionIds && inArray(desk.institutionId, [...institutionIds]);
  return reader.select().from(desk).where(chosen).orderBy(asc(desk.id));
}
