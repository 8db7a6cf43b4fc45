import { randomBytes } from "node:crypto";
import { markOf } from "#platform/crypto/mark.ts";
import { type KeyPair, newKeyPair } from "#platform/crypto/seal.ts";
import { lock, unlock } from "#platform/crypto/secret-box.ts";
import { stretch } from "#platform/crypto/stretch.ts";
import type { Platform } from "#platform/platform.ts";

type Needs = Pick<Platform, "secrets" | "lanes">;

/** A person's identity as it is stored: locked under the password, and again under the recovery code. */
export interface LockedIdentity {
  readonly recipient: string;
  readonly recipientMark: string;
  readonly passwordSalt: Buffer;
  readonly sealedByPassword: Buffer;
  readonly recoverySalt: Buffer;
  readonly sealedByRecovery: Buffer;
}

const contextOf = (personId: string) => `person ${personId}`;

const keyOf = ({ secrets, lanes }: Needs, secret: string, salt: Uint8Array) =>
  stretch(secrets, lanes.signIn, { secret: secret.normalize("NFKC"), salt, length: 32 });

/** Makes a person's identity; it leaves this function in clear once, to be used at once and forgotten. */
export async function makeIdentity(
  needs: Needs,
  personId: string,
  secrets: { readonly password: string; readonly recoveryCode: string },
): Promise<LockedIdentity & { readonly keys: KeyPair }> {
  const keys = await newKeyPair();
  const passwordSalt = randomBytes(16);
  const recoverySalt = randomBytes(16);
  const byPassword = await keyOf(needs, secrets.password, passwordSalt);
  const byRecovery = await keyOf(needs, secrets.recoveryCode, recoverySalt);
  return {
    keys,
    recipient: keys.recipient,
    recipientMark: markOf(needs.secrets, "person", personId, keys.recipient),
    passwordSalt,
    sealedByPassword: lock(byPassword, keys.identity, contextOf(personId)),
    recoverySalt,
    sealedByRecovery: lock(byRecovery, keys.identity, contextOf(personId)),
  };
}

/** Locks an identity anew under a secret of one kind; the other lock stays as it is. */
export async function lockAgain(
  needs: Needs,
  personId: string,
  identity: string,
  secret: string,
): Promise<{ readonly salt: Buffer; readonly sealed: Buffer }> {
  const salt = randomBytes(16);
  return { salt, sealed: lock(await keyOf(needs, secret, salt), identity, contextOf(personId)) };
}

/** Opens a person's identity with the password. Throws `CannotOpen` when it is wrong. */
export async function openByPassword(
  needs: Needs,
  person: { readonly id: string; readonly passwordSalt: Buffer; readonly sealedByPassword: Buffer },
  password: string,
): Promise<string> {
  const key = await keyOf(needs, password, person.passwordSalt);
  return unlock(key, person.sealedByPassword, contextOf(person.id)).toString("utf8");
}

/** Opens a person's identity with the recovery code that was shown once. Throws `CannotOpen` when it is wrong. */
export async function openByRecovery(
  needs: Needs,
  person: { readonly id: string; readonly recoverySalt: Buffer; readonly sealedByRecovery: Buffer },
  code: string,
): Promise<string> {
  const key = await keyOf(needs, code, person.recoverySalt);
  return unlock(key, person.sealedByRecovery, contextOf(person.id)).toString("utf8");
}

/** Costs as much as a real try, so that an unknown e-mail takes as long as a wrong password. */
export async function openNothing(needs: Needs, password: string): Promise<void> {
  await keyOf(needs, password, Buffer.alloc(16));
}
