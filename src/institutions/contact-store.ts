import { and, asc, eq } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { inChunks } from "./in-chunks.ts";
import { contactPerson } from "./schema.ts";

export type ContactPerson = typeof contactPerson.$inferSelect;

export async function insertContactPerson(tx: Writer, row: ContactPerson): Promise<void> {
  await tx.insert(contactPerson).values(row);
}

export async function insertContactPersons(tx: Writer, rows: readonly ContactPerson[]): Promise<void> {
  for (const some of inChunks(rows)) await tx.insert(contactPerson).values(some);
}

export async function updateContactPerson(
  tx: Writer,
  id: string,
  row: Omit<ContactPerson, "id" | "institutionId">,
): Promise<void> {
  await tx.update(contactPerson).set(row).where(eq(contactPerson.id, id));
}

/** Removes a contact person of this institution, another institution's stays; says whether there was one. */
export async function deleteContactPerson(tx: Writer, institutionId: string, id: string): Promise<boolean> {
  const gone = await tx
    .delete(contactPerson)
    .where(and(eq(contactPerson.id, id), eq(contactPerson.institutionId, institutionId)))
    .returning({ id: contactPerson.id });
  return gone.length > 0;
}

export async function listContactPersons(reader: Reader, institutionId: string): Promise<ContactPerson[]> {
  return reader
    .select()
    .from(contactPerson)
    .where(eq(contactPerson.institutionId, institutionId))
    .orderBy(asc(contactPerson.role), asc(contactPerson.id));
}
