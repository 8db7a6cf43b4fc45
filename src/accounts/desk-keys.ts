import { randomToken } from "#platform/crypto/derive.ts";
import { newKeyPair, openText, seal } from "#platform/crypto/seal.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { insertDeskKey, insertDeskKeyHolder, listHeldDeskKeys, newestDeskKey } from "./desk-store.ts";

/** Stands in the place of a person's id for the offline recovery identity. */
export const RECOVERY = "recovery";

export interface PreparedDeskKey {
  readonly id: string;
  readonly deskId: string;
  readonly generation: number;
  readonly recipient: string;
  readonly holders: readonly { readonly holder: string; readonly sealed: Buffer }[];
}

/** Makes the first key of a desk, sealed to its first member and to the recovery recipient where there is one. */
export async function prepareDeskKey(
  deskId: string,
  member: { readonly id: string; readonly recipient: string },
  recoveryRecipient: string | undefined,
): Promise<PreparedDeskKey> {
  const keys = await newKeyPair();
  const holders = [{ holder: member.id, sealed: await seal(member.recipient, keys.identity) }];
  if (recoveryRecipient) holders.push({ holder: RECOVERY, sealed: await seal(recoveryRecipient, keys.identity) });
  return { id: randomToken(), deskId, generation: 1, recipient: keys.recipient, holders };
}

export async function storeDeskKey(tx: Writer, key: PreparedDeskKey, now: number): Promise<void> {
  const { id, deskId, generation, recipient } = key;
  await insertDeskKey(tx, { id, deskId, generation, recipient, madeAt: now });
  for (const { holder, sealed } of key.holders) await insertDeskKeyHolder(tx, { deskKeyId: id, holder, sealed });
}

/** Seals every key of a desk that the colleague holds to a new member. Throws `CannotOpen` for a wrong identity. */
export async function sealDeskKeysTo(
  reader: Reader,
  deskId: string,
  by: { readonly personId: string; readonly identity: string },
  member: { readonly id: string; readonly recipient: string },
): Promise<{ deskKeyId: string; holder: string; sealed: Buffer }[]> {
  const held = await listHeldDeskKeys(reader, by.personId);
  const sealed = [];
  for (const key of held.filter((each) => each.deskId === deskId)) {
    const identity = await openText(by.identity, key.sealed);
    sealed.push({ deskKeyId: key.deskKeyId, holder: member.id, sealed: await seal(member.recipient, identity) });
  }
  return sealed;
}

/** Where to seal for a desk now: the id and recipient of its newest key, or undefined while nobody could open it. */
export async function deskRecipient(
  reader: Reader,
  deskId: string,
): Promise<{ deskKeyId: string; recipient: string } | undefined> {
  const key = await newestDeskKey(reader, deskId);
  return key && { deskKeyId: key.id, recipient: key.recipient };
}
