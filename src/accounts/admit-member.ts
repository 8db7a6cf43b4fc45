import { recordAudit } from "#audit/index.ts";
import { seal } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { insertDeskKeyHolder, newestDeskKey } from "./desk-key-store.ts";
import { listReachableDeskKeys, openDeskKeyring } from "./desk-keyring.ts";
import { admitDeskMember, findMember } from "./team-store.ts";
import { hasOwnRecipient, holderMark, isOwnDeskKey } from "./trusted-members.ts";

export type AdmitOutcome = "done" | "missing" | "noKey" | "changed" | "offered";

/** Who admits: a colleague, or whoever holds the offline recovery identity. */
export type Admitting =
  | { readonly kind: "colleague"; readonly by: Pick<Account, "id" | "identity"> }
  | { readonly kind: "recovery"; readonly holder: string; readonly identity: string };

/**
 * Seals a desk's newest key to somebody who waits, and so everything the desk ever received.
 * @returns `missing` where nobody of that name waits there, where the recipient is not the one of the account, or the
 * colleague is none of that desk, `noKey` where the colleague holds no key of the desk, `changed` where it has a newer
 * key by now, `offered` where the colleague gave the link with which this person took the account up anew: two have to look
 * @throws CannotOpen where the identity is not the holder's
 */
export async function admitMember(
  { db, secrets, now }: Pick<Platform, "db" | "secrets" | "now">,
  admitting: Admitting,
  { deskId, personId }: { readonly deskId: string; readonly personId: string },
): Promise<AdmitOutcome> {
  const [holder, identity] =
    admitting.kind === "colleague" ? [admitting.by.id, admitting.by.identity] : [admitting.holder, admitting.identity];
  const found = await db.read(async (reader) => {
    const colleague = admitting.kind === "recovery" ? undefined : await findMember(reader, deskId, holder);
    const isOf = admitting.kind === "recovery" || (colleague !== undefined && colleague.admittedAt !== null);
    const member = isOf ? await findMember(reader, deskId, personId) : undefined;
    const newest = await newestDeskKey(reader, deskId);
    return { member, newest, reached: await listReachableDeskKeys(reader, holder) };
  });
  const { member, newest, reached } = found;
  if (!member || member.admittedAt !== null) return "missing";
  if (admitting.kind === "colleague" && member.offeredBy === holder) return "offered";
  const keyring = openDeskKeyring(reached, holder, identity);
  if (!newest || !isOwnDeskKey(secrets, newest) || !keyring.keys.has(newest.id)) return "noKey";
  if (!hasOwnRecipient(secrets, { ...member, id: personId })) return "missing";
  const sealed = await seal(member.recipient, await keyring.open(newest.id));
  const at = now();
  const by = admitting.kind === "colleague" ? ({ kind: "person", id: holder } as const) : ({ kind: "system" } as const);
  return db.write(async (tx): Promise<AdmitOutcome> => {
    const same = (await newestDeskKey(tx, deskId))?.id === newest.id;
    const still = await findMember(tx, deskId, personId);
    if (admitting.kind === "colleague" && !(await findMember(tx, deskId, holder))?.admittedAt) return "missing";
    if (!same || still?.recipient !== member.recipient) return "changed";
    if (!(await admitDeskMember(tx, { deskId, personId, at }))) return "missing";
    const mark = holderMark(secrets, newest.id, { id: personId, recipient: member.recipient });
    await insertDeskKeyHolder(tx, { deskKeyId: newest.id, holder: personId, sealed, mark });
    const subject = { kind: "desk", id: deskId } as const;
    await recordAudit(tx, { action: "desk.memberAdmitted", by, subject, at, detail: { person: personId } });
    return "done";
  });
}
