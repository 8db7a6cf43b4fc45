import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, type SQLWrapper } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { absence } from "./schema.ts";

export type AbsenceRow = typeof absence.$inferSelect;

export async function insertAbsence(tx: Writer, row: AbsenceRow): Promise<void> {
  await tx.insert(absence).values(row);
}

export async function deleteAbsence(tx: Writer, id: string): Promise<void> {
  await tx.delete(absence).where(eq(absence.id, id));
}

export async function findAbsence(reader: Reader, id: string): Promise<AbsenceRow | undefined> {
  const [row] = await reader.select().from(absence).where(eq(absence.id, id));
  return row;
}

/** Whether the same absence stands there already: a form that is sent twice is one absence. */
export async function hasAbsence(reader: Reader, row: Omit<AbsenceRow, "id">): Promise<boolean> {
  const { institutionId, type, territory, fallbackId, from, to } = row;
  const same = (column: SQLWrapper, value: string | null) => (value === null ? isNull(column) : eq(column, value));
  const [found] = await reader
    .select({ id: absence.id })
    .from(absence)
    .where(
      and(
        same(absence.institutionId, institutionId),
        same(absence.type, type),
        same(absence.territory, territory),
        same(absence.fallbackId, fallbackId),
        eq(absence.from, from),
        eq(absence.to, to),
      ),
    )
    .limit(1);
  return found !== undefined;
}

/** The own absences of institutions that run or are to come, the next first. */
export async function listOwnAbsences(
  reader: Reader,
  institutionIds: readonly string[],
  at: number,
): Promise<AbsenceRow[]> {
  return institutionIds.length === 0
    ? []
    : reader
        .select()
        .from(absence)
        .where(and(inArray(absence.institutionId, [...institutionIds]), gt(absence.to, at)))
        .orderBy(asc(absence.from), asc(absence.id));
}

/** The absences of whole types that run or are to come, the next first: school holidays and the like, so a few. */
export async function listTypeAbsences(reader: Reader, at: number): Promise<AbsenceRow[]> {
  return reader
    .select()
    .from(absence)
    .where(and(isNull(absence.institutionId), gt(absence.to, at)))
    .orderBy(asc(absence.from), asc(absence.id));
}

interface PageOfAbsences {
  readonly at: number;
  /** What is over, the latest first, instead of what runs or is to come, the next first. */
  readonly past: boolean;
  /** The row that the page begins behind. */
  readonly after: AbsenceRow | undefined;
  readonly most: number;
}

/** One page of all absences. */
export async function listAbsences(reader: Reader, { at, past, after, most }: PageOfAbsences): Promise<AbsenceRow[]> {
  const [when, order] = past
    ? [lte(absence.to, at), [desc(absence.to), desc(absence.id)]]
    : [gt(absence.to, at), [asc(absence.from), asc(absence.id)]];
  return reader
    .select()
    .from(absence)
    .where(and(when, after && behind(after, past)))
    .orderBy(...order)
    .limit(most);
}

function behind({ id, from, to }: AbsenceRow, past: boolean): SQL | undefined {
  return past
    ? and(lte(absence.to, to), or(lt(absence.to, to), lt(absence.id, id)))
    : and(gte(absence.from, from), or(gt(absence.from, from), gt(absence.id, id)));
}

/** Whether an absence of the same institution, or of one of the same types in one of the areas, shares a moment. */
export async function overlapsAbsence(
  reader: Reader,
  { institutionId, types, areas, from, to }: Overlap,
): Promise<boolean> {
  const [row] = await reader
    .select({ id: absence.id })
    .from(absence)
    .where(
      and(
        or(
          institutionId === undefined ? undefined : eq(absence.institutionId, institutionId),
          types.length > 0 ? and(inArray(absence.type, [...types]), inArray(absence.territory, [...areas])) : undefined,
        ),
        lt(absence.from, to),
        gt(absence.to, from),
      ),
    )
    .limit(1);
  return row !== undefined;
}

interface Overlap {
  readonly institutionId: string | undefined;
  readonly types: readonly string[];
  /** The territories that share a place with the absence of these types. */
  readonly areas: readonly string[];
  readonly from: number;
  readonly to: number;
}
