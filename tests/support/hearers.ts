/** Who reads a sentence: a child is "ти", adults and staff are "Ви", and what both read calls them neither. */
export type Hearer = "child" | "adult" | "staff" | "both";

const STAFF =
  /^(accounts|casework|deadlines|design|manage|directory|registry|imports|routing|people|team|invite|exclusions|audit|access|content)\./;
/** A letter to the reporter, whoever that is. */
const NOTICE = /^casework\.notice\./;
const ADULT = /\.adult(\.|$)|^pages\.access\./;
/** The name and the greeting are a child's, and the page about violence says that it is for children. */
const CHILD = /\.young(\.|$)|^learn\.|^journey\.forms\.me\.|^site\.(name|home\.heading)$/;

/** Takes the key of a sentence and says who it speaks to. */
export function hearerOf(key: string): Hearer {
  if (STAFF.test(key)) return NOTICE.test(key) ? "both" : "staff";
  if (ADULT.test(key)) return "adult";
  return CHILD.test(key) ? "child" : "both";
}

/** Pages of the public that adults look for: what is kept, the service itself, barriers. */
const LONGER = /^(site\.(privacy|about)|pages\.(about|access))\./;

/** How many words a sentence may have; undefined for the desks, whose readers are trained. */
export function mostWordsOf(key: string): number | undefined {
  const hearer = hearerOf(key);
  if (hearer === "staff") return undefined;
  return hearer === "adult" || LONGER.test(key) ? 20 : 12;
}

/** The sentences of a text, each with its number of words; a value in braces is one. */
export function sentencesOf(text: string): { readonly sentence: string; readonly words: number }[] {
  return text.split(/[.!?…](?:\s|$)/).map((sentence) => ({
    sentence,
    words: sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}{]/u.test(word)).length,
  }));
}

/** The sentences of a text with more words than somebody is to read at once. */
export function tooLong(text: string, most: number): string[] {
  return sentencesOf(text).flatMap(({ sentence, words }) => (words > most ? [`(${words}) ${sentence.trim()}`] : []));
}

/** The same for every text of a page's own part, labels of choices and buttons included. */
export function tooLongOn(html: string, most: number): string[] {
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  const texts = main.replace(/<textarea\b[^>]*>[^<]*<\/textarea>/g, "").split(/<[^>]*>/);
  // A number to call is one word however its digits are grouped.
  return texts.flatMap((text) => tooLong(text.replace(/(?<=\d) (?=\d)/g, ""), most));
}
