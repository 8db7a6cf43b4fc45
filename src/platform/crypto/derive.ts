import { createHash, createHmac, randomBytes } from "node:crypto";

const NO_SALT = Buffer.alloc(32);

/**
 * Derives bytes from a key (HKDF-SHA-256 without a salt, RFC 5869, 2.2 and 2.3); `purpose` keeps uses of one key apart.
 * The two steps are written out, since Node's own takes three times as long and every page of a journey waits for it.
 * @param length at most 255 blocks of 32 bytes
 */
export function derive(key: Uint8Array, purpose: string, length = 32): Buffer {
  const extracted = createHmac("sha256", NO_SALT).update(key).digest();
  const blocks: Buffer[] = [];
  for (let block = Buffer.alloc(0), at = 1; blocks.length * 32 < length; at++) {
    block = createHmac("sha256", extracted).update(block).update(purpose).update(Buffer.of(at)).digest();
    blocks.push(block);
  }
  return Buffer.concat(blocks, length);
}

/** SHA-256 in hexadecimal; only for values that cannot be guessed, such as random tokens. */
export function digest(value: string | Uint8Array): string {
  return createHash("sha256").update(value).digest("hex");
}

/** HMAC-SHA-256 in hexadecimal: what nobody can compute, or check a guess against, without the key. */
export function keyedDigest(key: Uint8Array, value: string): string {
  return createHmac("sha256", key).update(value).digest("hex");
}

/** A random name for a row or a token: `length` bytes as base64url. */
export function randomToken(length = 16): string {
  return randomBytes(length).toString("base64url");
}

/** Decimal digits derived from a key, without the bias a plain remainder would have. */
export function deriveDigits(key: Uint8Array, purpose: string, count: number): string {
  const wide = BigInt(`0x${derive(key, purpose, 32).toString("hex")}`);
  return (wide % 10n ** BigInt(count)).toString().padStart(count, "0");
}
