import { deriveDigits } from "#platform/crypto/derive.ts";

const DIGITS = 16;
const GROUP = 4;

/** The reporter's code: the same draft always gives the same one, so it is stored nowhere. */
export function codeOf(draftKey: Uint8Array): string {
  return deriveDigits(draftKey, "code", DIGITS);
}

/** A code as people copy it: four groups of four digits. */
export function codeGroups(code: string): readonly string[] {
  return Array.from({ length: Math.ceil(code.length / GROUP) }, (_, at) => code.slice(at * GROUP, (at + 1) * GROUP));
}
