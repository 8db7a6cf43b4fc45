import { composed } from "#messages/marks.ts";

/** What an office's program would calculate instead of showing it (OWASP, CSV injection). */
const FORMULA = "[=+\\-@\\t\\r\uFF1D\uFF0B\uFF0D\uFF20]";
const DANGEROUS = new RegExp(`^'*${FORMULA}`);
const NEUTRALISED = new RegExp(`^'(?='*${FORMULA})`);
const GAPS = /[\s\p{Cc}]+/gu;

/** Signs that nobody sees: before a formula they would hide it from the check and not from an office's program. */
const UNSEEN_START = /^[\s\p{Cf}]+/u;

/**
 * One form for equal texts: composed letters, one space for each gap and line break, none around it, no control sign, and
 * nothing that nobody sees at the beginning.
 */
export function tidyCell(text: string): string {
  return composed(text).replace(GAPS, " ").replace(UNSEEN_START, "").trim();
}

/** Puts a sign before what begins like a formula. */
export function neutraliseCell(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

/** Takes a cell as it stands in a file and gives its text: without the sign that an export puts before a formula. */
export function cellText(cell: string): string {
  const text = tidyCell(cell);
  return NEUTRALISED.test(text) ? tidyCell(text.slice(1)) : text;
}
