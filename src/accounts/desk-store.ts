import { and, count, eq, exists, inArray, isNotNull, isNull, max } from "drizzle-orm";
import { type Desk, listDesks, listDesksBehind, listDesksOfAll, type OpenDesk } from "#institutions/index.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { deskKey, deskMember, person } from "./schema.ts";

/** An admitted person who has not left. */
const works = and(isNotNull(deskMember.admittedAt), isNull(person.removedAt));

export async function insertDeskMember(tx: Writer, row: typeof deskMember.$inferInsert): Promise<void> {
  await tx.insert(deskMember).values(row);
}

/** The desks a person was admitted to, and the desks those stand in for. */
export async function listDesksOf(reader: Reader, personId: string): Promise<Desk[]> {
  const ids = await listOwnDeskIds(reader, personId);
  return [...(await listDesks(reader, ids)), ...(await listDesksBehind(reader, ids))];
}

/** The ids of the institutions at whose desks a person works; standing in for another desk is no work there. */
export async function listWorkplaces(reader: Reader, personId: string): Promise<string[]> {
  const desks = await listDesks(reader, await listOwnDeskIds(reader, personId));
  return [...new Set(desks.map(({ institutionId }) => institutionId))];
}

/** The desks that somebody was admitted to, as a query for a where-clause. */
export function selectOwnDeskIds(reader: Reader, personId: string) {
  return reader
    .select({ id: deskMember.deskId })
    .from(deskMember)
    .where(and(eq(deskMember.personId, personId), isNotNull(deskMember.admittedAt)));
}

async function listOwnDeskIds(reader: Reader, personId: string): Promise<string[]> {
  const own = await reader
    .select({ deskId: deskMember.deskId })
    .from(deskMember)
    .innerJoin(person, eq(person.id, deskMember.personId))
    .where(and(eq(deskMember.personId, personId), works));
  return own.map((row) => row.deskId);
}

/** A desk can take work when somebody was admitted to it and a key exists to seal to. */
export async function hasMember(reader: Reader, deskId: string): Promise<boolean> {
  const rows = await reader
    .select({ id: person.id })
    .from(deskMember)
    .innerJoin(person, eq(person.id, deskMember.personId))
    .where(and(eq(deskMember.deskId, deskId), works))
    .limit(1);
  return rows.length > 0;
}

/** The desks of some institutions, or of all, that have an admitted person and a key to seal to, by institution. */
export async function listStaffedDesks(
  reader: Reader,
  institutionIds: readonly string[] | undefined,
): Promise<ReadonlyMap<string, readonly OpenDesk[]>> {
  const desks = await listDesksOfAll(reader, institutionIds);
  const open = await listOpenDesks(
    reader,
    desks.map(({ id }) => id),
  );
  const staffed = new Map<string, OpenDesk[]>();
  for (const { id, kind, name, institutionId } of desks) {
    if (open.has(id)) staffed.set(institutionId, [...(staffed.get(institutionId) ?? []), { id, kind, name }]);
  }
  return staffed;
}

async function listOpenDesks(reader: Reader, deskIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (deskIds.length === 0) return new Set();
  const key = reader.select({ id: deskKey.id }).from(deskKey).where(eq(deskKey.deskId, deskMember.deskId));
  const rows = await reader
    .selectDistinct({ deskId: deskMember.deskId })
    .from(deskMember)
    .innerJoin(person, eq(person.id, deskMember.personId))
    .where(and(inArray(deskMember.deskId, [...deskIds]), works, exists(key)));
  return new Set(rows.map(({ deskId }) => deskId));
}

/** When somebody last signed in of those who work at each desk: null for never; a desk without people is left out. */
export async function listLastSignIns(
  reader: Reader,
  deskIds: readonly string[],
): Promise<ReadonlyMap<string, number | null>> {
  if (deskIds.length === 0) return new Map();
  const rows = await reader
    .select({ deskId: deskMember.deskId, at: max(person.signedInAt) })
    .from(deskMember)
    .innerJoin(person, eq(person.id, deskMember.personId))
    .where(and(inArray(deskMember.deskId, [...deskIds]), works))
    .groupBy(deskMember.deskId);
  return new Map(rows.map(({ deskId, at }) => [deskId, at === null ? null : Number(at)]));
}

/** The ids of the desks that somebody was admitted to, as a query that other stores look into. */
export function staffedDeskIds(reader: Reader) {
  return reader
    .select({ id: deskMember.deskId })
    .from(deskMember)
    .innerJoin(person, eq(person.id, deskMember.personId))
    .where(works);
}

/** How many people were admitted to each of these desks; a desk with nobody is not among them. */
export async function countPeopleAt(reader: Reader, deskIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (deskIds.length === 0) return new Map();
  const rows = await reader
    .select({ deskId: deskMember.deskId, people: count() })
    .from(deskMember)
    .innerJoin(person, eq(person.id, deskMember.personId))
    .where(and(inArray(deskMember.deskId, [...deskIds]), works))
    .groupBy(deskMember.deskId);
  return new Map(rows.map(({ deskId, people }) => [deskId, people]));
}
