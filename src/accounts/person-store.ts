import { and, count, eq, inArray, isNull, lt } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { person, setupLink } from "./schema.ts";

export type Person = typeof person.$inferSelect;

export async function insertPerson(tx: Writer, row: Person): Promise<void> {
  await tx.insert(person).values(row);
}

export async function findPerson(reader: Reader, id: string): Promise<Person | undefined> {
  const [row] = await reader
    .select()
    .from(person)
    .where(and(eq(person.id, id), isNull(person.removedAt)));
  return row;
}

export async function findPersonByEmail(reader: Reader, email: string): Promise<Person | undefined> {
  const [row] = await reader
    .select()
    .from(person)
    .where(and(eq(person.email, email), isNull(person.removedAt)));
  return row;
}

/** The names of people by id, of those who left too: their notes keep their author. */
export async function listNames(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function updateLanguage(tx: Writer, id: string, language: string): Promise<void> {
  await tx.update(person).set({ language }).where(eq(person.id, id));
}

export async function updateSignedIn(tx: Writer, id: string, at: number): Promise<void> {
  await tx.update(person).set({ signedInAt: at }).where(eq(person.id, id));
}

export async function countPeople(reader: Reader): Promise<number> {
  const [row] = await reader.select({ people: count() }).from(person);
  return row?.people ?? 0;
}

export async function insertSetupLink(tx: Writer, tokenHash: string, expiresAt: number): Promise<void> {
  await tx.delete(setupLink).where(lt(setupLink.expiresAt, Number.MAX_SAFE_INTEGER));
  await tx.insert(setupLink).values({ tokenHash, expiresAt });
}

export async function hasSetupLink(reader: Reader, tokenHash: string, now: number): Promise<boolean> {
  const [row] = await reader.select().from(setupLink).where(eq(setupLink.tokenHash, tokenHash));
  return row !== undefined && row.expiresAt > now;
}

export async function deleteSetupLink(tx: Writer, tokenHash: string): Promise<void> {
  await tx.delete(setupLink).where(eq(setupLink.tokenHash, tokenHash));
}
