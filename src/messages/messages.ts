import { english } from "./en/index.ts";
import { toLatin } from "./latin.ts";
import { serbian } from "./sr/index.ts";

type English = typeof english;
export type MessageKey = keyof English;

/** The names in braces of a sentence, read from its literal type. */
type Placeholder<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type Values<K extends MessageKey> = Record<Placeholder<English[K]>, string | number>;
type ValuesIfAny<K extends MessageKey> = [Placeholder<English[K]>] extends [never] ? [] : [Values<K>];

/** Keys whose sentence takes no values. */
export type PlainMessageKey = { [K in MessageKey]: [Placeholder<English[K]>] extends [never] ? K : never }[MessageKey];

type Counted = { [K in MessageKey]: K extends `${infer Base}.other` ? Base : never }[MessageKey];

/** A sentence chosen earlier than it is said, such as the error of a form field. */
export interface Phrase {
  readonly key: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** A name kept as data in the languages written by people; the Latin script is derived. */
export interface LocalText {
  readonly sr: string;
  readonly en: string;
}

export interface Translate {
  <K extends MessageKey>(key: K, ...values: ValuesIfAny<K>): string;
  /** Says a phrase that was chosen earlier. */
  phrase(phrase: Phrase): string;
  /** Chooses between the keys `.one`, `.few` and `.other` by the language's plural rule; `{count}` is the number. */
  count(base: Counted, count: number): string;
  /** A number in the locale's form, for a cell that holds nothing else. */
  number(value: number): string;
  /** A name from the data in this language and script. */
  local(text: LocalText): string;
}

export const LANGUAGES = ["sr", "sr-Latn", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

export function isLanguage(tag: string | undefined): tag is Language {
  return LANGUAGES.some((each) => each === tag);
}

/** Makes a phrase whose values are checked against its sentence. */
export function phrase<K extends MessageKey>(key: K, ...values: ValuesIfAny<K>): Phrase {
  return values[0] === undefined ? { key } : { key, values: values[0] };
}

/** True for a string that is the key of a sentence, which tells a form's own message from a library's. */
export function isMessageKey(text: string): text is MessageKey {
  return Object.hasOwn(english, text);
}

const latin = Object.fromEntries(Object.entries(serbian).map(([key, text]) => [key, toLatin(text)]));
const SENTENCES: Record<Language, Readonly<Record<string, string>>> = { sr: serbian, "sr-Latn": latin, en: english };
/** Most sentences take no value, and a page says dozens of them. */
const TAKING: ReadonlySet<string> = new Set(
  Object.keys(english).filter((key) => LANGUAGES.some((language) => SENTENCES[language][key]?.includes("{"))),
);
const LOCALES: Record<Language, string> = { sr: "sr-Cyrl-RS", "sr-Latn": "sr-Latn-RS", en: "en-GB" };

/** The locale that `Intl` knows a language by. */
export function localeOf(language: Language): string {
  return LOCALES[language];
}

const latinNames = new WeakMap<LocalText, string>();

/** A name of the data is the same object each time, and its letters are changed once. */
function latinOf(text: LocalText): string {
  const known = latinNames.get(text);
  if (known !== undefined) return known;
  const made = toLatin(text.sr);
  latinNames.set(text, made);
  return made;
}

/** Speaks one language: `t("site.home.title")`. */
export function translator(language: Language): Translate {
  const sentences = SENTENCES[language];
  const plural = new Intl.PluralRules(LOCALES[language]);
  const number = new Intl.NumberFormat(LOCALES[language]);

  function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
    const sentence = sentences[key];
    if (sentence === undefined) throw new Error(`no sentence for ${key}`);
    if (!TAKING.has(key)) return sentence;
    return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      return typeof value === "number" ? number.format(value) : String(value);
    });
  }

  return Object.assign((key: string, ...values: readonly Record<string, string | number>[]) => say(key, values[0]), {
    phrase: ({ key, values }: Phrase) => say(key, values),
    count: (base: string, count: number) => say(`${base}.${plural.select(count)}`, { count }),
    number: (value: number) => number.format(value),
    local: (text: LocalText) => (language === "en" ? text.en : language === "sr" ? text.sr : latinOf(text)),
  }) as Translate;
}
