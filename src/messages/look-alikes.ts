/**
 * Small letters of other scripts whose small or capital form looks like a Latin one, after Unicode's list of confusables
 * (UTS #39, confusables.txt); what is told apart by its shape alone, such as 0 and O, is left out.
 */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
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
