import { isLanguage, LANGUAGES, type Language } from "#messages/messages.ts";

/** The part of a route that holds the language; an unknown one is a page that does not exist. */
export const LANG = `/:lang{${LANGUAGES.join("|")}}`;

/** Chooses a language for somebody who named none, by `Accept-Language` (RFC 9110). */
export function preferredLanguage(accepted: string | undefined): Language {
  const wanted = (accepted ?? "")
    .toLowerCase()
    .split(",")
    .map((part) => {
      const [tag = "", q] = part.split(/;\s*q=/);
      return { tag: tag.trim(), quality: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, quality }) => quality > 0 && /^(sr|hr|bs|sh|cnr|en)\b/.test(tag))
    .sort((one, other) => other.quality - one.quality)[0]?.tag;
  if (wanted?.startsWith("en")) return "en";
  if (wanted && /^(hr|bs|sh|cnr)|latn/.test(wanted)) return "sr-Latn";
  return "sr";
}

/** The language of an address, or the preferred one where the address has none. */
export function languageOf(path: string, accepted: string | undefined): Language {
  const first = path.split("/")[1] ?? "";
  return isLanguage(first) ? first : preferredLanguage(accepted);
}
