import { and, asc, desc, eq, gt, inArray, lt, or, type SQL } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import type { RoutingHole } from "./prove-routing.ts";
import { routingCheck, routingHole } from "./schema.ts";

export type RoutingCheck = typeof routingCheck.$inferSelect;
export type KeptHole = typeof routingHole.$inferSelect;

/** The newest check that is whole; one that is still being written has no time yet. */
export async function findLatestCheck(reader: Reader): Promise<RoutingCheck | undefined> {
  const [check] = await reader
    .select()
    .from(routingCheck)
    .where(gt(routingCheck.at, 0))
    .orderBy(desc(routingCheck.at), desc(routingCheck.id))
    .limit(1);
  return check;
}

/** Begins a check that nobody sees until it is finished: its time stands below zero. */
export async function insertCheck(tx: Writer, check: RoutingCheck): Promise<void> {
  await tx.insert(routingCheck).values({ ...check, at: -check.at });
}

export async function insertHoles(tx: Writer, checkId: string, holes: readonly RoutingHole[]): Promise<void> {
  if (holes.length === 0) return;
  await tx.insert(routingHole).values(holes.map(({ example, ...hole }) => ({ checkId, ...hole, ...example })));
}

export async function finishCheck(tx: Writer, id: string, at: number): Promise<void> {
  await tx.update(routingCheck).set({ at }).where(eq(routingCheck.id, id));
}

/** Checks beyond the newest, and those that were never finished. */
export async function listOldChecks(
  reader: Reader,
  keep: number,
  unfinishedBefore: number,
): Promise<readonly string[]> {
  const finished = await reader
    .select({ id: routingCheck.id })
    .from(routingCheck)
    .where(gt(routingCheck.at, 0))
    .orderBy(desc(routingCheck.at), desc(routingCheck.id));
  const given = and(lt(routingCheck.at, 0), gt(routingCheck.at, -unfinishedBefore));
  const unfinished = await reader.select({ id: routingCheck.id }).from(routingCheck).where(given);
  return [...finished.slice(keep), ...unfinished].map(({ id }) => id);
}

export async function deleteCheck(tx: Writer, id: string): Promise<void> {
  await tx.delete(routingHole).where(eq(routingHole.checkId, id));
  await tx.delete(routingCheck).where(eq(routingCheck.id, id));
}

/** Where a page of holes begins or ends. */
export type HolePlace = Pick<KeptHole, "territory" | "type">;

export interface HoleFilter {
  readonly checkId: string;
  readonly type: string | undefined;
}

/** One page of holes by municipality and type; `backwards` reads towards the top and gives the rows in that order. */
export async function listHoles(
  reader: Reader,
  { checkId, type }: HoleFilter,
  page: { readonly from: HolePlace | undefined; readonly backwards?: boolean; readonly most: number },
): Promise<KeptHole[]> {
  const inOrder = page.backwards ? desc : asc;
  return reader
    .select()
    .from(routingHole)
    .where(
      and(
        eq(routingHole.checkId, checkId),
        type ? eq(routingHole.type, type) : undefined,
        page.from && beyond(page.from, page.backwards),
      ),
    )
    .orderBy(inOrder(routingHole.territory), inOrder(routingHole.type))
    .limit(page.most);
}

function beyond({ territory, type }: HolePlace, backwards = false): SQL | undefined {
  const further = backwards ? lt : gt;
  return or(
    further(routingHole.territory, territory),
    and(eq(routingHole.territory, territory), further(routingHole.type, type)),
  );
}

/** The types that are missing anywhere. */
export async function listMissingTypes(reader: Reader, checkId: string, known: readonly string[]): Promise<string[]> {
  const rows = await reader
    .selectDistinct({ type: routingHole.type })
    .from(routingHole)
    .where(and(eq(routingHole.checkId, checkId), inArray(routingHole.type, [...known])));
  return rows.map(({ type }) => type);
}
