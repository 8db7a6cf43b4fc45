import { type Actor, recordAudit } from "#audit/index.ts";
import type { Writer } from "#platform/db/database.ts";
import { deleteDeskKeysHeldBy } from "./desk-key-store.ts";
import { deleteKnownDevicesOf } from "./device-store.ts";
import { deleteFormerIdentitiesOf } from "./former-identity-store.ts";
import { revokeInvitationsBy, revokeInvitationsOf } from "./invitation-store.ts";
import { closePerson } from "./person-store.ts";
import { deleteSessionsOf } from "./session-store.ts";

/** Ends an account: its sessions, devices, keys and waiting links go at once, those it made too; the name stays beside what the person wrote. */
export async function closeAccount(
  tx: Writer,
  personId: string,
  { by, at }: { readonly by: Actor; readonly at: number },
): Promise<void> {
  await deleteSessionsOf(tx, personId);
  await deleteKnownDevicesOf(tx, personId);
  await deleteDeskKeysHeldBy(tx, personId);
  await deleteFormerIdentitiesOf(tx, personId);
  await revokeInvitationsOf(tx, personId, at);
  await revokeInvitationsBy(tx, personId, at);
  await closePerson(tx, personId, at);
  await recordAudit(tx, { action: "account.closed", by, subject: { kind: "person", id: personId }, at });
}
