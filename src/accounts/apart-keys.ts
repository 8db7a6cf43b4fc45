import { randomToken } from "#platform/crypto/derive.ts";
import { newKeyPair, openText, seal } from "#platform/crypto/seal.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { insertApartKey, insertApartKeyHolder, listApartKeysHeldBy } from "./apart-key-store.ts";
import { recoveryHolderMark } from "./cover-apart-keys.ts";
import type { KeyHolder } from "./desk-keys.ts";
import { RECOVERY } from "./recovery-holder.ts";

/** A desk's key for one case, sealed to those of its members who may open that case. */
export interface PreparedApartKey {
  readonly id: string;
  readonly deskId: string;
  readonly recipient: string;
  readonly holders: readonly { readonly holder: string; readonly sealed: Buffer; readonly mark?: string }[];
}

export interface Apart {
  readonly deskId: string;
  readonly members: readonly KeyHolder[];
  readonly recoveryRecipient: string | undefined;
}

export async function prepareApartKey(
  { secrets }: Pick<Platform, "secrets">,
  { deskId, members, recoveryRecipient }: Apart,
): Promise<PreparedApartKey> {
  const [id, keys] = [randomToken(), await newKeyPair()];
  const holders: PreparedApartKey["holders"][number][] = [];
  for (const each of members) holders.push({ holder: each.id, sealed: await seal(each.recipient, keys.identity) });
  if (recoveryRecipient) {
    const mark = recoveryHolderMark(secrets, id, recoveryRecipient);
    holders.push({ holder: RECOVERY, sealed: await seal(recoveryRecipient, keys.identity), mark });
  }
  return { id, deskId, recipient: keys.recipient, holders };
}

export async function storeApartKey(tx: Writer, key: PreparedApartKey, at: number): Promise<void> {
  const { id, deskId, recipient, holders } = key;
  await insertApartKey(tx, { id, deskId, recipient, madeAt: at });
  for (const each of holders) await insertApartKeyHolder(tx, { ...each, apartKeyId: id });
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
