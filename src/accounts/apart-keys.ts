import { randomToken } from "#platform/crypto/derive.ts";
import { newKeyPair, openText, seal } from "#platform/crypto/seal.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { insertApartKey, insertApartKeyHolder, listApartKeysHeldBy } from "./apart-key-store.ts";
import { type KeyHolder, RECOVERY } from "./desk-keys.ts";

/** A desk's key for one case, sealed to those of its members who may open that case. */
export interface PreparedApartKey {
  readonly id: string;
  readonly deskId: string;
  readonly recipient: string;
  readonly holders: readonly { readonly holder: string; readonly sealed: Buffer }[];
}

export interface Apart {
  readonly deskId: string;
  readonly members: readonly KeyHolder[];
  readonly recoveryRecipient: string | undefined;
}

export async function prepareApartKey({ deskId, members, recoveryRecipient }: Apart): Promise<PreparedApartKey> {
  const keys = await newKeyPair();
  const to = recoveryRecipient ? [...members, { id: RECOVERY, recipient: recoveryRecipient }] : members;
  const holders = [];
  for (const { id, recipient } of to) holders.push({ holder: id, sealed: await seal(recipient, keys.identity) });
  return { id: randomToken(), deskId, recipient: keys.recipient, holders };
}

export async function storeApartKey(tx: Writer, key: PreparedApartKey, at: number): Promise<void> {
  const { id, deskId, recipient, holders } = key;
  await insertApartKey(tx, { id, deskId, recipient, madeAt: at });
  for (const { holder, sealed } of holders) await insertApartKeyHolder(tx, { apartKeyId: id, holder, sealed });
}

/** A key for one case, sealed to one more person and not stored yet. */
export interface SealedApartKey extends KeyHolder {
  readonly sealed: Buffer;
}

/**
 * Seals a key for one case to more people. It never happens by itself: whoever holds the key decides who else may open
 * a case that was kept from somebody.
 * @param by a person, or `recovery`, with the identity that opens what is sealed to it
 * @throws CannotOpen where the identity is another than the one the key was sealed to
 */
export async function sealApartKey(
  { db }: Pick<Platform, "db">,
  by: { readonly id: string; readonly identity: string },
  id: string,
  people: readonly KeyHolder[],
): Promise<SealedApartKey[]> {
  const [held] = await db.read((reader) => listApartKeysHeldBy(reader, by.id, [id]));
  if (!held || people.length === 0) return [];
  const key = await openText(by.identity, held.sealed);
  const sealed: SealedApartKey[] = [];
  for (const each of people)
    sealed.push({ id: each.id, recipient: each.recipient, sealed: await seal(each.recipient, key) });
  return sealed;
}
