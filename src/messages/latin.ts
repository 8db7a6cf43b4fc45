const LETTERS: Readonly<Record<string, string>> = {
  ...{ а: "a", б: "b", в: "v", г: "g", д: "d", ђ: "đ", е: "e", ж: "ž", з: "z", и: "i", ј: "j", к: "k", л: "l" },
  ...{ м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", ћ: "ć", у: "u", ф: "f", х: "h", ц: "c", ч: "č", ш: "š" },
  ...{ љ: "lj", њ: "nj", џ: "dž" },
};

/** Foreign names keep their own spelling; `joint` stands between the name and a Serbian case ending. */
const FOREIGN: readonly { readonly cyrillic: string; readonly latin: string; readonly joint?: string }[] = [
  { cyrillic: "Вајбер", latin: "Viber" },
  { cyrillic: "Вотсап", latin: "WhatsApp" },
  { cyrillic: "Фејсбук", latin: "Facebook" },
  { cyrillic: "Месинџер", latin: "Messenger" },
  { cyrillic: "Тикток", latin: "TikTok" },
  { cyrillic: "Снепчет", latin: "Snapchat" },
  { cyrillic: "Јутјуб", latin: "YouTube", joint: "-" },
  { cyrillic: "Гугл", latin: "Google", joint: "-" },
  { cyrillic: "Гугл Хром", latin: "Google Chrome", joint: "-" },
  { cyrillic: "Џимејл", latin: "Gmail" },
  { cyrillic: "Твитер", latin: "Twitter" },
  { cyrillic: "Твич", latin: "Twitch" },
  { cyrillic: "Редит", latin: "Reddit" },
  { cyrillic: "Скајп", latin: "Skype", joint: "-" },
  { cyrillic: "Зум", latin: "Zoom" },
  { cyrillic: "Нетфликс", latin: "Netflix" },
  { cyrillic: "Спотифај", latin: "Spotify", joint: "-j" },
  { cyrillic: "Роблокс", latin: "Roblox" },
  { cyrillic: "Мајнкрафт", latin: "Minecraft" },
  { cyrillic: "Фортнајт", latin: "Fortnite", joint: "-" },
  { cyrillic: "Мајкрософт", latin: "Microsoft" },
  { cyrillic: "Виндоус", latin: "Windows" },
  { cyrillic: "Епл", latin: "Apple", joint: "-" },
  { cyrillic: "Ајфон", latin: "iPhone", joint: "-" },
  { cyrillic: "Фајерфокс", latin: "Firefox" },
  { cyrillic: "ЧетГПТ", latin: "ChatGPT", joint: "-" },
  { cyrillic: "Инсејф", latin: "Insafe", joint: "-" },
  { cyrillic: "УНЕСКО", latin: "UNESCO" },
  { cyrillic: "вај-фај", latin: "Wi-Fi", joint: "-j" },
  { cyrillic: "Вај-фај", latin: "Wi-Fi", joint: "-j" },
  { cyrillic: "Опера мини", latin: "Opera Mini" },
  { cyrillic: "Опере мини", latin: "Opere Mini" },
  { cyrillic: "Опери мини", latin: "Operi Mini" },
  { cyrillic: "Оперу мини", latin: "Operu Mini" },
  { cyrillic: "Опером мини", latin: "Operom Mini" },
];

/** A placeholder, or a tag: neither is a sentence. */
const KEPT = /(\{[^{}]*\}|<[!/A-Za-z][^<>]*>)/u;

const FOREIGN_BY_CYRILLIC = new Map(
  FOREIGN.flatMap(({ cyrillic, latin, joint = "" }): readonly [string, { latin: string; joint: string }][] => [
    [cyrillic.toUpperCase(), { latin: latin.toUpperCase(), joint: joint.toUpperCase() }],
    [cyrillic, { latin, joint }],
  ]),
);

const CASE_ENDING = "(?:а|у|ом|ем|е|и|има|ов(?:а|о|и|е|у|ог|ом|ој|их|им|има)?)";

const FOREIGN_WORD = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}])(${longestFirst([...FOREIGN_BY_CYRILLIC.keys()]).join("|")})` +
    `(${CASE_ENDING}|${CASE_ENDING.toUpperCase()})?(?![\\p{L}\\p{M}\\p{N}])`,
  "gu",
);

/**
 * Takes Serbian in Cyrillic and gives the same text in the Latin script; `{placeholders}`, `<tags>` and everything
 * that is not Serbian Cyrillic stay as they are. Never throws.
 */
export function toLatin(cyrillic: string): string {
  return cyrillic
    .split(KEPT)
    .map((part, index) => (index % 2 === 1 ? part : sentenceToLatin(part)))
    .join("");
}

function sentenceToLatin(sentence: string): string {
  return sentence
    .replace(FOREIGN_WORD, (_, name: string, ending?: string) => foreignToLatin(name, ending))
    .replace(/\p{Script=Cyrillic}/gu, letterToLatin);
}

function foreignToLatin(name: string, ending = ""): string {
  const { latin, joint } = FOREIGN_BY_CYRILLIC.get(name) ?? { latin: name, joint: "" };
  return ending === "" ? latin : latin + joint + ending;
}

function letterToLatin(letter: string, at: number, sentence: string): string {
  const small = LETTERS[letter.toLowerCase()];
  if (small === undefined) return letter;
  if (letter === letter.toLowerCase()) return small;
  return small.length === 1 || isInCapitals(sentence, at)
    ? small.toUpperCase()
    : small[0]?.toUpperCase() + small.slice(1);
}

/** Whether a capital digraph stands in a word written in capitals: its neighbours decide, first the one that follows. */
function isInCapitals(sentence: string, at: number): boolean {
  const next = sentence.slice(at + 1, at + 2);
  const neighbour = /\p{L}/u.test(next) ? next : sentence.slice(Math.max(0, at - 1), at);
  return /\p{Lu}/u.test(neighbour);
}

function longestFirst(words: readonly string[]): readonly string[] {
  return [...words].sort((one, other) => other.length - one.length);
}
