import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Derives bytes from a key (HKDF-SHA-256, RFC 5869); `purpose` keeps uses of one key apart. */
export function derive(key: Uint8Array, purpose: string, length = 32): Buffer {
  return Buffer.from(hkdfSync("sha256", key, Buffer.alloc(0), purpose, length));
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
