import { and, asc, desc, eq, gt, inArray, lt, lte, or, sql } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { opening } from "./schema.ts";

export type OpeningRow = typeof opening.$inferSelect;

export async function insertOpening(tx: Writer, row: OpeningRow): Promise<void> {
  await tx.insert(opening).values(row);
}

/** Removes a row whose time has not come; what has held stays, since drafts begun then are judged by it. */
export async function deleteFutureOpening(tx: Writer, id: string, now: number): Promise<OpeningRow | undefined> {
  const [row] = await tx
    .delete(opening)
    .where(and(eq(opening.id, id), gt(opening.from, now)))
    .returning();
  return row;
}

/** Whether a row that holds or has held lets fewer than everybody report. */
export async function wasEverLimited(reader: Reader, at: number): Promise<boolean> {
  const rows = await reader
    .select({ id: opening.id })
    .from(opening)
    .where(and(lte(opening.from, at), lt(opening.stage, 3)))
    .limit(1);
  return rows.length > 0;
}

/** The latest row of each territory at a moment: never more than there are territories. */
export async function listOpeningsInForce(reader: Reader, at: number): Promise<OpeningRow[]> {
  return reader
    .select()
    .from(opening)
    .where(
      sql`(${opening.territory}, ${opening.from}) in (select territory, max(from_at) from opening where from_at <= ${at} group by territory)`,
    )
    .orderBy(asc(opening.territory), asc(opening.id));
}

/** What decides from a moment on: the rows that hold then and all that come later. */
export async function listOpeningsFrom(reader: Reader, at: number): Promise<OpeningRow[]> {
  const later = await reader
    .select()
    .from(opening)
    .where(gt(opening.from, at))
    .orderBy(asc(opening.from), asc(opening.id));
  return [...(await listOpeningsInForce(reader, at)), ...later];
}

/** All rows of these territories, those that held, hold and will hold. */
export async function listOpeningsOf(reader: Reader, territories: readonly string[]): Promise<OpeningRow[]> {
  return reader
    .select()
    .from(opening)
    .where(inArray(opening.territory, [...territories]))
    .orderBy(asc(opening.from), asc(opening.id));
}

/** One page of the plan, the latest first. */
export async function pageOfOpenings(
  reader: Reader,
  { below, most }: { readonly below: Pick<OpeningRow, "from" | "id"> | undefined; readonly most: number },
): Promise<OpeningRow[]> {
  const after = below && or(lt(opening.from, below.from), and(eq(opening.from, below.from), lt(opening.id, below.id)));
  return reader.select().from(opening).where(after).orderBy(desc(opening.from), desc(opening.id)).limit(most);
}
