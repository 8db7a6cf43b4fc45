import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { type Invitation, renewInvitation, revokeInvitation } from "./invitation-store.ts";
import { AGAIN_MS, INVITED_MS } from "./invite-person.ts";

/** Makes another link, after which the earlier one is worth nothing, or takes the invitation back. */
export async function changeInvitation(
  { db, now }: Pick<Platform, "db" | "now">,
  by: Pick<Account, "id">,
  { id, version, kind }: Invitation,
  what: "renew" | "revoke",
): Promise<void> {
  const at = now();
  const expiresAt = at + (kind === "again" ? AGAIN_MS : INVITED_MS);
  await db.write(async (tx) => {
    const done =
      what === "renew" ? await renewInvitation(tx, { id, version, expiresAt }) : await revokeInvitation(tx, id, at);
    if (!done) return;
    const action = what === "renew" ? "invitation.renewed" : "invitation.revoked";
    await recordAudit(tx, { action, by: { kind: "person", id: by.id }, subject: { kind: "person", id }, at });
  });
}
