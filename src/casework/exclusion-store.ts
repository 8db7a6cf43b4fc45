import {
  and,
  asc,
  count,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  notInArray,
  or,
  type SQL,
  type SQLWrapper,
} from "drizzle-orm";
import {
  listWorkingAt,
  selectApartKeyIdsOf,
  selectDeskKeyIdsOf,
  selectHouseIds,
  selectOwnDeskIds,
} from "#accounts/index.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { caseExclusion, caseFile, compartment, holder } from "./schema.ts";

export type Exclusion = typeof caseExclusion.$inferSelect;

/** Whom an exclusion keeps away: a person, or everybody of an institution and of its branches. */
export type Whom = Pick<Exclusion, "personId" | "institutionId">;

/** What no conflict of interest keeps from somebody: for every list, search, count and figure. */
export function notExcluded(reader: Reader, viewerId: string): SQL {
  return notInArray(caseFile.id, selectExcludedIds(reader, viewerId));
}

/** The ids of the cases that a conflict of interest keeps from somebody, as a query for a where-clause. */
export function selectExcludedIds(reader: Reader, viewerId: string) {
  return reader
    .select({ id: caseExclusion.caseId })
    .from(caseExclusion)
    .where(and(isNull(caseExclusion.liftedAt), concernsPerson(reader, viewerId)));
}

/** The keys for single cases that a conflict of interest keeps from somebody, whoever holds them. */
export async function listApartKeysKeptFrom(reader: Reader, viewerId: string): Promise<ReadonlySet<string>> {
  const rows = await reader
    .select({ id: caseFile.apartKeyId })
    .from(caseFile)
    .where(and(isNotNull(caseFile.apartKeyId), inArray(caseFile.id, selectExcludedIds(reader, viewerId))));
  return new Set(rows.flatMap(({ id }) => id ?? []));
}

/**
 * The same for contents: what is sealed to some of a desk exists for those alone, also for who came later, and what
 * arrived before a desk stood in for another exists for the other one alone.
 */
export function openTo(reader: Reader, viewerId: string): (SQL | undefined)[] {
  const held = inArray(caseFile.apartKeyId, selectApartKeyIdsOf(reader, viewerId));
  const own = selectOwnDeskIds(reader, viewerId);
  const opens = or(inArray(caseFile.deskId, own), isSealedToAny(reader, selectDeskKeyIdsOf(reader, own)));
  return [notExcluded(reader, viewerId), or(and(isNull(caseFile.apartKeyId), opens), held)];
}

/** Whether any of these keys opens a part of the case. */
function isSealedToAny(reader: Reader, deskKeyIds: SQLWrapper): SQL {
  const held = reader
    .select({ id: holder.compartmentId })
    .from(holder)
    .innerJoin(compartment, eq(compartment.id, holder.compartmentId))
    .where(and(eq(compartment.caseId, caseFile.id), eq(holder.kind, "desk"), inArray(holder.holderId, deskKeyIds)));
  return exists(held);
}

function concernsPerson(reader: Reader, personId: string): SQL | undefined {
  return or(
    eq(caseExclusion.personId, personId),
    inArray(caseExclusion.institutionId, selectHouseIds(reader, personId)),
  );
}

/** Whom of some people these exclusions would keep away. */
export async function listConcerned(
  reader: Reader,
  personIds: readonly string[],
  exclusions: readonly Whom[],
): Promise<ReadonlySet<string>> {
  const named = exclusions.flatMap((each) => each.institutionId ?? []);
  const persons = exclusions.flatMap((each) => each.personId ?? []);
  const working = await listWorkingAt(reader, named, personIds);
  return new Set(personIds.filter((id) => persons.includes(id) || working.has(id)));
}

/** The exclusions of a case that hold, the oldest first. */
export function listExclusions(reader: Reader, caseId: string): Promise<Exclusion[]> {
  return reader
    .select()
    .from(caseExclusion)
    .where(and(eq(caseExclusion.caseId, caseId), isNull(caseExclusion.liftedAt)))
    .orderBy(asc(caseExclusion.declaredAt), asc(caseExclusion.id));
}

export async function insertExclusion(tx: Writer, row: Exclusion): Promise<void> {
  await tx.insert(caseExclusion).values(row);
}

/** @returns false where it was lifted before */
export async function liftExclusionRow(
  tx: Writer,
  { id, caseId, at, by }: { readonly id: string; readonly caseId: string; readonly at: number; readonly by: string },
): Promise<boolean> {
  const rows = await tx
    .update(caseExclusion)
    .set({ liftedAt: at, liftedBy: by })
    .where(and(eq(caseExclusion.id, id), eq(caseExclusion.caseId, caseId), isNull(caseExclusion.liftedAt)))
    .returning({ id: caseExclusion.id });
  return rows.length > 0;
}

/** The cases of some desks that were sealed apart. */
export async function listApartCases(
  reader: Reader,
  deskIds: readonly string[],
): Promise<(typeof caseFile.$inferSelect)[]> {
  if (deskIds.length === 0) return [];
  return reader
    .select()
    .from(caseFile)
    .where(and(inArray(caseFile.deskId, [...deskIds]), isNotNull(caseFile.apartKeyId)));
}

export async function countCompartments(reader: Reader, caseId: string): Promise<number> {
  const [row] = await reader.select({ all: count() }).from(compartment).where(eq(compartment.caseId, caseId));
  return row?.all ?? 0;
}

export interface NewHolder {
  readonly compartmentId: string;
  readonly sealed: Buffer;
}

/** Puts one key in the place of every desk's key that holds a case; what the reporter's code holds stays. */
export async function replaceDeskHolders(
  tx: Writer,
  caseId: string,
  holderId: string,
  rows: readonly NewHolder[],
): Promise<void> {
  const ofCase = tx.select({ id: compartment.id }).from(compartment).where(eq(compartment.caseId, caseId));
  await tx.delete(holder).where(and(eq(holder.kind, "desk"), inArray(holder.compartmentId, ofCase)));
  await tx.insert(holder).values(rows.map((row) => ({ ...row, kind: "desk", holderId })));
}
