import { randomInt } from "node:crypto";
import { inFours, LETTERS, tidyLetters } from "#platform/crypto/letters.ts";

/** A recovery code of 100 bits in five groups of four, shown once. */
export function newRecoveryCode(): string {
  return inFours(Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]).join(""));
}

/** A code as somebody typed it. */
export const tidyRecoveryCode = tidyLetters;
