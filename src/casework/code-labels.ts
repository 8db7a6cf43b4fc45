import {
  type CodeListName,
  type Country,
  codeLabel,
  isCode,
  isTerritory,
  sayTerritory,
  shortLabel,
} from "#country/index.ts";
import type { Translate } from "#messages/messages.ts";

/** Says a code of a list in words; the two answers every list has are sentences of ours. */
export function sayCode(country: Country, t: Translate, list: CodeListName, code: string): string {
  if (isCode(country, list, code)) return t.local(codeLabel(country, list, code));
  return sayOther(t, code);
}

/** The same in a word or two, for a row of the inbox. */
export function sayShort(country: Country, t: Translate, list: CodeListName, code: string): string {
  return isCode(country, list, code) ? t.local(shortLabel(country, list, code)) : sayOther(t, code);
}

/** The two answers that every list has. */
export function sayOther(t: Translate, code: string): string {
  if (code === "unsure") return t("casework.code.unsure");
  return code === "undisclosed" ? t("casework.code.undisclosed") : code;
}

/** Says an answer to where it happens: a territory, or that it is not known or not said. */
export function sayPlace(country: Country, t: Translate, code: string): string {
  return isTerritory(country, code) ? sayTerritory(country, t, code) : sayOther(t, code);
}

const MINUTE = 60_000;

/** How long something has waited, in the largest whole unit. */
export function sayWait(t: Translate, ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  if (minutes < 60) return t.count("casework.wait.minutes", minutes);
  if (minutes < 48 * 60) return t.count("casework.wait.hours", Math.floor(minutes / 60));
  return t.count("casework.wait.days", Math.floor(minutes / (24 * 60)));
}
