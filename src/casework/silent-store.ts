import { and, count, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { caseFile } from "./schema.ts";

/** A desk where somebody waits to be read. */
export interface WaitingDesk {
  readonly deskId: string;
  readonly waiting: number;
  /** Since when the one waits who waits longest. */
  readonly since: number;
}

/** Since when a case waits: since it came, or since its reporter last wrote what nobody has opened. */
const SINCE = sql<number>`min(case when ${caseFile.firstReadAt} is null then ${caseFile.receivedAt} else ${caseFile.unreadSince} end)`;

/** Every desk with open cases that nobody has read, or that hold unread words, with how many there are. */
export async function listWaitingDesks(reader: Reader): Promise<WaitingDesk[]> {
  return reader
    .select({ deskId: caseFile.deskId, waiting: count(), since: SINCE.mapWith(Number) })
    .from(caseFile)
    .where(and(eq(caseFile.open, true), or(isNull(caseFile.firstReadAt), isNotNull(caseFile.unreadSince))))
    .groupBy(caseFile.deskId);
}
