import { recordAudit } from "#audit/index.ts";
import { isMarked, markOf } from "#platform/crypto/mark.ts";
import { CannotOpen, openText, seal } from "#platform/crypto/seal.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Reader } from "#platform/db/database.ts";
import { describeError } from "#platform/log.ts";
import type { Platform } from "#platform/platform.ts";
import { type CoverableKey, listApartKeysToCover, replaceApartKeyHolder } from "./apart-key-store.ts";
import { RECOVERY } from "./recovery-holder.ts";
import type { RecoveryNeeds } from "./recovery-recipient.ts";

type Pepper = Pick<Secrets, "pepper">;

/** The mark of a key for a single case that is sealed to the recovery recipient. */
export const recoveryHolderMark = (secrets: Pepper, apartKeyId: string, recipient: string): string =>
  markOf(secrets, "apart key holder", apartKeyId, recipient);

/** Whether a key for a single case is sealed to this recovery recipient. */
export function isRecoverableApartKey(
  secrets: Pepper,
  { id, recoveryMark }: Pick<CoverableKey, "id" | "recoveryMark">,
  recipient: string,
): boolean {
  return isMarked(secrets, "apart key holder", recoveryMark ?? "", id, recipient);
}

/** The keys for single cases, of a person or of all, that a recovery recipient does not open. */
export async function listUncoveredApartKeys(
  reader: Reader,
  secrets: Pepper,
  recipient: string,
  personId?: string,
): Promise<CoverableKey[]> {
  const keys = await listApartKeysToCover(reader, personId);
  return keys.filter((key) => !isRecoverableApartKey(secrets, key, recipient));
}

/** Of one signing in; whoever signs in next does some more. */
const AT_ONCE = 50;

/**
 * Seals the keys for single cases that somebody holds to the recovery recipient of the environment, where they were made
 * before it was set or changed. One that is only stored opens no case that was there before it. A key that does not open
 * is left out: the others must not wait for it at every signing in.
 */
export async function coverApartKeys(
  needs: RecoveryNeeds & Pick<Platform, "now" | "log">,
  by: { readonly id: string; readonly identity: string },
): Promise<void> {
  const { db, secrets, recoveryRecipient } = needs;
  if (recoveryRecipient === undefined) return;
  const keys = await db.read((reader) => listUncoveredApartKeys(reader, secrets, recoveryRecipient, by.id));
  const opened: Opened[] = [];
  for (const { id, deskId, sealed } of keys) {
    if (opened.length === AT_ONCE) break;
    const identity = await openText(by.identity, sealed).catch(
      skipClosed(needs, "a case's key that is damaged was not sealed"),
    );
    if (identity !== undefined) opened.push({ id, deskId, identity });
  }
  for (const key of opened) await coverOne(needs, recoveryRecipient, by.id, key);
}

interface Opened {
  readonly id: string;
  readonly deskId: string;
  readonly identity: string;
}

async function coverOne(
  { db, secrets, now }: Pick<Platform, "db" | "secrets" | "now">,
  recipient: string,
  personId: string,
  { id, deskId, identity }: Opened,
): Promise<void> {
  const sealed = await seal(recipient, identity);
  const mark = recoveryHolderMark(secrets, id, recipient);
  const at = now();
  await db.write(async (tx) => {
    if (!(await replaceApartKeyHolder(tx, { apartKeyId: id, holder: RECOVERY, sealed, mark }))) return;
    const subject = { kind: "desk", id: deskId } as const;
    await recordAudit(tx, { action: "desk.keyCovered", by: { kind: "person", id: personId }, subject, at });
  });
}

/** Logs that a key does not open, by kind and place alone, so that whatever else is to do goes on. */
export function skipClosed({ log }: Pick<Platform, "log">, event: string): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof CannotOpen)) throw error;
    log.error(describeError(error), event);
    return undefined;
  };
}
