import { type Actor, recordAudit } from "#audit/index.ts";
import type { Writer } from "#platform/db/database.ts";
import { deleteKnownDevicesOf } from "./device-store.ts";
import { revokeInvitationsOf } from "./invitation-store.ts";
import { closePerson } from "./person-store.ts";
import { deleteSessionsOf } from "./session-store.ts";

/** Ends an account: its sessions, devices and waiting links go at once; the name stays beside what the person wrote. */
export async function closeAccount(
  tx: Writer,
  personId: string,
  { by, at }: { readonly by: Actor; readonly at: number },
): Promise<void> {
  await deleteSessionsOf(tx, personId);
  await deleteKnownDevicesOf(tx, personId);
  await revokeInvitationsOf(tx, personId, at);
  await closePerson(tx, personId, at);
  await recordAudit(tx, { action: "account.closed", by, subject: { kind: "person", id: personId }, at });
}
