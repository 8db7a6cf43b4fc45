import { recordAudit } from "#audit/index.ts";
import { digest } from "#platform/crypto/derive.ts";
import { open, seal } from "#platform/crypto/seal.ts";
import { recipientOf } from "#platform/crypto/x25519.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import type { SignedIn } from "./account.ts";
import { findPerson, type Person, updateSignedIn, updateTotp, updateTotpStep } from "./person-store.ts";
import { recordRefusal } from "./record-refusal.ts";
import { updateSessionConfirmed } from "./session-store.ts";
import { offeredSecret, stepOfCode } from "./totp.ts";

type Needs = Pick<Platform, "db" | "now">;

export interface Shown {
  readonly typed: string;
  /** Whether the code is of the person's authenticator, or of one that is being set up in its place. */
  readonly secret: "own" | "offered";
}

/**
 * Takes the code of an authenticator. Each is taken once, also when two requests bring it at the same moment; one of an
 * offered authenticator sets that up.
 * @returns false where it is not right
 */
export async function confirmSecondFactor(needs: Needs, who: SignedIn, { typed, secret }: Shown): Promise<boolean> {
  const { db, now } = needs;
  const person = await db.read((reader) => findPerson(reader, who.id));
  const key = person && (await secretOf(who, person, secret));
  const at = now();
  const step = key && stepOfCode(key, typed, { now: at, usedStep: person.totpStep });
  const sealed = key && secret === "offered" ? await seal(recipientOf(who.identity), key) : undefined;
  const taken =
    step !== undefined &&
    (await db.write(async (tx) => {
      if (!(await updateTotpStep(tx, who.id, step))) return false;
      if (sealed) await updateTotp(tx, who.id, sealed);
      await recordConfirmed(tx, who, { at, isSet: sealed !== undefined });
      return true;
    }));
  if (!taken) await recordRefusal(needs, who.id, who.confirmedAt === undefined ? "secondFactor" : "confirmation");
  return taken;
}

/** What the codes are made of; undefined where somebody has no authenticator yet and asks for none. */
function secretOf(who: SignedIn, { sealedTotp }: Person, which: Shown["secret"]): Promise<Buffer> | Buffer | undefined {
  if (which === "offered") return offeredSecret(who, sealedTotp);
  return sealedTotp ? open(who.identity, sealedTotp) : undefined;
}

async function recordConfirmed(
  tx: Writer,
  who: SignedIn,
  { at, isSet }: { readonly at: number; readonly isSet: boolean },
): Promise<void> {
  const subject = { kind: "person", id: who.id } as const;
  const did = { by: subject, subject, at };
  if (isSet) await recordAudit(tx, { ...did, action: "account.secondFactorSet" });
  if (who.confirmedAt === undefined) {
    await recordAudit(tx, { ...did, action: "account.signedIn" });
    await updateSignedIn(tx, who.id, at);
  } else if (!isSet) await recordAudit(tx, { ...did, action: "account.confirmed" });
  await updateSessionConfirmed(tx, digest(who.sessionId), at);
}
