import { recordAudit } from "#audit/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import { newKeyPair, seal } from "#platform/crypto/seal.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { insertApartKey, insertApartKeyHolder, listUnshared, type Unshared } from "./apart-key-store.ts";
import { listReachableDeskKeys, openDeskKeyring } from "./desk-keyring.ts";
import { type KeyHolder, RECOVERY } from "./desk-keys.ts";

/** A desk's key for one case, sealed to those of its members who may open that case. */
export interface PreparedApartKey {
  readonly id: string;
  readonly deskId: string;
  readonly recipient: string;
  readonly holders: readonly { readonly holder: string; readonly sealed: Buffer }[];
  readonly without: readonly string[];
}

export interface Apart {
  readonly deskId: string;
  readonly members: readonly KeyHolder[];
  /** Ids of persons that the key is never sealed to. */
  readonly without: readonly string[];
  readonly recoveryRecipient: string | undefined;
}

export async function prepareApartKey({
  deskId,
  members,
  without,
  recoveryRecipient,
}: Apart): Promise<PreparedApartKey> {
  const keys = await newKeyPair();
  const to = recoveryRecipient ? [...members, { id: RECOVERY, recipient: recoveryRecipient }] : members;
  const holders = [];
  for (const { id, recipient } of to) holders.push({ holder: id, sealed: await seal(recipient, keys.identity) });
  return { id: randomToken(), deskId, recipient: keys.recipient, holders, without };
}

export async function storeApartKey(tx: Writer, key: PreparedApartKey, at: number): Promise<void> {
  const { id, deskId, recipient, holders, without } = key;
  await insertApartKey(tx, { id, deskId, recipient, madeAt: at }, without);
  for (const { holder, sealed } of holders) await insertApartKeyHolder(tx, { apartKeyId: id, holder, sealed });
}

/**
 * Seals the keys for single cases that somebody holds to the colleagues who came later and may open those cases. Done
 * when a colleague is admitted and whenever a holder signs in, since only a holder can.
 * @param by a person, or `recovery`, with the identity that opens what is sealed to it
 */
export async function shareApartKeys(
  { db, now }: Pick<Platform, "db" | "now">,
  by: { readonly id: string; readonly identity: string },
): Promise<void> {
  const unshared = await db.read((reader) => listUnshared(reader, by.id));
  if (unshared.length === 0) return;
  const keyring = openDeskKeyring(await db.read((reader) => listReachableDeskKeys(reader, by.id)), by.id, by.identity);
  const sealed: (Unshared & { readonly sealed: Buffer })[] = [];
  for (const each of unshared) {
    sealed.push({ ...each, sealed: await seal(each.recipient, await keyring.open(each.apartKeyId)) });
  }
  const actor = by.id === RECOVERY ? ({ kind: "system" } as const) : ({ kind: "person", id: by.id } as const);
  await db.write(async (tx) => {
    const still = await listUnshared(tx, by.id);
    for (const { apartKeyId, deskId, personId, recipient, sealed: key } of sealed) {
      // Whoever left or took up a new key meanwhile must not get what was sealed before.
      const isStill = still.some(
        (each) => each.apartKeyId === apartKeyId && each.personId === personId && each.recipient === recipient,
      );
      if (!isStill) continue;
      await insertApartKeyHolder(tx, { apartKeyId, holder: personId, sealed: key });
      const subject = { kind: "desk", id: deskId } as const;
      await recordAudit(tx, { action: "desk.keyShared", by: actor, subject, at: now(), detail: { person: personId } });
    }
  });
}
