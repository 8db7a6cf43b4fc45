import { isLanguage, LANGUAGES, type Language } from "#messages/messages.ts";
import { accepted } from "./accept.ts";

/** The part of a route that holds the language; an unknown one is a page that does not exist. */
export const LANG = `/:lang{${LANGUAGES.join("|")}}`;

/** Chooses a language for somebody who named none, by `Accept-Language` (RFC 9110). */
export function preferredLanguage(header: string | undefined): Language {
  const wanted = accepted(header).find((tag) => /^(sr|hr|bs|sh|cnr|en)\b/.test(tag));
  if (wanted?.startsWith("en")) return "en";
  if (wanted && /^(hr|bs|sh|cnr)|latn/.test(wanted)) return "sr-Latn";
  return "sr";
}

/** The language of an address, or the preferred one where the address has none. */
export function languageOf(path: string, header: string | undefined): Language {
  const first = path.split("/")[1] ?? "";
  return isLanguage(first) ? first : preferredLanguage(header);
}
