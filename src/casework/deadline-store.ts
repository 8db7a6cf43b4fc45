import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, lt, or, type SQL } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { deadline } from "./schema.ts";

export type Deadline = typeof deadline.$inferSelect;

/** Neither met nor ended; it may have passed. */
const owed = and(isNull(deadline.metAt), isNull(deadline.endedAt));

/** Stores clocks; one that runs already goes on as it is. */
export async function insertDeadlines(tx: Writer, rows: readonly Deadline[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insert(deadline)
      .values([...rows])
      .onConflictDoNothing();
}

/** Which of a case's clocks something is about. */
export interface Which {
  readonly caseId: string;
  readonly duties: readonly string[];
  /** The desk that owes them; absent for any. */
  readonly deskId?: string | undefined;
}

const about = ({ caseId, duties, deskId }: Which): SQL | undefined =>
  and(
    eq(deadline.caseId, caseId),
    inArray(deadline.duty, [...duties]),
    deskId === undefined ? undefined : eq(deadline.deskId, deskId),
  );

/** The clocks of a case that still run or have passed without being met. */
export function listOwed(reader: Reader, which: Which): Promise<Deadline[]> {
  return reader
    .select()
    .from(deadline)
    .where(and(about(which), owed));
}

/** Changes one clock where it is still owed; false where somebody else was first. */
export async function updateOwed(
  tx: Writer,
  id: string,
  change: Partial<Pick<Deadline, "metAt" | "breachedAt" | "endedAt" | "dueAt">>,
): Promise<boolean> {
  const rows = await tx
    .update(deadline)
    .set(change)
    .where(and(eq(deadline.id, id), owed))
    .returning({ id: deadline.id });
  return rows.length > 0;
}

/** A clock of a desk in a case; undefined where it has none of this id. */
export async function findDeadline(
  reader: Reader,
  { id, caseId, deskId }: Pick<Deadline, "id" | "caseId" | "deskId">,
): Promise<Deadline | undefined> {
  const [row] = await reader
    .select()
    .from(deadline)
    .where(and(eq(deadline.id, id), eq(deadline.caseId, caseId), eq(deadline.deskId, deskId)));
  return row;
}

/** Gives more time where it was given to nobody before and the clock still runs at this moment; false elsewhere. */
export async function extendOwed(
  tx: Writer,
  id: string,
  { until, at }: { readonly until: number; readonly at: number },
): Promise<boolean> {
  const runs = and(owed, isNull(deadline.breachedAt), gte(deadline.dueAt, at), eq(deadline.dueAt, deadline.firstDueAt));
  const rows = await tx
    .update(deadline)
    .set({ dueAt: until })
    .where(and(eq(deadline.id, id), runs))
    .returning({ id: deadline.id });
  return rows.length > 0;
}

/** The ids of clocks that ran out and that nobody has marked yet, the longest past first; as a query, since a test looks at how it is answered. */
export function selectPassed(reader: Reader, at: number, most: number) {
  return reader
    .select({ id: deadline.id })
    .from(deadline)
    .where(and(owed, isNull(deadline.breachedAt), lt(deadline.dueAt, at)))
    .orderBy(asc(deadline.dueAt), asc(deadline.id))
    .limit(most);
}

/** Marks that a clock ran out, at its own last moment; undefined where another server did, or it was met meanwhile. */
export async function markBreached(tx: Writer, id: string, at: number): Promise<Deadline | undefined> {
  const [row] = await tx
    .update(deadline)
    .set({ breachedAt: deadline.dueAt })
    .where(and(eq(deadline.id, id), owed, isNull(deadline.breachedAt), lt(deadline.dueAt, at)))
    .returning();
  return row;
}

export async function updateEscalatedTo(tx: Writer, id: string, institutionId: string): Promise<void> {
  await tx.update(deadline).set({ escalatedTo: institutionId }).where(eq(deadline.id, id));
}

/** How many clocks of a body ran out in a case, and a body above was told. */
export async function countEscalated(reader: Reader, caseId: string, institutionId: string): Promise<number> {
  const [row] = await reader
    .select({ passed: count() })
    .from(deadline)
    .where(
      and(eq(deadline.caseId, caseId), eq(deadline.institutionId, institutionId), isNotNull(deadline.escalatedTo)),
    );
  return row?.passed ?? 0;
}

const MOST_SHOWN = 20;

/** The latest clocks of a case, as they end; what ended before it was due is no news to anybody. */
export async function listDeadlines(reader: Reader, caseId: string): Promise<Deadline[]> {
  const latest = await reader
    .select()
    .from(deadline)
    .where(and(eq(deadline.caseId, caseId), or(isNull(deadline.endedAt), isNotNull(deadline.breachedAt))))
    .orderBy(desc(deadline.dueAt), desc(deadline.id))
    .limit(MOST_SHOWN);
  return latest.reverse();
}
