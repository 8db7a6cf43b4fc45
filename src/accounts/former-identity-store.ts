import { and, desc, eq } from "drizzle-orm";
import { sql } from "#platform/db/columns.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { formerIdentity } from "./schema.ts";

export type FormerIdentity = typeof formerIdentity.$inferSelect;

const FORMER = "former:";
/** How a former identity is called as a holder of keys for single cases. */
export const formerHolder = (id: string) => FORMER + id;

/** The same of all former identities of somebody, as a query for a where-clause. */
export function selectFormerHolders(reader: Reader, personId: string) {
  return reader
    .select({ holder: sql<string>`${FORMER} || ${formerIdentity.id}`.as("holder") })
    .from(formerIdentity)
    .where(eq(formerIdentity.personId, personId));
}

export async function insertFormerIdentity(tx: Writer, row: FormerIdentity): Promise<void> {
  await tx.insert(formerIdentity).values(row);
}

/** Somebody else's does not exist. */
export async function findFormerIdentity(
  reader: Reader,
  personId: string,
  id: string,
): Promise<FormerIdentity | undefined> {
  const [row] = await reader
    .select()
    .from(formerIdentity)
    .where(and(eq(formerIdentity.id, id), eq(formerIdentity.personId, personId)));
  return row;
}

/** The former identities of somebody, the newest first. */
export function listFormerIdentities(reader: Reader, personId: string): Promise<FormerIdentity[]> {
  return reader
    .select()
    .from(formerIdentity)
    .where(eq(formerIdentity.personId, personId))
    .orderBy(desc(formerIdentity.endedAt), desc(formerIdentity.id));
}

export async function updateFormerOpened(tx: Writer, id: string, at: number): Promise<void> {
  await tx.update(formerIdentity).set({ openedAt: at }).where(eq(formerIdentity.id, id));
}

export async function deleteFormerIdentity(tx: Writer, id: string): Promise<void> {
  await tx.delete(formerIdentity).where(eq(formerIdentity.id, id));
}

/** Removes all of somebody whose account ends, after what they held. */
export async function deleteFormerIdentitiesOf(tx: Writer, personId: string): Promise<void> {
  await tx.delete(formerIdentity).where(eq(formerIdentity.personId, personId));
}
