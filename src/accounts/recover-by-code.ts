import { setTimeout as pause } from "node:timers/promises";
import { recordAudit } from "#audit/index.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import { deleteKnownDevicesOf } from "./device-store.ts";
import { lockAgain, openByRecovery, openNothing } from "./person-key.ts";
import { type Person, updateLocks } from "./person-store.ts";
import { recordRefusal } from "./record-refusal.ts";
import { newRecoveryCode, tidyRecoveryCode } from "./recovery-code.ts";
import { deleteSessionsOf } from "./session-store.ts";

type Needs = Pick<Platform, "db" | "secrets" | "lanes" | "now">;

/** As long as a refusal at the way in. */
const BAND_MS = 250;

/**
 * Opens a person's identity with the recovery code and locks it under a new password and a new code; every session of
 * the account ends, and its second factor stays.
 * @returns the new recovery code, to be shown once; undefined where the code opens nothing, which takes as long
 */
export async function recoverByCode(
  needs: Needs,
  { person, code, password }: { readonly person: Person | undefined; readonly code: string; readonly password: string },
): Promise<string | undefined> {
  const band = pause(BAND_MS);
  const identity = await openWithCode(needs, person, code);
  if (!person || identity === undefined) {
    await recordRefusal(needs, person?.id, "recoveryCode");
    await band;
    return undefined;
  }
  const recoveryCode = newRecoveryCode();
  const byPassword = await lockAgain(needs, person.id, identity, password);
  const byCode = await lockAgain(needs, person.id, identity, tidyRecoveryCode(recoveryCode));
  const at = needs.now();
  const subject = { kind: "person", id: person.id } as const;
  const kept = await needs.db.write(async (tx) => {
    // A code is worth one recovery, also where two bring it at once.
    if (!(await updateLocks(tx, person, { byPassword, byCode }))) return false;
    await deleteSessionsOf(tx, person.id);
    await deleteKnownDevicesOf(tx, person.id);
    await recordAudit(tx, { action: "account.recovered", by: subject, subject, at, detail: { how: "code" } });
    return true;
  });
  return kept ? recoveryCode : undefined;
}

/** The identity that a recovery code opens; trying costs the same where nobody has the e-mail. */
export async function openWithCode(
  needs: Pick<Platform, "secrets" | "lanes">,
  person: Person | undefined,
  typed: string,
): Promise<string | undefined> {
  const code = tidyRecoveryCode(typed);
  if (!person) {
    await openNothing(needs, code);
    return undefined;
  }
  try {
    return await openByRecovery(needs, person, code);
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
}
