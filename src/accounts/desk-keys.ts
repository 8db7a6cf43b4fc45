import { randomToken } from "#platform/crypto/derive.ts";
import { newKeyPair, seal } from "#platform/crypto/seal.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { type DeskKey, insertDeskKey, insertDeskKeyHolder, newestDeskKey, nextKeyHolder } from "./desk-key-store.ts";
import { RECOVERY } from "./recovery-holder.ts";
import { deskKeyMark, holderMark, isOwnDeskKey } from "./trusted-members.ts";

export interface PreparedDeskKey {
  readonly id: string;
  readonly deskId: string;
  readonly generation: number;
  readonly recipient: string;
  readonly mark: string;
  readonly holders: readonly { readonly holder: string; readonly sealed: Buffer; readonly mark: string }[];
}

/** Makes the first key of a desk, sealed to its first member and to the recovery recipient where there is one. */
export function prepareDeskKey(
  { secrets }: KeyNeeds,
  deskId: string,
  member: KeyHolder,
  recoveryRecipient: string | undefined,
): Promise<PreparedDeskKey> {
  return prepareKey(secrets, { deskId, generation: 1, members: [member], recoveryRecipient });
}

interface KeyNeeds {
  readonly secrets: Pick<Secrets, "pepper">;
}

/** Somebody to whom a desk's key is sealed. */
export interface KeyHolder {
  readonly id: string;
  readonly recipient: string;
}

interface Wanted {
  readonly deskId: string;
  readonly generation: number;
  readonly members: readonly KeyHolder[];
  readonly recoveryRecipient: string | undefined;
}

async function prepareKey(secrets: KeyNeeds["secrets"], wanted: Wanted): Promise<PreparedDeskKey> {
  const { deskId, generation, members, recoveryRecipient } = wanted;
  const [id, keys] = [randomToken(), await newKeyPair()];
  const to = recoveryRecipient ? [...members, { id: RECOVERY, recipient: recoveryRecipient }] : members;
  const holders = [];
  for (const each of to) {
    const sealed = await seal(each.recipient, keys.identity);
    holders.push({ holder: each.id, sealed, mark: holderMark(secrets, id, each) });
  }
  const key = { id, deskId, generation, recipient: keys.recipient };
  return { ...key, mark: deskKeyMark(secrets, key), holders };
}

export async function storeDeskKey(tx: Writer, key: PreparedDeskKey, now: number): Promise<void> {
  const { id, holders, ...row } = key;
  await insertDeskKey(tx, { ...row, id, madeAt: now });
  for (const each of holders) await insertDeskKeyHolder(tx, { ...each, deskKeyId: id });
}

/** The key after a desk's newest one, with the newest one's identity sealed to it: who holds the next opens all before. */
export interface NextDeskKey {
  readonly key: PreparedDeskKey;
  readonly after: DeskKey;
  readonly link: { readonly deskKeyId: string; readonly holder: string; readonly sealed: Buffer; readonly mark: "" };
}

/**
 * Makes a desk's next key for those who stay. Whoever left holds the old one at most, and opens nothing newer.
 * @param identity what opens the newest key
 */
export async function prepareNextDeskKey(
  { secrets }: KeyNeeds,
  after: DeskKey,
  identity: string,
  members: readonly KeyHolder[],
  recoveryRecipient: string | undefined,
): Promise<NextDeskKey> {
  const { deskId, generation } = after;
  const key = await prepareKey(secrets, { deskId, generation: generation + 1, members, recoveryRecipient });
  const sealed = await seal(key.recipient, identity);
  const link = { deskKeyId: after.id, holder: nextKeyHolder(key.id), sealed, mark: "" } as const;
  return { key, after, link };
}

/** @returns false where somebody else has made a newer key meanwhile, and then nothing is stored */
export async function storeNextDeskKey(tx: Writer, { key, after, link }: NextDeskKey, now: number): Promise<boolean> {
  const newest = await newestDeskKey(tx, after.deskId);
  if (newest?.id !== after.id) return false;
  await storeDeskKey(tx, key, now);
  await insertDeskKeyHolder(tx, link);
  return true;
}

/**
 * Where to seal for a desk now: the id and recipient of its newest key, or undefined while nobody could open it, or where
 * that key is none of this service's.
 */
export async function deskRecipient(
  reader: Reader,
  { secrets }: KeyNeeds,
  deskId: string,
): Promise<{ deskKeyId: string; recipient: string } | undefined> {
  const key = await newestDeskKey(reader, deskId);
  return key && isOwnDeskKey(secrets, key) ? { deskKeyId: key.id, recipient: key.recipient } : undefined;
}
