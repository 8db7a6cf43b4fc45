import type { Reader } from "#platform/db/database.ts";
import { isRecoverableApartKey } from "./cover-apart-keys.ts";
import { listLoneApartKeys } from "./lone-key-store.ts";
import { findRecoveryIn, type RecoveryNeeds } from "./recovery-recipient.ts";

/**
 * Whether somebody, or a former identity of theirs, is the only one who holds some key for a single case of a desk: nobody
 * else still there does, and the present recovery identity does not. One that was replaced may lie in nobody's safe.
 */
export async function holdsApartKeyAlone(
  reader: Reader,
  needs: Omit<RecoveryNeeds, "db">,
  personId: string,
  deskId: string,
): Promise<boolean> {
  const keys = await listLoneApartKeys(reader, personId, deskId);
  if (keys.length === 0) return false;
  const recipient = await findRecoveryIn(reader, needs);
  return recipient === undefined || keys.some((key) => !isRecoverableApartKey(needs.secrets, key, recipient));
}
