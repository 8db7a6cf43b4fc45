import { findSetting } from "#institutions/index.ts";
import { isMarked, markOf } from "#platform/crypto/mark.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { listDeskKeyHolders, newestDeskKey } from "./desk-key-store.ts";
import { RECOVERY } from "./recovery-holder.ts";
import { isCoveredBy } from "./trusted-members.ts";

export interface RecoveryNeeds extends Pick<Platform, "db" | "secrets"> {
  /** What the environment says, which comes first. */
  readonly recoveryRecipient: string | undefined;
}

/** To whom the keys of desks are sealed besides their members; undefined where nobody keeps a recovery key. */
export async function findRecoveryRecipient(needs: RecoveryNeeds): Promise<string | undefined> {
  return needs.db.read((reader) => findRecoveryIn(reader, needs));
}

/** The same inside a transaction. */
export async function findRecoveryIn(
  reader: Reader,
  { secrets, recoveryRecipient }: Omit<RecoveryNeeds, "db">,
): Promise<string | undefined> {
  return recoveryRecipient ?? findStoredRecipient(reader, secrets);
}

/** The recipient that set-up stored; one that somebody wrote into the database without the pepper counts as none. */
export async function findStoredRecipient(
  reader: Reader,
  secrets: Pick<Secrets, "pepper">,
): Promise<string | undefined> {
  const [recipient = "", mark = ""] = (await findSetting(reader, "recovery"))?.split(" ") ?? [];
  return isMarked(secrets, "recovery recipient", mark, recipient) ? recipient : undefined;
}

/** A recipient as it is stored: whoever can only write the database must not choose who opens every desk. */
export function markedRecipient(secrets: Pick<Secrets, "pepper">, recipient: string): string {
  return `${recipient} ${markOf(secrets, "recovery recipient", recipient)}`;
}

/**
 * To whom what follows a desk's newest key is sealed besides: to the environment's recipient always, to the stored one
 * only where that key is sealed to it too. Set-up makes one before any desk has a key, so that a later one means that
 * somebody changed the database to be asked for it.
 */
export async function findRecoveryAfter(
  reader: Reader,
  needs: Omit<RecoveryNeeds, "db">,
  newest: { readonly id: string } | undefined,
): Promise<string | undefined> {
  const recipient = await findRecoveryIn(reader, needs);
  if (needs.recoveryRecipient !== undefined || recipient === undefined || !newest) return recipient;
  const holders = await listDeskKeyHolders(reader, newest.id);
  const recoveryMark = holders.find(({ holder }) => holder === RECOVERY)?.mark ?? null;
  return isCoveredBy(needs.secrets, { id: newest.id, recoveryMark }, recipient) ? recipient : undefined;
}

/** The same for what a desk seals now. */
export async function findRecoveryOf(needs: RecoveryNeeds, deskId: string): Promise<string | undefined> {
  return needs.db.read(async (reader) => findRecoveryAfter(reader, needs, await newestDeskKey(reader, deskId)));
}
