import { toLatin } from "#messages/latin.ts";

/** How names are compared: Latin letters, lower case, no diacritics, no signs; đ and dj are the same. */
export function searchForm(text: string): string {
  return toLatin(text)
    .toLowerCase()
    .replaceAll("đ", "dj")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}
