import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import { type DeskKey, listRetiredKeysOf, listUncoveredKeys } from "./desk-key-store.ts";
import { listReachableDeskKeys, openDeskKeyring } from "./desk-keyring.ts";
import { type KeyHolder, type NextDeskKey, prepareNextDeskKey, RECOVERY, storeNextDeskKey } from "./desk-keys.ts";
import { findRecoveryRecipient, type RecoveryNeeds } from "./recovery-recipient.ts";
import { listMembers, type Member } from "./team-store.ts";

export interface RenewNeeds extends RecoveryNeeds, Pick<Platform, "now"> {}

/**
 * Makes the next key of every desk that somebody has left who knew the newest one, and of every desk whose key was made
 * before anybody kept a recovery key. It is done when a holder signs in, since a job holds no key.
 */
export async function renewDeskKeys(
  needs: RenewNeeds,
  by: { readonly id: string; readonly identity: string },
): Promise<void> {
  const { db, now } = needs;
  const recovery = await findRecoveryRecipient(needs);
  const due = await db.read(async (reader) => [
    ...(await listRetiredKeysOf(reader, by.id)),
    ...(recovery === undefined ? [] : await listUncoveredKeys(reader, by.id)),
  ]);
  for (const key of new Map(due.map((each) => [each.id, each])).values()) {
    const next = await prepareFor(needs, by, key, undefined);
    const at = now();
    await db.write(async (tx) => {
      const members = await listMembers(tx, key.deskId);
      if (!next || !sameHolders(next, members) || !(await storeNextDeskKey(tx, next, at))) return;
      const subject = { kind: "desk", id: key.deskId } as const;
      await recordAudit(tx, { action: "desk.keyMade", by: { kind: "person", id: by.id }, subject, at });
    });
  }
}

/**
 * Prepares a desk's next key for everybody who is admitted but one.
 * @returns undefined where this person cannot open the newest one
 */
export async function prepareFor(
  needs: RecoveryNeeds,
  by: { readonly id: string; readonly identity: string },
  newest: DeskKey,
  without: string | undefined,
): Promise<NextDeskKey | undefined> {
  const { reached, members } = await needs.db.read(async (reader) => ({
    reached: await listReachableDeskKeys(reader, by.id),
    members: await listMembers(reader, newest.deskId),
  }));
  const keyring = openDeskKeyring(reached, by.id, by.identity);
  if (!keyring.keys.has(newest.id)) return undefined;
  const staying = admitted(members).filter(({ id }) => id !== without);
  return prepareNextDeskKey(newest, await keyring.open(newest.id), staying, await findRecoveryRecipient(needs));
}

const admitted = (members: readonly Member[]): KeyHolder[] =>
  members
    .filter(({ admittedAt }) => admittedAt !== null)
    .map(({ personId, recipient }) => ({ id: personId, recipient }));

/** Whether a key was made for exactly those who are at the desk now: somebody may have come or gone meanwhile. */
export function sameHolders({ key }: NextDeskKey, members: readonly Member[], without?: string): boolean {
  const wanted = admitted(members).filter(({ id }) => id !== without);
  return (
    wanted.every(({ id }) => key.holders.some(({ holder }) => holder === id)) &&
    key.holders.filter(({ holder }) => holder !== RECOVERY).length === wanted.length
  );
}
