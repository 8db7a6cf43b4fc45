import { toCyrillic } from "#messages/cyrillic.ts";
import { toLatin } from "#messages/latin.ts";
import type { LocalText } from "#messages/messages.ts";

/** Numbers that a Cyrillic text writes in Latin letters; a lone "I" is the word "and" but for the beginning. */
const ROMAN =
  /(?<![\p{L}\p{N}])(X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|VI{0,3}|I{2,3}|I(?=\.)|(?<=^)I(?=\s))(?![\p{L}\p{N}])/gu;

/** Takes Serbian in either script and gives Cyrillic; what has Cyrillic letters already stays as it is. */
export function inCyrillic(text: string): string {
  if (/\p{Script=Cyrillic}/u.test(text)) return text;
  const parts = text.split(ROMAN);
  return parts.map((part, at) => (at % 2 === 1 ? part : toCyrillic(part))).join("");
}

/** True for a text of Cyrillic letters, besides numbers. */
export function isCyrillic(text: string): boolean {
  const letters = text.replace(ROMAN, "");
  return /\p{Script=Cyrillic}/u.test(letters) && !/\p{Script=Latin}/u.test(letters);
}

/** The same where each letter has its match; a foreign name stays as it is. */
export function inCyrillicIfWhole(text: string): string {
  const changed = inCyrillic(text);
  return isCyrillic(changed) ? changed : text;
}

/** An English name that nobody wrote is the Serbian one in Latin letters, and follows it. */
export function englishFor(sr: string, before: LocalText | null | undefined): string {
  if (!before || before.en === toLatin(before.sr)) return toLatin(sr);
  return before.en;
}
