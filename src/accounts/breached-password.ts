import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** The first five bytes of SHA-256 of each known password, in order (README.md says where they come from). */
const BYTES = 5;
const known = readFileSync(new URL("breached-passwords.bin", import.meta.url));
/** Shorter than this, it is typed again and again to make it long. */
const LONGEST_UNIT = 6;

/**
 * Whether a password is one of those that are tried first: it was found in a leak, or it is a short text over and over
 * (NIST SP 800-63B-4, 3.1.1.2, blocklist; nothing else is asked of a password but its length).
 */
export function isBreached(password: string): boolean {
  const tidy = password.normalize("NFKC").toLowerCase();
  return repeats(tidy) || isKnown(tidy);
}

function isKnown(text: string): boolean {
  const wanted = createHash("sha256").update(text).digest().subarray(0, BYTES);
  let low = 0;
  let high = known.length / BYTES;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = Buffer.compare(known.subarray(middle * BYTES, middle * BYTES + BYTES), wanted);
    if (order === 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

function repeats(text: string): boolean {
  for (let length = 1; length <= Math.min(LONGEST_UNIT, text.length / 2); length++) {
    if (
      text ===
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .slice(0, text.length)
    )
      return true;
  }
  return false;
}
