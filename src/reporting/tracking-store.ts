import { and, eq, gt, lt } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { trackingSession } from "./schema.ts";

type TrackingSession = typeof trackingSession.$inferSelect;

export async function insertTrackingSession(tx: Writer, row: TrackingSession): Promise<void> {
  await tx.insert(trackingSession).values(row);
}

export async function findTrackingSession(reader: Reader, idHash: string): Promise<TrackingSession | undefined> {
  const [row] = await reader.select().from(trackingSession).where(eq(trackingSession.idHash, idHash));
  return row;
}

export async function updateTrackingExpiry(tx: Writer, idHash: string, expiresAt: number): Promise<void> {
  await tx.update(trackingSession).set({ expiresAt }).where(eq(trackingSession.idHash, idHash));
}

/** Moves the end of a session that has not ended yet. */
export async function endTrackingAt(tx: Writer, idHash: string, at: number, now: number): Promise<void> {
  await tx
    .update(trackingSession)
    .set({ expiresAt: at })
    .where(and(eq(trackingSession.idHash, idHash), gt(trackingSession.expiresAt, now)));
}

export async function deleteTrackingSession(tx: Writer, idHash: string): Promise<void> {
  await tx.delete(trackingSession).where(eq(trackingSession.idHash, idHash));
}

export async function deleteExpiredTracking(tx: Writer, now: number): Promise<void> {
  await tx.delete(trackingSession).where(lt(trackingSession.expiresAt, now));
}
