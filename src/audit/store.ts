import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  ne,
  notInArray,
  or,
  type SQLWrapper,
} from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import type { AuditAction } from "./record.ts";
import { auditEntry, auditLink, auditPending } from "./schema.ts";

export type AuditEntry = typeof auditEntry.$inferSelect;
export type AuditLink = typeof auditLink.$inferSelect;

/** An entry that waits for its place, with the mark that it was put there with. */
export interface PendingEntry {
  readonly entry: AuditEntry;
  readonly mark: string;
}

export async function insertAuditEntries(tx: Writer, entries: readonly PendingEntry[]): Promise<void> {
  await tx.insert(auditEntry).values(entries.map(({ entry }) => entry));
  await tx.insert(auditPending).values(entries.map(({ entry, mark }) => ({ entryId: entry.id, mark })));
}

export async function lastLink(tx: Reader): Promise<AuditLink | undefined> {
  const [link] = await tx.select().from(auditLink).orderBy(desc(auditLink.position)).limit(1);
  return link;
}

/** What waits, in the order in which it will be linked; `linked` where somebody made it wait once more. */
export function listPending(tx: Reader, most: number): Promise<(PendingEntry & { linked: number | null })[]> {
  return tx
    .select({ entry: auditEntry, mark: auditPending.mark, linked: auditLink.position })
    .from(auditPending)
    .innerJoin(auditEntry, eq(auditEntry.id, auditPending.entryId))
    .leftJoin(auditLink, eq(auditLink.entryId, auditPending.entryId))
    .orderBy(asc(auditEntry.at), asc(auditEntry.id))
    .limit(most);
}

/** What waits, by the ids of the entries after one, or from the first on; `entry` is null where somebody took it away. */
export function listPendingFrom(
  reader: Reader,
  after: string | undefined,
  most: number,
): Promise<{ entryId: string; mark: string; entry: AuditEntry | null }[]> {
  return reader
    .select({ entryId: auditPending.entryId, mark: auditPending.mark, entry: auditEntry })
    .from(auditPending)
    .leftJoin(auditEntry, eq(auditEntry.id, auditPending.entryId))
    .where(after === undefined ? undefined : gt(auditPending.entryId, after))
    .orderBy(asc(auditPending.entryId))
    .limit(most);
}

export async function findLink(reader: Reader, position: number): Promise<AuditLink | undefined> {
  const [link] = await reader.select().from(auditLink).where(eq(auditLink.position, position));
  return link;
}

export async function insertLinks(tx: Writer, links: readonly AuditLink[]): Promise<void> {
  await tx.insert(auditLink).values([...links]);
}

export async function deletePending(tx: Writer, entryIds: readonly string[]): Promise<void> {
  await tx.delete(auditPending).where(inArray(auditPending.entryId, [...entryIds]));
}

/** The chain in pieces, so that checking it needs no more memory for a long one; from its very beginning where no position is given. */
export function listLinks(
  reader: Reader,
  after: number | undefined,
  most: number,
): Promise<{ link: AuditLink; entry: AuditEntry | null }[]> {
  return reader
    .select({ link: auditLink, entry: auditEntry })
    .from(auditLink)
    .leftJoin(auditEntry, eq(auditEntry.id, auditLink.entryId))
    .where(after === undefined ? undefined : gt(auditLink.position, after))
    .orderBy(asc(auditLink.position))
    .limit(most);
}

/** Entries that neither stand in the chain nor wait for it: somebody put them there by hand. */
export async function countStray(reader: Reader): Promise<number> {
  const [row] = await reader
    .select({ stray: count() })
    .from(auditEntry)
    .leftJoin(auditLink, eq(auditLink.entryId, auditEntry.id))
    .leftJoin(auditPending, eq(auditPending.entryId, auditEntry.id))
    .where(and(isNull(auditLink.entryId), isNull(auditPending.entryId)));
  return row?.stray ?? 0;
}

export interface AuditFilter {
  readonly action: string | undefined;
  /** The id of the person who did it. */
  readonly actorId: string | undefined;
  /** The id of the person whose account it was done to. */
  readonly personId: string | undefined;
  /** Milliseconds; from is included, until is not. */
  readonly from: number | undefined;
  readonly until: number | undefined;
  /** The ids of the cases that the one who looks must not hear of, as a query. */
  readonly hiddenCases: SQLWrapper;
}

export interface AuditPlace {
  readonly at: number;
  readonly id: string;
}

interface PageOfAudit {
  readonly place: AuditPlace | undefined;
  /** Reads towards the newest, and gives the rows in that order. */
  readonly backwards: boolean;
  readonly most: number;
}

/** One page of what was recorded, the newest first; as a query, since a test looks at how it is answered. */
export function selectAudit(reader: Reader, filter: AuditFilter, { place, backwards, most }: PageOfAudit) {
  const inOrder = backwards ? asc : desc;
  const further = backwards ? gt : lt;
  const { action, actorId, personId, from, until, hiddenCases } = filter;
  const beyond =
    place &&
    and(
      (backwards ? gte : lte)(auditEntry.at, place.at),
      or(further(auditEntry.at, place.at), further(auditEntry.id, place.id)),
    );
  return reader
    .select()
    .from(auditEntry)
    .where(
      and(
        action ? eq(auditEntry.action, action) : undefined,
        actorId ? eq(auditEntry.actorId, actorId) : undefined,
        personId ? and(eq(auditEntry.subjectKind, "person"), eq(auditEntry.subjectId, personId)) : undefined,
        from === undefined ? undefined : gte(auditEntry.at, from),
        until === undefined ? undefined : lt(auditEntry.at, until),
        or(ne(auditEntry.subjectKind, "case"), notInArray(auditEntry.subjectId, hiddenCases)),
        beyond,
      ),
    )
    .orderBy(inOrder(auditEntry.at), inOrder(auditEntry.id))
    .limit(most);
}

/** When something was done last, in milliseconds. */
export async function findLastTime(reader: Reader, action: AuditAction): Promise<number | undefined> {
  const [row] = await reader
    .select({ at: auditEntry.at })
    .from(auditEntry)
    .where(eq(auditEntry.action, action))
    .orderBy(desc(auditEntry.at))
    .limit(1);
  return row?.at;
}

export function listAuditOf(reader: Reader, kind: string, id: string, most: number): Promise<AuditEntry[]> {
  return reader
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.subjectKind, kind), eq(auditEntry.subjectId, id)))
    .orderBy(desc(auditEntry.at), desc(auditEntry.id))
    .limit(most);
}
