import { randomToken } from "#platform/crypto/derive.ts";
import { newKeyPair, seal } from "#platform/crypto/seal.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import {
  type DeskKey,
  insertDeskKey,
  insertDeskKeyHolder,
  newestDeskKey,
  nextKeyHolder,
  RECOVERY,
} from "./desk-key-store.ts";

export { RECOVERY };

export interface PreparedDeskKey {
  readonly id: string;
  readonly deskId: string;
  readonly generation: number;
  readonly recipient: string;
  readonly holders: readonly { readonly holder: string; readonly sealed: Buffer }[];
}

/** Makes the first key of a desk, sealed to its first member and to the recovery recipient where there is one. */
export function prepareDeskKey(
  deskId: string,
  member: KeyHolder,
  recoveryRecipient: string | undefined,
): Promise<PreparedDeskKey> {
  return prepareKey({ deskId, generation: 1, members: [member], recoveryRecipient });
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

async function prepareKey({ deskId, generation, members, recoveryRecipient }: Wanted): Promise<PreparedDeskKey> {
  const keys = await newKeyPair();
  const to = recoveryRecipient ? [...members, { id: RECOVERY, recipient: recoveryRecipient }] : members;
  const holders = [];
  for (const { id, recipient } of to) holders.push({ holder: id, sealed: await seal(recipient, keys.identity) });
  return { id: randomToken(), deskId, generation, recipient: keys.recipient, holders };
}

export async function storeDeskKey(tx: Writer, key: PreparedDeskKey, now: number): Promise<void> {
  const { id, deskId, generation, recipient } = key;
  await insertDeskKey(tx, { id, deskId, generation, recipient, madeAt: now });
  for (const { holder, sealed } of key.holders) await insertDeskKeyHolder(tx, { deskKeyId: id, holder, sealed });
}

/** The key after a desk's newest one, with the newest one's identity sealed to it: who holds the next opens all before. */
export interface NextDeskKey {
  readonly key: PreparedDeskKey;
  readonly after: DeskKey;
  readonly link: { readonly deskKeyId: string; readonly holder: string; readonly sealed: Buffer };
}

/**
 * Makes a desk's next key for those who stay. Whoever left holds the old one at most, and opens nothing newer.
 * @param identity what opens the newest key
 */
export async function prepareNextDeskKey(
  after: DeskKey,
  identity: string,
  members: readonly KeyHolder[],
  recoveryRecipient: string | undefined,
): Promise<NextDeskKey> {
  const { deskId, generation } = after;
  const key = await prepareKey({ deskId, generation: generation + 1, members, recoveryRecipient });
  const link = { deskKeyId: after.id, holder: nextKeyHolder(key.id), sealed: await seal(key.recipient, identity) };
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

/** Where to seal for a desk now: the id and recipient of its newest key, or undefined while nobody could open it. */
export async function deskRecipient(
  reader: Reader,
  deskId: string,
): Promise<{ deskKeyId: string; recipient: string } | undefined> {
  const key = await newestDeskKey(reader, deskId);
  return key && { deskKeyId: key.id, recipient: key.recipient };
}
