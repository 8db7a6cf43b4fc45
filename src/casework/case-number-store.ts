import { inArray } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { caseFile } from "./schema.ts";

/** The numbers of some cases, which are no contents. */
export async function listCaseNumbers(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .select({ id: caseFile.id, number: caseFile.number })
    .from(caseFile)
    .where(inArray(caseFile.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, number }) => [id, number]));
}
