import { and, asc, count, desc, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { auditEntry, auditLink, auditPending } from "./schema.ts";

export type AuditEntry = typeof auditEntry.$inferSelect;
export type AuditLink = typeof auditLink.$inferSelect;

export async function insertAuditEntries(tx: Writer, entries: readonly AuditEntry[]): Promise<void> {
  await tx.insert(auditEntry).values([...entries]);
  await tx.insert(auditPending).values(entries.map(({ id }) => ({ entryId: id })));
}

export async function lastLink(tx: Reader): Promise<AuditLink | undefined> {
  const [link] = await tx.select().from(auditLink).orderBy(desc(auditLink.position)).limit(1);
  return link;
}

export async function listPending(tx: Reader, most: number): Promise<AuditEntry[]> {
  const rows = await tx
    .select({ entry: auditEntry })
    .from(auditPending)
    .innerJoin(auditEntry, eq(auditEntry.id, auditPending.entryId))
    .orderBy(asc(auditEntry.at), asc(auditEntry.id))
    .limit(most);
  return rows.map(({ entry }) => entry);
}

export async function insertLinks(tx: Writer, links: readonly AuditLink[]): Promise<void> {
  await tx.insert(auditLink).values([...links]);
  await tx.delete(auditPending).where(
    inArray(
      auditPending.entryId,
      links.map((link) => link.entryId),
    ),
  );
}

/** The chain in pieces, so that checking it needs no more memory for a long one. */
export function listLinks(
  reader: Reader,
  after: number,
  most: number,
): Promise<{ link: AuditLink; entry: AuditEntry | null }[]> {
  return reader
    .select({ link: auditLink, entry: auditEntry })
    .from(auditLink)
    .leftJoin(auditEntry, eq(auditEntry.id, auditLink.entryId))
    .where(gt(auditLink.position, after))
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

export function listAuditOf(reader: Reader, kind: string, id: string, most: number): Promise<AuditEntry[]> {
  return reader
    .select()
    .from(auditEntry)
    .where(and(eq(auditEntry.subjectKind, kind), eq(auditEntry.subjectId, id)))
    .orderBy(desc(auditEntry.at), desc(auditEntry.id))
    .limit(most);
}
