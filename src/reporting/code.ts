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

/** The code in what somebody typed, however it is spaced; undefined when it is none. */
export function readCode(typed: string): string | undefined {
  const digits = typed.replace(/[\s\p{Pd}.]/gu, "");
  return /^\d{16}$/.test(digits) ? digits : undefined;
}
