import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { english } from "#messages/en/index.ts";
import { toLatin } from "#messages/latin.ts";
import { LANGUAGES, localeOf, type MessageKey, type Translate, translator } from "#messages/messages.ts";
import { serbian } from "#messages/sr/index.ts";
import { filesBelow, type ProjectFile } from "./platform/project-files.ts";

type Sentences = Readonly<Record<string, string>>;

const en: Sentences = english;
const sr: Sentences = serbian;
const latin: Sentences = Object.fromEntries(Object.entries(sr).map(([key, text]) => [key, toLatin(text)]));

const placeholdersOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const withoutPlaceholders = (text: string) => text.replace(/\{\w+\}/g, "");
const keysWhere = (sentences: Sentences, wrong: (text: string, key: string) => boolean) =>
  Object.entries(sentences).flatMap(([key, text]) => (wrong(text, key) ? [`${key}: ${text}`] : []));

/** Keys that one language has and the other lacks, and sentences that take other values than in English. */
function differences(one: Sentences, other: Sentences): string[] {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter((key) => {
    const [here, there] = [one[key], other[key]];
    if (here === undefined || there === undefined) return true;
    return placeholdersOf(here).join() !== placeholdersOf(there).join();
  });
}

/**
 * A key counts as used where its name stands in quotes, where a template literal can become it, and where TypeScript
 * names what it begins with, such as "journey.told", to put a code behind it.
 */
function unusedKeys(keys: readonly string[], files: readonly ProjectFile[]): string[] {
  const named = new Set<string>();
  const prefixes = new Set<string>();
  const patterns: RegExp[] = [];
  for (const { path, text } of files) {
    const beginnings = path.endsWith(".ts") ? text.matchAll(/(?<!\bt\()"([a-z]\w*(?:\.\w+)+)"/g) : [];
    for (const [, prefix = ""] of beginnings) prefixes.add(prefix);
    for (const [, name = ""] of text.matchAll(/["'`]([a-z]\w*(?:\.[\w-]+)+)["'`]/g)) named.add(name);
    for (const [, literal = ""] of text.matchAll(/`([a-z]\w*\.[\w.]*\$\{[^`]*)`/g)) patterns.push(patternOf(literal));
  }
  const counted = new Set(
    files.flatMap(({ text }) => [...text.matchAll(/\.count\(\s*["']([\w.]+)["']/g)].map(([, base]) => base)),
  );
  return keys.filter((key) => {
    const base = key.replace(/\.(one|few|many|other)$/, "");
    const beginning = key.slice(0, key.lastIndexOf("."));
    return (
      !named.has(key) &&
      !prefixes.has(beginning) &&
      !counted.has(base) &&
      !patterns.some((pattern) => pattern.test(key))
    );
  });
}

const patternOf = (literal: string) =>
  new RegExp(
    `^${literal
      .replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "\u0001")
      .replace(/[.*+?^$()[\]\\|]/g, "\\$&")
      .replaceAll("\u0001", "\\w+(?:\\.\\w+)*")}$`,
  );

/** Every plural has all the forms of its language, and each form says the number. */
function pluralFaults(sentences: Sentences, locale: string, bases: readonly string[]): string[] {
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  return bases.flatMap((base) =>
    forms
      .filter((form) => !sentences[`${base}.${form}`]?.includes("{count}"))
      .map((form) => `${base}.${form} is missing or has no {count}`),
  );
}

function pluralBases(keys: readonly string[]): string[] {
  return keys
    .filter((key) => key.endsWith(".other"))
    .map((key) => key.slice(0, -".other".length))
    .filter((base) => keys.includes(`${base}.one`) || keys.includes(`${base}.few`));
}

/** Commands, keys, sample addresses and the names of standards stay as they are written everywhere. */
const LATIN_ALLOWED =
  /npm run manage -- <[^>]*>|--[a-z-]+|[\w.]+@[\w.]+|\b(?:SMS|CSV|UTF-8|Windows-1250|Ctrl|Shift|WCAG 2\.2|AA|EN 301 549|axe-core|JavaScript)\b|(?<=и )H(?=,)/g;
const strayLatin = (text: string) => /\p{Script=Latin}/u.test(withoutPlaceholders(text).replace(LATIN_ALLOWED, ""));
const strayCyrillic = (text: string) => /\p{Script=Cyrillic}/u.test(text);

/** "сигуран/на", "дошао/ла", "дошао(ла)", "-ла": one sentence for everybody needs no such form. */
const slashForm = (text: string) =>
  /\p{L}\s?\/\s?-?\p{L}|\p{L}\(-?\p{L}{1,3}\)|(?<![\p{L}\d])-\p{L}{1,3}(?!\p{L})/u.test(text);
/** "ниси рекла", "дошао си": a past tense in the first or second person shows a gender. */
const genderedPast = (text: string) =>
  /(?<!\p{L})(?:сам|нисам|си|ниси)\s+\p{L}+(?:[аеиу]о|ла)(?!\p{L})|(?<!\p{L})\p{L}+(?:[аеиу]о|ла)\s+(?:сам|си)(?!\p{L})/iu.test(
    text,
  );
const asksWhy = (text: string) => /(?<!\p{L})(?:зашто|why)(?!\p{L})/iu.test(text);

const files = [
  ...filesBelow("src", ".ts").filter(({ path }) => !/^src\/messages\/(en|sr)\//.test(path)),
  ...filesBelow("views", ".eta"),
];
const SPOKEN = "t(`a.voice.$" + "{voice}`)";
const source = (text: string): ProjectFile[] => [{ path: "x.ts", text }];

describe("every language", () => {
  it("has the same sentences, each with the same values", () => {
    expect(Object.keys(en).length).toBeGreaterThan(100);
    expect(differences(en, sr)).toEqual([]);
  });

  it("would show a missing sentence, one too many, and one with other values", () => {
    expect(differences({ a: "x", b: "y" }, { a: "x" })).toEqual(["b"]);
    expect(differences({ a: "x" }, { a: "x", b: "y" })).toEqual(["b"]);
    expect(differences({ a: "{n} of {m}" }, { a: "{m} од {n}" })).toEqual([]);
    expect(differences({ a: "{number}" }, { a: "{broj}" })).toEqual(["a"]);
    expect(differences({ a: "{n}" }, { a: "без" })).toEqual(["a"]);
  });

  it("says something under every key, without a space at its ends or two in a row", () => {
    for (const sentences of [en, sr])
      expect(keysWhere(sentences, (text) => !/^\S(?:.*\S)?$/.test(text) || / {2}/.test(text))).toEqual([]);
  });

  it("has every form of every plural that it needs", () => {
    const counted = files.flatMap(({ text }) =>
      [...text.matchAll(/\.count\(\s*["']([\w.]+)["']/g)].map(([, base = ""]) => base),
    );
    const bases = [...new Set([...counted, ...pluralBases(Object.keys(en))])];
    expect(bases.length).toBeGreaterThan(0);
    for (const [language, sentences] of [
      ["en", en],
      ["sr", sr],
      ["sr-Latn", latin],
    ] as const) {
      expect(pluralFaults(sentences, localeOf(language), bases)).toEqual([]);
    }
  });

  it("would show a plural that lacks a form or the number", () => {
    const days = { "d.one": "{count} дан", "d.few": "{count} дана", "d.other": "{count} дана" };
    expect(pluralFaults(days, "sr-Cyrl-RS", ["d"])).toEqual([]);
    expect(pluralFaults({ "d.one": "{count} дан", "d.other": "{count} дана" }, "sr-Cyrl-RS", ["d"])).toHaveLength(1);
    expect(pluralFaults({ ...days, "d.few": "дана" }, "sr-Cyrl-RS", ["d"])).toHaveLength(1);
    expect(pluralBases(["d.one", "d.other", "label.me", "label.other"])).toEqual(["d"]);
  });

  it("says every sentence when it is given its values", () => {
    for (const language of LANGUAGES) {
      const say = translator(language) as (key: string, values: Record<string, string>) => string;
      for (const [key, text] of Object.entries(en)) {
        const values = Object.fromEntries(placeholdersOf(text).map((name) => [name ?? "", "‹value›"]));
        const said = say(key, values);
        expect(said).not.toMatch(/[{}]|undefined/);
        expect(said.split("‹value›").length - 1, key).toBe(placeholdersOf(sr[key] ?? "").length);
      }
    }
  });

  it("counts any number of things in words", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.constantFrom(...LANGUAGES), (count, language) => {
        const t: Translate = translator(language);
        expect(t.count("casework.wait.days", count)).toMatch(/^\d[\d.,\s]* \p{L}+$/u);
      }),
    );
    expect([1, 2, 5, 21].map((count) => translator("sr").count("casework.wait.days", count))).toEqual([
      "1 дан",
      "2 дана",
      "5 дана",
      "21 дан",
    ]);
  });
});

describe("every sentence", () => {
  it("is said somewhere", () => {
    expect(unusedKeys(Object.keys(en), files)).toEqual([]);
  });

  it("would be noticed when nothing says it", () => {
    const keys = ["a.title", "a.voice.me", "a.voice.friend", "a.days.one", "a.days.other"];
    expect(unusedKeys(keys, source(""))).toEqual(keys);
    expect(unusedKeys(keys, source(`t("a.title"); ${SPOKEN}; t.count("a.days", 2)`))).toEqual([]);
    expect(unusedKeys(["a.title.more"], source('t("a.title")'))).toEqual(["a.title.more"]);
    expect(unusedKeys(["a.told.police", "a.told.x.y"], source('{ told: "a.told" }'))).toEqual(["a.told.x.y"]);
    expect(unusedKeys(["b.voice.me"], source(SPOKEN))).toEqual(["b.voice.me"]);
    expect(unusedKeys(["a.x.one", "a.y.two"], source(`t(\`a.\${name({ x: 1 })}.one\`)`))).toEqual(["a.y.two"]);
  });

  it("would be noticed when it is said but was never written", () => {
    const prefixes = new Set(Object.keys(en).map((key) => key.split(".")[0]));
    const known = new Set<string>(Object.keys(en));
    const said = filesBelow("views", ".eta").flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\("([\w.]+)"/g)].map(([, key = ""]) => ({ path, key })),
    );
    expect(said.length).toBeGreaterThan(50);
    expect(said.filter(({ key }) => prefixes.has(key.split(".")[0]) && !known.has(key as MessageKey))).toEqual([]);
  });
});

const LETTERS: readonly (readonly [
  name: string,
  wrong: (text: string) => boolean,
  sentences: Sentences,
  broken: readonly string[],
  fine: readonly string[],
])[] = [
  [
    "Serbian has no Latin letter",
    strayLatin,
    sr,
    ["Пoзови", "Отвори link", "код e"],
    ["Корак {step} од 10", "у облику ime@primer.rs"],
  ],
  ["English has no Cyrillic letter", strayCyrillic, en, ["Саll"], ["Čuvam te"]],
  ["derived Latin has no Cyrillic letter", strayCyrillic, latin, ["Пozovi"], ["Pozovi {broj}"]],
  [
    "no sentence doubles a word for two genders",
    slashForm,
    { ...sr, ...en },
    ["сигуран/на", "дошао / ла", "дошао(ла)", "уморан/-на", "he/she", "дошао -ла"],
    ["24/7", "116 111", "вај-фај", "сервис (можеш да прескочиш)", "npm run x -- <a | b>"],
  ],
  [
    "nobody's past tense shows a gender",
    genderedPast,
    sr,
    ["шта си видео", "нисам рекла", "дошао си", "Написала си"],
    ["Ниси сам.", "ко си.", "Тим је писао.", "Нисам на сигурном"],
  ],
  [
    "e-mail and internet stand apart from their addresses",
    (text) => /имејл-|интернет-/iu.test(text),
    sr,
    ["Упишите имејл-адресу", "интернет-адреса"],
    ["имејл адреса", "вај-фај"],
  ],
  ["no sentence asks why", asksWhy, { ...sr, ...en }, ["Зашто ћутиш?", "Why now?"], ["затошто"]],
];

describe("words", () => {
  it.each(LETTERS)("%s", (_, wrong, sentences) => {
    expect(keysWhere(sentences, wrong)).toEqual([]);
  });

  it.each(
    LETTERS.flatMap(([name, wrong, , broken, fine]) => [
      ...broken.map((text) => ({ name, wrong, text, caught: true })),
      ...fine.map((text) => ({ name, wrong, text, caught: false })),
    ]),
  )("$name: “$text” is caught: $caught", ({ wrong, text, caught }) => {
    expect(wrong(text)).toBe(caught);
  });
});
