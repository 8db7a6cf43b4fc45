import { and, asc, eq, lt, ne } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { importFile } from "./schema.ts";

export type ImportFile = typeof importFile.$inferSelect;

/** What is left of a file that was applied, so that pressing twice can be told so. */
const APPLIED = Buffer.alloc(0);

export async function insertImportFile(tx: Writer, row: ImportFile): Promise<void> {
  await tx.insert(importFile).values(row);
}

/** A file that this person sent; another person's does not exist. */
export async function findImportFile(reader: Reader, id: string, personId: string): Promise<ImportFile | undefined> {
  const [row] = await reader
    .select()
    .from(importFile)
    .where(and(eq(importFile.id, id), eq(importFile.personId, personId)));
  return row;
}

export function isApplied({ content }: Pick<ImportFile, "content">): boolean {
  return content.length === 0;
}

export async function updateImportFileApplied(tx: Writer, id: string): Promise<void> {
  await tx.update(importFile).set({ content: APPLIED }).where(eq(importFile.id, id));
}

/** This person's files that nobody has applied yet, the oldest first. */
export async function listWaitingImportFiles(
  reader: Reader,
  personId: string,
): Promise<Pick<ImportFile, "id" | "at">[]> {
  return reader
    .select({ id: importFile.id, at: importFile.at })
    .from(importFile)
    .where(and(eq(importFile.personId, personId), ne(importFile.content, APPLIED)))
    .orderBy(asc(importFile.at), asc(importFile.id));
}

export async function deleteImportFile(tx: Writer, id: string, personId: string): Promise<void> {
  await tx.delete(importFile).where(and(eq(importFile.id, id), eq(importFile.personId, personId)));
}

/** Keeps the newest of this person's waiting files: each may be some megabytes. */
export async function deleteImportFilesBeyond(tx: Writer, personId: string, most: number): Promise<void> {
  const waiting = await listWaitingImportFiles(tx, personId);
  for (const { id } of waiting.slice(0, Math.max(0, waiting.length - most))) await deleteImportFile(tx, id, personId);
}

/** A file that was left lying goes by itself: it may hold names and numbers of contact persons. */
export async function deleteImportFilesBefore(tx: Writer, at: number): Promise<void> {
  await tx.delete(importFile).where(lt(importFile.at, at));
}
