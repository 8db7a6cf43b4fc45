import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { CannotOpen } from "./seal.ts";

const NONCE = 12;
const TAG = 16;

/**
 * Locks bytes with AES-256-GCM (NIST SP 800-38D), bound to a context.
 * @param key 32 bytes
 * @param context what the bytes belong to; opening with another context fails
 * @returns nonce, tag and ciphertext in one buffer
 */
export function lock(key: Uint8Array, content: string | Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(context));
  const locked = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), locked]);
}

/** Opens what `lock` made. Throws `CannotOpen` for a wrong key, a wrong context and damaged bytes alike. */
export function unlock(key: Uint8Array, locked: Uint8Array, context: string): Buffer {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, locked.subarray(0, NONCE));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(locked.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([decipher.update(locked.subarray(NONCE + TAG)), decipher.final()]);
  } catch {
    throw new CannotOpen();
  }
}
