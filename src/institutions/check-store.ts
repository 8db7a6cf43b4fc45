import { and, asc, countDistinct, desc, eq, gt, inArray, lt, or, type SQL } from "drizzle-orm";
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

/** What nobody is found for, or that for which only a body of another type is found. */
export type HoleList = "missing" | "standsIn";

export interface HoleFilter {
  readonly checkId: string;
  readonly list: HoleList;
  readonly type: string | undefined;
}

/** One page of holes by municipality and type; `backwards` reads towards the top and gives the rows in that order. */
export async function listHoles(
  reader: Reader,
  { checkId, list, type }: HoleFilter,
  page: { readonly from: HolePlace | undefined; readonly backwards?: boolean; readonly most: number },
): Promise<KeptHole[]> {
  const inOrder = page.backwards ? desc : asc;
  return reader
    .select()
    .from(routingHole)
    .where(
      and(
        isOn(checkId, list),
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

/** The types on a list, anywhere. */
export async function listHoleTypes(
  reader: Reader,
  checkId: string,
  list: HoleList,
  known: readonly string[],
): Promise<string[]> {
  const rows = await reader
    .selectDistinct({ type: routingHole.type })
    .from(routingHole)
    .where(and(isOn(checkId, list), inArray(routingHole.type, [...known])));
  return rows.map(({ type }) => type);
}

/** In how many municipalities somebody of another type stands in for somebody. */
export async function countPlacesWithStandIns(reader: Reader, checkId: string): Promise<number> {
  const [row] = await reader
    .select({ places: countDistinct(routingHole.territory) })
    .from(routingHole)
    .where(isOn(checkId, "standsIn"));
  return row?.places ?? 0;
}

const isOn = (checkId: string, list: HoleList) => and(eq(routingHole.checkId, checkId), gt(routingHole[list], 0));
