import { and, eq, gt, lt, ne } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { session } from "./schema.ts";

export type SessionRow = typeof session.$inferSelect;

export async function insertSession(tx: Writer, row: SessionRow): Promise<void> {
  await tx.insert(session).values(row);
}

export async function findSession(reader: Reader, idHash: string): Promise<SessionRow | undefined> {
  const [row] = await reader.select().from(session).where(eq(session.idHash, idHash));
  return row;
}

export function listSessionsOf(reader: Reader, personId: string): Promise<SessionRow[]> {
  return reader.select().from(session).where(eq(session.personId, personId));
}

export async function updateSessionExpiry(tx: Writer, idHash: string, expiresAt: number): Promise<void> {
  await tx.update(session).set({ expiresAt }).where(eq(session.idHash, idHash));
}

/** Moves the end of a session that has not ended yet. */
export async function updateLiveSessionExpiry(tx: Writer, idHash: string, at: number, now: number): Promise<void> {
  await tx
    .update(session)
    .set({ expiresAt: at })
    .where(and(eq(session.idHash, idHash), gt(session.expiresAt, now)));
}

/** Notes that the person has shown everything that is asked. */
export async function updateSessionConfirmed(tx: Writer, idHash: string, at: number): Promise<void> {
  await tx.update(session).set({ confirmedAt: at }).where(eq(session.idHash, idHash));
}

export async function deleteSession(tx: Writer, idHash: string): Promise<void> {
  await tx.delete(session).where(eq(session.idHash, idHash));
}

export async function deleteSessionsOf(tx: Writer, personId: string): Promise<void> {
  await tx.delete(session).where(eq(session.personId, personId));
}

/** Ends all sessions of a person but one. */
export async function deleteOtherSessionsOf(tx: Writer, personId: string, kept: string): Promise<void> {
  await tx.delete(session).where(and(eq(session.personId, personId), ne(session.idHash, kept)));
}

export async function deleteExpiredSessions(tx: Writer, now: number): Promise<void> {
  await tx.delete(session).where(lt(session.expiresAt, now));
}
