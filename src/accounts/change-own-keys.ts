import { recordAudit } from "#audit/index.ts";
import { digest } from "#platform/crypto/derive.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account, SignedIn } from "./account.ts";
import { deleteKnownDevicesOf } from "./device-store.ts";
import { lockAgain, openByPassword } from "./person-key.ts";
import { findPerson, type Person, updateLocks, updateTotp } from "./person-store.ts";
import { recordRefusal } from "./record-refusal.ts";
import { openWithCode } from "./recover-by-code.ts";
import { newRecoveryCode, tidyRecoveryCode } from "./recovery-code.ts";
import { deleteOtherSessionsOf } from "./session-store.ts";

type Needs = Pick<Platform, "db" | "secrets" | "lanes" | "now">;

/**
 * Gives an account another password where the current one is shown; every other session of it ends, and no browser
 * counts as known any more.
 * @returns false where the current password is not right
 */
export async function changePassword(
  needs: Needs,
  who: Account,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<boolean> {
  const person = await needs.db.read((reader) => findPerson(reader, who.id));
  if (!person || !(await opens(needs, person, current))) {
    await recordRefusal(needs, person?.id, "confirmation");
    return false;
  }
  const byPassword = await lockAgain(needs, who.id, who.identity, password);
  const at = needs.now();
  const subject = { kind: "person", id: who.id } as const;
  return needs.db.write(async (tx) => {
    if (!(await updateLocks(tx, person, { byPassword }))) return false;
    await deleteOtherSessionsOf(tx, who.id, digest(who.sessionId));
    await deleteKnownDevicesOf(tx, who.id);
    await recordAudit(tx, { action: "account.passwordChanged", by: subject, subject, at });
    return true;
  });
}

async function opens(needs: Needs, person: Person, password: string): Promise<boolean> {
  try {
    await openByPassword(needs, person, password);
    return true;
  } catch (error) {
    if (error instanceof CannotOpen) return false;
    throw error;
  }
}

/** Makes another recovery code; the earlier one opens nothing from now on. */
export async function renewRecoveryCode(needs: Needs, who: Account): Promise<string | undefined> {
  const recoveryCode = newRecoveryCode();
  const byCode = await lockAgain(needs, who.id, who.identity, tidyRecoveryCode(recoveryCode));
  const at = needs.now();
  const subject = { kind: "person", id: who.id } as const;
  return needs.db.write(async (tx) => {
    const person = await findPerson(tx, who.id);
    if (!person || !(await updateLocks(tx, person, { byCode }))) return undefined;
    await recordAudit(tx, { action: "account.recoveryCodeRenewed", by: subject, subject, at });
    return recoveryCode;
  });
}

/**
 * Takes away a lost authenticator where the recovery code is shown besides the password. The code is worth that once.
 * @returns the next recovery code, to be shown once; undefined where the code is not right
 */
export async function dropSecondFactor(needs: Needs, who: SignedIn, typed: string): Promise<string | undefined> {
  const person = await needs.db.read((reader) => findPerson(reader, who.id));
  if (!person || (await openWithCode(needs, person, typed)) === undefined) {
    await recordRefusal(needs, person?.id, "recoveryCode");
    return undefined;
  }
  const recoveryCode = newRecoveryCode();
  const byCode = await lockAgain(needs, who.id, who.identity, tidyRecoveryCode(recoveryCode));
  const at = needs.now();
  const subject = { kind: "person", id: who.id } as const;
  return needs.db.write(async (tx) => {
    if (!(await updateLocks(tx, person, { byCode }))) return undefined;
    await updateTotp(tx, who.id, null);
    await recordAudit(tx, { action: "account.secondFactorDropped", by: subject, subject, at });
    return recoveryCode;
  });
}
