import { isLanguage, LANGUAGES, type Language } from "#messages/messages.ts";
import { accepted } from "./accept.ts";
import { type AppContext, carried } from "./app.ts";
import { oneOf } from "./one-of.ts";

/** The part of a route that holds the language; an unknown one is a page that does not exist. */
export const LANG = `/${oneOf("lang", LANGUAGES)}`;

/** The languages that the public is offered, of which there is at least one. */
export const offered = carried<readonly Language[]>("word on which languages the public is offered");

/** Those of some languages that the public is offered; all where nobody asked, such as on an error of the staff's. */
export function offeredOf<T extends { readonly tag: Language }>(c: AppContext, languages: readonly T[]): readonly T[] {
  const tags = offered.find(c);
  return languages.filter(({ tag }) => tags?.includes(tag) ?? true);
}

/** Chooses a language of those offered for somebody who named none, by `Accept-Language` (RFC 9110). */
export function preferredLanguage(header: string | undefined, tags: readonly Language[] = LANGUAGES): Language {
  const wanted = accepted(header).flatMap(spokenBy);
  return wanted.find((language) => tags.includes(language)) ?? tags[0] ?? "sr";
}

/** The languages that somebody reads who accepts this tag, the nearest first. */
function spokenBy(tag: string): readonly Language[] {
  if (/^en\b/.test(tag)) return ["en"];
  if (!/^(sr|hr|bs|sh|cnr)\b/.test(tag)) return [];
  return /^(hr|bs|sh|cnr)|latn/.test(tag) ? ["sr-Latn", "sr"] : ["sr", "sr-Latn"];
}

/** The language of an address, or the preferred one of those offered where the address has none. */
export function languageOf(path: string, header: string | undefined, tags?: readonly Language[]): Language {
  const first = path.split("/")[1] ?? "";
  return isLanguage(first) ? first : preferredLanguage(header, tags);
}
