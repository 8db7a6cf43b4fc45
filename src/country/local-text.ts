import { z } from "zod";
import type { LocalText } from "#messages/messages.ts";

/** Abbreviations that Serbian readers know in the Latin script only. */
const KEPT_IN_LATIN = ["LGBTI", "CSAM", "AI", "SMS"];

const LATIN_WORD = /\p{Script=Latin}+/gu;
const GENDERED_SLASH = /\p{L}\/\p{L}/u;
const GENDERED_BRACKET = /\p{L}\(\p{L}/u;

const text = z.string().refine((value) => value.trim() !== "", "a text is empty");

const serbian = text
  .refine(hasNoLatin, { error: (issue) => `Latin letters in Serbian Cyrillic: "${issue.input}"` })
  .refine((value) => !GENDERED_SLASH.test(value) && !GENDERED_BRACKET.test(value), {
    error: (issue) => `a form for two genders in one word; write it so that it fits everyone: "${issue.input}"`,
  });

const english = text.refine((value) => !/\p{Script=Cyrillic}/u.test(value), {
  error: (issue) => `Cyrillic letters in English: "${issue.input}"`,
});

/** Accepts a text in both languages; refuses an empty one, a wrong script and gendered slash forms. */
export const localTextSchema: z.ZodType<LocalText> = z.strictObject({ sr: serbian, en: english });

function hasNoLatin(value: string): boolean {
  return [...value.matchAll(LATIN_WORD)].every(([latin]) => KEPT_IN_LATIN.includes(latin));
}
