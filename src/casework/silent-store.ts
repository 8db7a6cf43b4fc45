import { and, count, eq, isNotNull, isNull, min } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { notExcluded } from "./exclusion-store.ts";
import { caseFile } from "./schema.ts";

/** A desk where somebody waits to be read. */
export interface WaitingDesk {
  readonly deskId: string;
  readonly waiting: number;
  /** Since when the one waits who waits longest. */
  readonly since: number;
}

/** Every desk with open cases that nobody has read, or that hold unread words, with how many of those are not kept from this person. */
export async function listWaitingDesks(reader: Reader, viewerId: string): Promise<WaitingDesk[]> {
  const found = new Map<string, WaitingDesk>();
  for (const { deskId, waiting, since } of [
    ...(await selectUnread(reader, viewerId)),
    ...(await selectUnanswered(reader, viewerId)),
  ]) {
    const before = found.get(deskId) ?? { waiting: 0, since: Number.POSITIVE_INFINITY };
    found.set(deskId, {
      deskId,
      waiting: before.waiting + waiting,
      since: Math.min(before.since, Number(since)),
    });
  }
  return [...found.values()];
}

/** Since they came: as a query, since a test looks at how it is answered. */
export function selectUnread(reader: Reader, viewerId: string) {
  return reader
    .select({ deskId: caseFile.deskId, waiting: count(), since: min(caseFile.receivedAt) })
    .from(caseFile)
    .where(and(isNull(caseFile.firstReadAt), eq(caseFile.open, true), notExcluded(reader, viewerId)))
    .groupBy(caseFile.deskId);
}

/** Since their reporters last wrote what nobody has opened. */
export function selectUnanswered(reader: Reader, viewerId: string) {
  return reader
    .select({ deskId: caseFile.deskId, waiting: count(), since: min(caseFile.unreadSince) })
    .from(caseFile)
    .where(
      and(
        isNotNull(caseFile.unreadSince),
        isNotNull(caseFile.firstReadAt),
        eq(caseFile.open, true),
        notExcluded(reader, viewerId),
      ),
    )
    .groupBy(caseFile.deskId);
}
