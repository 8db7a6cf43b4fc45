import { recordAudit } from "#audit/index.ts";
import { digest } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import { deleteSession, findSession, listSessionsOf } from "./session-store.ts";

/** Signed out here, left in a hurry, or signed in again in the same browser. */
export type SessionEnd = "here" | "left" | "replaced";

/** Ends one session and records whose it was and how it ended; where it is over already, nothing happens. */
export async function endSession(tx: Writer, id: string, how: SessionEnd, at: number): Promise<void> {
  const row = await findSession(tx, digest(id));
  if (!row) return;
  await deleteSession(tx, row.idHash);
  const subject = { kind: "person", id: row.personId } as const;
  await recordAudit(tx, { action: "account.signedOut", by: subject, subject, at, detail: { where: how } });
}

/** Ends one of a person's sessions, named by the beginning of what it is stored under. */
export async function endSessionOf(tx: Writer, personId: string, beginning: string): Promise<boolean> {
  const row = (await listSessionsOf(tx, personId)).find(({ idHash }) => idHash.startsWith(beginning));
  if (row) await deleteSession(tx, row.idHash);
  return row !== undefined;
}
