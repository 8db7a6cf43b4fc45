import { recordAudit } from "#audit/index.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Account } from "./account.ts";
import { closeAccount } from "./close-account.ts";
import { deleteDeskKeysHeldBy, newestDeskKey, retireDeskKey } from "./desk-key-store.ts";
import { storeNextDeskKey } from "./desk-keys.ts";
import { deleteKnownDevicesOf } from "./device-store.ts";
import { holdsApartKeyAlone } from "./holds-apart-key-alone.ts";
import { revokeInvitationsBy } from "./invitation-store.ts";
import { prepareFor, type RenewNeeds, sameHolders } from "./renew-desk-keys.ts";
import { deleteSessionsOf } from "./session-store.ts";
import { countDesksOf, deleteDeskMember, findMember, listMembers } from "./team-store.ts";
import { listTrustedMembers } from "./trusted-members.ts";

export type RemoveOutcome = "done" | "missing" | "last";

export interface Removal {
  readonly deskId: string;
  readonly personId: string;
  /** Also where nobody else could then open what the desk holds. */
  readonly evenLast: boolean;
}

/**
 * Takes somebody from a desk: the person's sessions and keys go at once, and the desk gets a new key, now where the one
 * who removes holds the old one, and otherwise when the next holder signs in or opens the inbox. Whoever stands at no
 * desk then has no account any more.
 */
export async function removeMember(
  needs: RenewNeeds,
  by: Pick<Account, "id" | "identity">,
  { deskId, personId, evenLast }: Removal,
): Promise<RemoveOutcome> {
  const { db, now } = needs;
  const newest = await db.read((reader) => newestDeskKey(reader, deskId));
  const next = newest && by.id !== personId ? await prepareFor(needs, by, newest, personId) : undefined;
  const at = now();
  return db.write(async (tx) => {
    const member = await findMember(tx, deskId, personId);
    if (!member) return "missing";
    const members = await listMembers(tx, deskId);
    const trusted = await listTrustedMembers(tx, needs.secrets, deskId);
    const stays = members.some((each) => each.personId !== personId && each.admittedAt !== null);
    // Whoever took the account up anew and waits may be the only one who can still bring a case back.
    const alone = (member.admittedAt !== null && !stays) || (await holdsApartKeyAlone(tx, needs, personId, deskId));
    if (alone && !evenLast) return "last";
    await deleteDeskMember(tx, deskId, personId);
    await deleteDeskKeysHeldBy(tx, personId, deskId);
    await revokeInvitationsBy(tx, personId, at, deskId);
    await deleteSessionsOf(tx, personId);
    await deleteKnownDevicesOf(tx, personId);
    const actor = { kind: "person", id: by.id } as const;
    const subject = { kind: "desk", id: deskId } as const;
    await recordAudit(tx, { action: "desk.memberRemoved", by: actor, subject, at, detail: { person: personId } });
    if (member.admittedAt !== null) {
      const stored = next && sameHolders(next, trusted, personId) && (await storeNextDeskKey(tx, next, at));
      if (stored) await recordAudit(tx, { action: "desk.keyMade", by: actor, subject, at });
      else await retireNewest(tx, deskId, at);
    }
    if ((await countDesksOf(tx, personId)) === 0) await closeAccount(tx, personId, { by: actor, at });
    return "done";
  });
}

async function retireNewest(tx: Writer, deskId: string, at: number): Promise<void> {
  const newest = await newestDeskKey(tx, deskId);
  if (newest) await retireDeskKey(tx, newest.id, at);
}
