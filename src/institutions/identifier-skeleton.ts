/**
 * Small letters of other scripts whose small or capital form looks like a Latin one, after Unicode's list of confusables
 * (UTS #39, confusables.txt); what is told apart by its shape alone, such as 0 and O, is left out.
 */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  [
    // Cyrillic.
    ...["аa", "вb", "гr", "еe", "іi", "јj", "кk", "мm", "нh", "оo", "рp", "сc", "тt", "уy", "хx", "ѕs"],
    ...["һh", "ԁd", "ԛq", "ԝw", "ӏl", "ԍg", "ѵv"],
    // Greek.
    ...["αa", "βb", "εe", "ζz", "ηh", "ιi", "κk", "μm", "νn", "οo", "ρp", "τt", "υy", "χx", "ϲc", "ϳj"],
    // Latin letters that only seem to be others.
    ...["ıi", "ɑa", "ɡg", "ſs"],
  ].map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
);

/** One form for identifiers that people take for the same: in one case, in plain signs, in Latin letters. */
export function identifierSkeleton(identifier: string): string {
  const plain = identifier.normalize("NFKC").toLowerCase();
  return [...plain].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join("");
}
