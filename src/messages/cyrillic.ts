import { composed } from "./marks.ts";

const LETTERS: Readonly<Record<string, string>> = {
  ...{ a: "а", b: "б", v: "в", g: "г", d: "д", đ: "ђ", e: "е", ž: "ж", z: "з", i: "и", j: "ј", k: "к", l: "л" },
  ...{ lj: "љ", m: "м", n: "н", nj: "њ", o: "о", p: "п", r: "р", s: "с", t: "т", ć: "ћ", u: "у", f: "ф", h: "х" },
  ...{ c: "ц", č: "ч", dž: "џ", š: "ш" },
};

/** Words in which n and j, or d and ž, are two sounds. */
const APART = /(?<=\b(?:i|ko|va))n(?=j(?:ekc|unk|uga|ugac))|(?<=\bna)d(?=ž)|(?<=\bo)d(?=ž)/giu;
const APART_SIGN = "\u200d";

/**
 * Takes Serbian in the Latin script and gives it in Cyrillic, as well as letters alone can tell: whoever reads it must
 * check it. Letters that Serbian does not have stay as they are.
 */
export function toCyrillic(latin: string): string {
  return composed(latin)
    .replace(APART, (letter) => letter + APART_SIGN)
    .replace(/lj|nj|dž|[a-zčćžšđ]/giu, cyrillicOf)
    .replaceAll(APART_SIGN, "");
}

function cyrillicOf(letters: string): string {
  const found = LETTERS[letters.toLowerCase()];
  if (found === undefined) return letters;
  return letters.charAt(0) === letters.charAt(0).toLowerCase() ? found : found.toUpperCase();
}
