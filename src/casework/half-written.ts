import { digest } from "#platform/crypto/derive.ts";
import type { Fields } from "#platform/http/app.ts";

/** The fields of each of the page's texts: all buttons of a case share one form, so that none loses another's words. */
const TEXTS = {
  message: ["message", "asks", "once"],
  note: ["note", "noteOnce"],
  reason: ["reason"],
  assessment: ["assessment", "based", "seen"],
} as const;
export type CaseText = keyof typeof TEXTS;

/**
 * The texts that somebody has begun on the page of a case, with what belongs to them; an assessment that still says
 * what it said when the page was shown was only shown.
 * @param saved the text that was stored just now
 */
export function halfWritten(typed: Fields, saved?: CaseText): Fields {
  const begun = (Object.keys(TEXTS) as CaseText[]).filter((name) => name !== saved && isBegun(typed, name));
  return new Map(begun.flatMap((name) => TEXTS[name].flatMap((field) => entryOf(typed, field))));
}

/** The same as hidden fields, to go along with another form. */
export function carriedFields(typed: Fields, saved?: CaseText): readonly { name: string; value: string }[] {
  return [...halfWritten(typed, saved)].flatMap(([name, values]) => values.map((value) => ({ name, value })));
}

/** What tells whether an assessment is still as it was shown. */
export function seenMark(text: string): string {
  return digest(text).slice(0, 16);
}

function isBegun(typed: Fields, name: CaseText): boolean {
  const [text = ""] = typed.get(name) ?? [];
  if (text.trim() === "") return false;
  return name !== "assessment" || seenMark(text) !== typed.get("seen")?.[0];
}

function entryOf(typed: Fields, field: string): [string, readonly string[]][] {
  const values = typed.get(field);
  return values ? [[field, values]] : [];
}
