import { toLatin } from "#messages/latin.ts";
import { decomposed } from "#messages/marks.ts";

/** How names are compared: Latin letters, lower case, no diacritics, no signs; đ and dj are the same. */
export function searchForm(text: string): string {
  return decomposed(toLatin(text).toLowerCase().replaceAll("đ", "dj"))
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}
