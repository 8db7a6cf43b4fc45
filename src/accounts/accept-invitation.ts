import { recordAudit } from "#audit/index.ts";
import type { Language } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { type PreparedAccount, prepareAccount, storeAccount } from "./create-account.ts";
import { deleteWholeDeskKeysHeldBy, newestDeskKey } from "./desk-key-store.ts";
import { type PreparedDeskKey, prepareDeskKey, storeDeskKey } from "./desk-keys.ts";
import { insertDeskMember } from "./desk-store.ts";
import { deleteKnownDevicesOf } from "./device-store.ts";
import { stateOf } from "./invitation-link.ts";
import { findInvitation, type Invitation, useInvitation } from "./invitation-store.ts";
import { keepFormerIdentity } from "./keep-former-identity.ts";
import { findPerson, findPersonByEmail, updateIdentity, updateTotp } from "./person-store.ts";
import { findRecoveryIn, findRecoveryRecipient, type RecoveryNeeds } from "./recovery-recipient.ts";
import { isRole } from "./roles.ts";
import { deleteSessionsOf } from "./session-store.ts";
import { suspendMemberships } from "./team-store.ts";

export interface AcceptNeeds extends RecoveryNeeds, Pick<Platform, "lanes" | "now"> {}

export interface Accepting {
  readonly name: string;
  readonly language: Language;
  readonly password: string;
}

/**
 * Makes the account that an invitation is for, or gives an existing one a new password and key. The first member of a
 * desk makes its key; everybody after that waits until a colleague admits them.
 * @returns the recovery code, to be shown once; undefined where the invitation is used up, taken back or over
 */
export async function acceptInvitation(
  needs: AcceptNeeds,
  invitation: Invitation,
  accepting: Accepting,
): Promise<{ readonly recoveryCode: string; readonly waits: boolean } | undefined> {
  const { role, email } = invitation;
  if (!isRole(role)) return undefined;
  const account = await prepareAccount(needs, { ...accepting, email, role }, invitation.personId ?? randomToken());
  const waits =
    invitation.kind === "again"
      ? await takeUpAgain(needs, invitation, account)
      : await begin(needs, invitation, account);
  return waits === undefined ? undefined : { recoveryCode: account.recoveryCode, waits };
}

async function begin(
  needs: AcceptNeeds,
  invitation: Invitation,
  account: PreparedAccount,
): Promise<boolean | undefined> {
  const { deskId } = invitation;
  const recovery = await findRecoveryRecipient(needs);
  const key = deskId === null ? undefined : await prepareDeskKey(needs, deskId, account.row, recovery);
  const at = needs.now();
  const begun = await needs.db.write(async (tx) => {
    if (!(await stillWaits(tx, invitation, at)) || (await findPersonByEmail(tx, account.row.email))) return undefined;
    if (key && recovery !== (await findRecoveryIn(tx, needs))) return "recovery-changed" as const;
    await storeAccount(tx, account);
    await useInvitation(tx, { id: invitation.id, personId: account.row.id, at });
    return key ? !(await takePlace(tx, { invitation, account, key, at })) : false;
  });
  // A recovery key that was made meanwhile opens this desk too.
  return begun === "recovery-changed" ? begin(needs, invitation, account) : begun;
}

/** Two may open one link at the same moment, and somebody may take it back meanwhile. */
async function stillWaits(tx: Writer, { id, version }: Invitation, at: number): Promise<boolean> {
  const found = await findInvitation(tx, id);
  return found !== undefined && found.version === version && stateOf(found, at) === "waiting";
}

interface Taking {
  readonly invitation: Invitation;
  readonly account: PreparedAccount;
  readonly key: PreparedDeskKey;
  readonly at: number;
}

/** @returns whether the person is the desk's first and so admitted at once */
async function takePlace(tx: Writer, { invitation, account, key, at }: Taking): Promise<boolean> {
  const { deskId } = key;
  const first = (await newestDeskKey(tx, deskId)) === undefined;
  const personId = account.row.id;
  await insertDeskMember(tx, { deskId, personId, admittedAt: first ? at : null, leads: invitation.leads });
  const by = { kind: "person", id: personId } as const;
  const subject = { kind: "desk", id: deskId } as const;
  if (first) {
    await storeDeskKey(tx, key, at);
    await recordAudit(tx, { action: "desk.keyMade", by, subject, at });
  } else await recordAudit(tx, { action: "desk.memberAdded", by, subject, at, detail: { person: personId } });
  return first;
}

async function takeUpAgain(
  { db, now }: AcceptNeeds,
  invitation: Invitation,
  { row }: PreparedAccount,
): Promise<boolean | undefined> {
  const at = now();
  return db.write(async (tx) => {
    const before = await findPerson(tx, row.id);
    if (!before || !(await stillWaits(tx, invitation, at))) return undefined;
    await useInvitation(tx, { id: invitation.id, personId: row.id, at });
    await keepFormerIdentity(tx, before, at);
    await updateIdentity(tx, row.id, row);
    await updateTotp(tx, row.id, null);
    await deleteSessionsOf(tx, row.id);
    await deleteKnownDevicesOf(tx, row.id);
    await deleteWholeDeskKeysHeldBy(tx, row.id);
    await suspendMemberships(tx, row.id, invitation.invitedBy);
    const subject = { kind: "person", id: row.id } as const;
    await recordAudit(tx, { action: "account.recovered", by: subject, subject, at, detail: { how: "link" } });
    return true;
  });
}
