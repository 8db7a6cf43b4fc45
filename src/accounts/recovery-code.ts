import { randomInt } from "node:crypto";

/** Letters and digits that nobody mistakes for one another (Crockford's base 32). */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A recovery code of 100 bits in five groups of four, shown once. */
export function newRecoveryCode(): string {
  const letters = Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
  return letters.replace(/.{4}(?=.)/g, "$&-");
}

/** A code as somebody typed it: small letters, spaces and o for 0 are fine. */
export function tidyRecoveryCode(typed: string): string {
  const letters = typed
    .toUpperCase()
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1")
    .replace(/[^0-9A-Z]/g, "");
  return letters.replace(/.{4}(?=.)/g, "$&-");
}
