import { recordAudit } from "#audit/index.ts";
import { digest } from "#platform/crypto/derive.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import type { SignedIn } from "./account.ts";
import { confirmSecondFactor } from "./confirm-second-factor.ts";
import { openByPassword } from "./person-key.ts";
import { findPerson } from "./person-store.ts";
import { recordRefusal } from "./record-refusal.ts";
import { updateSessionConfirmed } from "./session-store.ts";

type Needs = Pick<Platform, "db" | "secrets" | "lanes" | "now">;

/** Takes what somebody shows once more: the code of the authenticator, or the password where there is none. */
export async function confirmAgain(needs: Needs, who: SignedIn, typed: string): Promise<boolean> {
  if (who.hasSecondFactor) return confirmSecondFactor(needs, who, { typed, secret: "own" });
  const { db, now } = needs;
  const person = await db.read((reader) => findPerson(reader, who.id));
  try {
    if (!person) return false;
    await openByPassword(needs, person, typed);
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    await recordRefusal(needs, who.id, "confirmation");
    return false;
  }
  await db.write(async (tx) => {
    const subject = { kind: "person", id: who.id } as const;
    await recordAudit(tx, { action: "account.confirmed", by: subject, subject, at: now() });
    await updateSessionConfirmed(tx, digest(who.sessionId), now());
  });
  return true;
}
