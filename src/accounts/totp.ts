import { Secret, TOTP } from "otpauth";
import { derive, digest } from "#platform/crypto/derive.ts";

/** RFC 6238 with the values that every authenticator knows. */
const PERIOD_S = 30;
const DIGITS = 6;
/** A clock may be one step off, and no more. */
const WINDOW = 1;
/** RFC 4226, 4: at least 128 bits, better 160. */
const SECRET_BYTES = 20;

/**
 * The secret that a session offers while an authenticator is set up: the same on every page of that session, so that a
 * code that was mistyped does not need a new picture, and stored nowhere before a code has shown that it works.
 * @param own the sealed secret of the authenticator that is to be replaced, or null
 */
export function offeredSecret(
  { identity, sessionId }: { readonly identity: string; readonly sessionId: string },
  own: Buffer | null,
): Buffer {
  return derive(Buffer.from(identity), `totp ${sessionId} ${own ? digest(own) : ""}`, SECRET_BYTES);
}

/** What an authenticator is given: a picture's address, and the same to type. */
export function enrolment(
  secret: Uint8Array,
  { issuer, label }: { readonly issuer: string; readonly label: string },
): { readonly address: string; readonly typed: string } {
  const totp = over(secret, issuer, label);
  return { address: totp.toString(), typed: totp.secret.base32.replace(/.{4}(?=.)/g, "$& ") };
}

/**
 * The step whose code was typed (RFC 6238).
 * @param usedStep the newest step that was taken before; neither it nor an earlier one is taken again (5.2)
 * @returns undefined where the code is of no step within reach
 */
export function stepOfCode(
  secret: Uint8Array,
  typed: string,
  { now, usedStep }: { readonly now: number; readonly usedStep: number | null },
): number | undefined {
  const token = typed.replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = over(secret, "", "").validate({ token, timestamp: now, window: WINDOW });
  if (delta === null) return undefined;
  const step = Math.floor(now / 1000 / PERIOD_S) + delta;
  return usedStep !== null && step <= usedStep ? undefined : step;
}

function over(secret: Uint8Array, issuer: string, label: string): TOTP {
  const bytes = new Secret({ buffer: new Uint8Array(secret).buffer });
  return new TOTP({ issuer, label, secret: bytes, algorithm: "SHA1", digits: DIGITS, period: PERIOD_S });
}
