import { and, asc, count, desc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { selectDeskIdsBelow } from "#institutions/index.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { type NewHolder, notExcluded } from "./exclusion-store.ts";
import { caseAccess, caseFile, compartment, entry, holder } from "./schema.ts";
import type { CaseRow, EntryRow } from "./store.ts";

export type Access = typeof caseAccess.$inferSelect;

/** Who asks, with the institutions at whose desks that person works. */
export interface Asker {
  readonly personId: string;
  readonly institutionIds: readonly string[];
}

/** A case of a desk below the asker's institutions that no conflict keeps away; anybody else's does not exist. */
export async function findCaseOfDesksBelow(
  reader: Reader,
  which: { readonly number: string } | { readonly id: string },
  asker: Asker,
): Promise<CaseRow | undefined> {
  const one = "id" in which ? eq(caseFile.id, which.id) : eq(caseFile.number, which.number);
  const [row] = await reader
    .select()
    .from(caseFile)
    .where(and(one, ...belowConditions(reader, asker)));
  return row;
}

function belowConditions(reader: Reader, { personId, institutionIds }: Asker) {
  return [inArray(caseFile.deskId, selectDeskIdsBelow(reader, institutionIds)), notExcluded(reader, personId)];
}

/** A row's place among somebody's own requests. */
export interface AccessPlace {
  readonly askedAt: number;
  readonly id: string;
}

/** Somebody's own requests about cases that still are below, the newest first. */
export function listOwnAccess(
  reader: Reader,
  asker: Asker,
  { before, most }: { readonly before: AccessPlace | undefined; readonly most: number },
): Promise<{ access: Access; number: string }[]> {
  const older =
    before &&
    or(
      lt(caseAccess.askedAt, before.askedAt),
      and(eq(caseAccess.askedAt, before.askedAt), lt(caseAccess.id, before.id)),
    );
  return reader
    .select({ access: caseAccess, number: caseFile.number })
    .from(caseAccess)
    .innerJoin(caseFile, eq(caseFile.id, caseAccess.caseId))
    .where(and(eq(caseAccess.personId, asker.personId), older, ...belowConditions(reader, asker)))
    .orderBy(desc(caseAccess.askedAt), desc(caseAccess.id))
    .limit(most);
}

const IS_LIVE = sql`case when ${caseAccess.endedAt} is null then 1 else 0 end`;

/** What was asked about a case: first what waits or holds, then the newest. */
export function listAccessOf(reader: Reader, caseId: string, most: number): Promise<Access[]> {
  return reader
    .select()
    .from(caseAccess)
    .where(eq(caseAccess.caseId, caseId))
    .orderBy(desc(IS_LIVE), desc(caseAccess.askedAt), desc(caseAccess.id))
    .limit(most);
}

/** What waits or holds: of one case, or of all; what is over by the clock is among it until somebody clears it away. */
export function listLiveAccess(reader: Reader, caseId?: string): Promise<Access[]> {
  return reader
    .select()
    .from(caseAccess)
    .where(and(isNull(caseAccess.endedAt), caseId === undefined ? undefined : eq(caseAccess.caseId, caseId)))
    .orderBy(asc(caseAccess.askedAt), asc(caseAccess.id));
}

export async function findLiveAccess(reader: Reader, caseId: string, personId: string): Promise<Access | undefined> {
  const [row] = await reader
    .select()
    .from(caseAccess)
    .where(and(eq(caseAccess.caseId, caseId), eq(caseAccess.personId, personId), isNull(caseAccess.endedAt)));
  return row;
}

/** How many requests of somebody wait for a desk to decide. */
export async function countAsked(reader: Reader, personId: string): Promise<number> {
  const [row] = await reader
    .select({ waiting: count() })
    .from(caseAccess)
    .where(and(eq(caseAccess.personId, personId), isNull(caseAccess.endedAt), isNull(caseAccess.decidedAt)));
  return row?.waiting ?? 0;
}

/** What lets somebody read a case at a moment; the clock decides, whether or not anything was cleared away. */
export async function findGrant(
  reader: Reader,
  { caseId, personId, at }: { readonly caseId: string; readonly personId: string; readonly at: number },
): Promise<Access | undefined> {
  const holds = and(eq(caseAccess.granted, true), gt(caseAccess.endsAt, at));
  const [row] = await reader
    .select()
    .from(caseAccess)
    .where(and(eq(caseAccess.caseId, caseId), eq(caseAccess.personId, personId), isNull(caseAccess.endedAt), holds));
  return row;
}

export async function findAccess(reader: Reader, caseId: string, id: string): Promise<Access | undefined> {
  const [row] = await reader
    .select()
    .from(caseAccess)
    .where(and(eq(caseAccess.id, id), eq(caseAccess.caseId, caseId)));
  return row;
}

/** Which of these cases a request waits for: one statement for a whole page of the inbox. */
export async function listAskedAbout(reader: Reader, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (caseIds.length === 0) return new Set();
  return new Set((await selectAskedAbout(reader, caseIds)).map(({ caseId }) => caseId));
}

/** The same as a query, since a test looks at how it is answered. */
export function selectAskedAbout(reader: Reader, caseIds: readonly string[]) {
  return reader
    .select({ caseId: caseAccess.caseId })
    .from(caseAccess)
    .where(and(inArray(caseAccess.caseId, [...caseIds]), isNull(caseAccess.endedAt), isNull(caseAccess.decidedAt)));
}

/** The sealed reasons of some requests. */
export async function listReasons(reader: Reader, requests: readonly Pick<Access, "entryId">[]): Promise<EntryRow[]> {
  if (requests.length === 0) return [];
  const ids = requests.map(({ entryId }) => entryId);
  return reader.select().from(entry).where(inArray(entry.id, ids));
}

type NewAccess = Pick<Access, "id" | "caseId" | "personId" | "entryId" | "askedAt">;

export async function insertAccess(tx: Writer, row: NewAccess): Promise<void> {
  const open = { decidedAt: null, decidedBy: null, granted: null, endsAt: null, endedAt: null };
  await tx.insert(caseAccess).values({ ...row, ...open });
}

/** @returns false where somebody decided before, or nothing waits any more */
export async function decideAccess(
  tx: Writer,
  id: string,
  decision: Pick<Access, "decidedAt" | "decidedBy" | "granted" | "endsAt" | "endedAt">,
): Promise<boolean> {
  const rows = await tx
    .update(caseAccess)
    .set(decision)
    .where(and(eq(caseAccess.id, id), isNull(caseAccess.decidedAt), isNull(caseAccess.endedAt)))
    .returning({ id: caseAccess.id });
  return rows.length > 0;
}

/** @returns false where it ended before */
export async function updateAccessEnded(tx: Writer, id: string, at: number): Promise<boolean> {
  const rows = await tx
    .update(caseAccess)
    .set({ endedAt: at })
    .where(and(eq(caseAccess.id, id), isNull(caseAccess.endedAt)))
    .returning({ id: caseAccess.id });
  return rows.length > 0;
}

export async function insertPersonHolders(tx: Writer, personId: string, rows: readonly NewHolder[]): Promise<void> {
  await tx.insert(holder).values(rows.map((row) => ({ ...row, kind: "person", holderId: personId })));
}

/** Takes the keys of one case from a person to whom they were sealed singly. */
export async function deletePersonHolders(tx: Writer, caseId: string, personId: string): Promise<void> {
  const ofCase = tx.select({ id: compartment.id }).from(compartment).where(eq(compartment.caseId, caseId));
  const ofPerson = and(eq(holder.kind, "person"), eq(holder.holderId, personId));
  await tx.delete(holder).where(and(ofPerson, inArray(holder.compartmentId, ofCase)));
}
