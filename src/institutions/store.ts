import { and, asc, eq, gt, inArray, isNotNull, isNull, like, lte, ne, or, sql } from "drizzle-orm";
import type { LocalText } from "#messages/messages.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { inChunks } from "./in-chunks.ts";
import { TRIAGE } from "./reading.ts";
import { desk, institution, institutionArea } from "./schema.ts";
import { searchForm } from "./search-form.ts";

export type Institution = typeof institution.$inferSelect;
export type Desk = typeof desk.$inferSelect;
/** A desk as it is added: a fallback desk is proposed later alone. */
export type NewDesk = Omit<Desk, "proposedFallbackId">;

export type NewInstitution = Omit<typeof institution.$inferInsert, "searchName">;

export async function insertInstitution(tx: Writer, row: NewInstitution): Promise<void> {
  await insertInstitutions(tx, [row]);
}

/** Whether any institution but this one has a number to call. */
export async function hasOthersWithPhone(reader: Reader, id: string): Promise<boolean> {
  const others = and(ne(institution.id, id), isNotNull(institution.phone), isNull(institution.activeTo));
  const rows = await reader.select({ id: institution.id }).from(institution).where(others).limit(1);
  return rows.length > 0;
}

/** The same for many, in few statements. */
export async function insertInstitutions(tx: Writer, rows: readonly NewInstitution[]): Promise<void> {
  for (const some of inChunks(rows)) {
    await tx.insert(institution).values(some.map((row) => ({ ...row, searchName: searchFormOf(row.name) })));
    await insertAreas(
      tx,
      some.flatMap(({ id, territory, covers }) => areasOf(id, [territory, ...(covers ?? [])])),
    );
  }
}

/** Changes what is given and nothing else; where it answers and the kind of its desks follow by themselves. */
export async function updateInstitution(
  tx: Writer,
  id: string,
  row: Partial<Omit<Institution, "id" | "searchName" | "version">>,
): Promise<void> {
  const [changed] = await tx
    .update(institution)
    .set({
      ...row,
      ...(row.name ? { searchName: searchFormOf(row.name) } : {}),
      version: sql`${institution.version} + 1`,
    })
    .where(eq(institution.id, id))
    .returning({ territory: institution.territory, covers: institution.covers });
  // The desk that receives every report stays what it is, also where it is a school's.
  const follows = and(eq(desk.institutionId, id), ne(desk.kind, TRIAGE));
  if (changed && row.type !== undefined) await tx.update(desk).set({ kind: row.type }).where(follows);
  if (!changed || (row.territory === undefined && row.covers === undefined)) return;
  await tx.delete(institutionArea).where(eq(institutionArea.institutionId, id));
  await insertAreas(tx, areasOf(id, [changed.territory, ...changed.covers]));
}

type Area = typeof institutionArea.$inferInsert;

function areasOf(institutionId: string, territories: readonly string[]): Area[] {
  return [...new Set(territories)].map((territory) => ({ territory, institutionId }));
}

async function insertAreas(tx: Writer, areas: readonly Area[]): Promise<void> {
  for (const some of inChunks(areas)) await tx.insert(institutionArea).values(some);
}

function searchFormOf({ sr, en }: LocalText): string {
  return searchForm(`${sr} ${en}`);
}

export async function insertDesk(tx: Writer, row: NewDesk): Promise<void> {
  await tx.insert(desk).values(row);
}

export async function insertDesks(tx: Writer, rows: readonly NewDesk[]): Promise<void> {
  for (const some of inChunks(rows)) await tx.insert(desk).values(some);
}

export async function updateDesk(
  tx: Writer,
  id: string,
  row: Partial<Pick<Desk, "name" | "fallbackId" | "proposedFallbackId">>,
): Promise<void> {
  await tx.update(desk).set(row).where(eq(desk.id, id));
}

/** The desks of an institution, in a steady order. */
export async function listDesksAt(reader: Reader, institutionId: string): Promise<Desk[]> {
  return reader.select().from(desk).where(eq(desk.institutionId, institutionId)).orderBy(asc(desk.id));
}

export async function findInstitution(reader: Reader, id: string): Promise<Institution | undefined> {
  const [row] = await reader.select().from(institution).where(eq(institution.id, id));
  return row;
}

export async function listDesks(reader: Reader, ids: readonly string[]): Promise<Desk[]> {
  return ids.length === 0
    ? []
    : reader
        .select()
        .from(desk)
        .where(inArray(desk.id, [...ids]))
        .orderBy(asc(desk.id));
}

/** The desks that have one of these as their fallback. */
export async function listDesksBehind(reader: Reader, ids: readonly string[]): Promise<Desk[]> {
  return ids.length === 0
    ? []
    : reader
        .select()
        .from(desk)
        .where(inArray(desk.fallbackId, [...ids]))
        .orderBy(asc(desk.id));
}

/** The desk that receives every report first, or undefined before the service is set up. */
export async function findTriageDesk(reader: Reader): Promise<Desk | undefined> {
  const [row] = await reader.select().from(desk).where(eq(desk.kind, TRIAGE)).orderBy(asc(desk.id)).limit(1);
  return row;
}

export interface InstitutionSearch {
  /** What somebody typed, in either script, with or without diacritics. */
  readonly words: string;
  /** Institutions of this municipality come first. */
  readonly territory: string | undefined;
  readonly types: readonly string[];
  /** Those that work at this moment; without it, those that have no end. */
  readonly at?: number | undefined;
}

const MOST_FOUND = 20;
const MOST_WORDS = 6;

/** Finds active institutions whose name holds every typed word; at most 20, those nearby first. */
export async function searchInstitutions(
  reader: Reader,
  { words, territory, types, at }: InstitutionSearch,
): Promise<{ id: string; name: LocalText; territory: string }[]> {
  const parts = searchForm(words).split(" ").filter(Boolean).slice(0, MOST_WORDS);
  if (parts.length === 0 || types.length === 0) return [];
  const nearFirst = territory ? [sql`case when ${institution.territory} = ${territory} then 0 else 1 end`] : [];
  return reader
    .select({ id: institution.id, name: institution.name, territory: institution.territory })
    .from(institution)
    .where(
      and(
        inArray(institution.type, [...types]),
        at === undefined
          ? isNull(institution.activeTo)
          : and(lte(institution.activeFrom, at), or(isNull(institution.activeTo), gt(institution.activeTo, at))),
        ...parts.map((part) => like(institution.searchName, `%${part}%`)),
      ),
    )
    .orderBy(...nearFirst, asc(institution.searchName))
    .limit(MOST_FOUND);
}
