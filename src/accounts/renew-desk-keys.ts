import { recordAudit } from "#audit/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { describeError } from "#platform/log.ts";
import type { Platform } from "#platform/platform.ts";
import { coverApartKeys, skipClosed } from "./cover-apart-keys.ts";
import { type DeskKey, listNewestKeys, listRetiredKeysOf } from "./desk-key-store.ts";
import { listReachableDeskKeys, openDeskKeyring } from "./desk-keyring.ts";
import { type NextDeskKey, prepareNextDeskKey, storeNextDeskKey } from "./desk-keys.ts";
import { RECOVERY } from "./recovery-holder.ts";
import { findRecoveryAfter, type RecoveryNeeds } from "./recovery-recipient.ts";
import type { Member } from "./team-store.ts";
import { isCoveredBy, isOwnDeskKey, listTrustedMembers } from "./trusted-members.ts";

export interface RenewNeeds extends RecoveryNeeds, Pick<Platform, "now"> {}

/**
 * Makes the next key of every desk that somebody has left who knew the newest one, and of every desk whose newest key the
 * recovery recipient of the environment does not open; keys for single cases are sealed to that one. It is done when a
 * holder signs in, since a job holds no key; what somebody who left knows is followed by `renewRetiredKeys` before that.
 */
export async function renewDeskKeys(
  needs: RenewNeeds & Pick<Platform, "log">,
  by: { readonly id: string; readonly identity: string },
): Promise<void> {
  const { db, secrets, recoveryRecipient: environment } = needs;
  const due = await db.read(async (reader) => [
    ...(await listRetiredKeysOf(reader, by.id)),
    // One that is only stored opens nothing that was there before it.
    ...(environment === undefined ? [] : await listUncoveredKeys(reader, secrets, environment, by.id)),
  ]);
  await renewKeys(needs, by, [...new Map(due.map((each) => [each.id, each])).values()]);
  await coverApartKeys(needs, by);
}

/** The same for keys that somebody who left knew, as `listRetiredKeysOf` gives them, wherever a holder comes by. */
export async function renewRetiredKeys(
  needs: RenewNeeds & Pick<Platform, "log">,
  by: { readonly id: string; readonly identity: string },
  retired: readonly DeskKey[],
): Promise<void> {
  // Whoever opens a page must see it; the next holder who comes by tries again.
  await renewKeys(needs, by, retired).catch((error) =>
    needs.log.error(describeError(error), "a desk key was not renewed"),
  );
}

async function renewKeys(
  needs: RenewNeeds & Pick<Platform, "log">,
  by: { readonly id: string; readonly identity: string },
  due: readonly DeskKey[],
): Promise<void> {
  for (const key of due)
    await renewOne(needs, by, key).catch(skipClosed(needs, "a desk's key that is damaged was not renewed"));
}

async function renewOne(
  needs: RenewNeeds,
  by: { readonly id: string; readonly identity: string },
  key: DeskKey,
): Promise<void> {
  const next = await prepareFor(needs, by, key, undefined);
  const at = needs.now();
  await needs.db.write(async (tx) => {
    const members = await listTrustedMembers(tx, needs.secrets, key.deskId);
    if (!next || !sameHolders(next, members) || !(await storeNextDeskKey(tx, next, at))) return;
    const subject = { kind: "desk", id: key.deskId } as const;
    await recordAudit(tx, { action: "desk.keyMade", by: { kind: "person", id: by.id }, subject, at });
  });
}

/** The newest keys, of a person's desks or of all, that a recovery recipient does not open. */
export async function listUncoveredKeys(
  reader: Reader,
  secrets: RecoveryNeeds["secrets"],
  recipient: string,
  personId?: string,
): Promise<DeskKey[]> {
  return (await listNewestKeys(reader, personId)).filter((key) => !isCoveredBy(secrets, key, recipient));
}

/**
 * Prepares a desk's next key for its trusted members but one.
 * @returns undefined where this person cannot open the newest one, or where that one is none of this service's
 */
export async function prepareFor(
  needs: RecoveryNeeds,
  by: { readonly id: string; readonly identity: string },
  newest: DeskKey,
  without: string | undefined,
): Promise<NextDeskKey | undefined> {
  const { secrets } = needs;
  const { reached, members, recovery } = await needs.db.read(async (reader) => ({
    reached: await listReachableDeskKeys(reader, by.id),
    members: await listTrustedMembers(reader, secrets, newest.deskId),
    recovery: await findRecoveryAfter(reader, needs, newest),
  }));
  const keyring = openDeskKeyring(reached, by.id, by.identity);
  if (!keyring.keys.has(newest.id) || !isOwnDeskKey(secrets, newest)) return undefined;
  const staying = members
    .filter(({ personId }) => personId !== without)
    .map(({ personId: id, recipient }) => ({ id, recipient }));
  return prepareNextDeskKey(needs, newest, await keyring.open(newest.id), staying, recovery);
}

/** Whether a key was made for exactly the trusted members of now: somebody may have come or gone meanwhile. */
export function sameHolders({ key }: NextDeskKey, members: readonly Member[], without?: string): boolean {
  const wanted = members.filter(({ personId }) => personId !== without);
  return (
    wanted.every(({ personId }) => key.holders.some(({ holder }) => holder === personId)) &&
    key.holders.filter(({ holder }) => holder !== RECOVERY).length === wanted.length
  );
}
