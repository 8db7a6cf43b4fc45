import { type Country, codeLabel, lastPart, territoryName, WHOLE_COUNTRY } from "#country/index.ts";
import { LANGUAGES, translator } from "#messages/messages.ts";
import { appendTo } from "./append-to.ts";
import { searchForm } from "./search-form.ts";

/** What the words of a file may mean, by their search form. */
export interface FileWords {
  readonly types: ReadonlyMap<string, string>;
  readonly municipalities: ReadonlyMap<string, readonly string[]>;
  /** Of every kind, the whole country among them. */
  readonly territories: ReadonlyMap<string, readonly string[]>;
}

/** Made once per country: each name is put into Latin letters. */
const WORDS = new WeakMap<Country, FileWords>();

/** Codes, official numbers and names in every language; "Zemun" is enough for "Beograd – Zemun". */
export function fileWords(country: Country): FileWords {
  const words = WORDS.get(country) ?? newWords(country);
  WORDS.set(country, words);
  return words;
}

function newWords(country: Country): FileWords {
  const types = new Map<string, string>();
  for (const { code } of country.codeLists.institution_type) {
    const { sr, en } = codeLabel(country, "institution_type", code);
    for (const name of [code, sr, en]) types.set(searchForm(name), code);
  }
  const territories = placesBy(country, () => true);
  const whole = LANGUAGES.map((language) => translator(language)("imports.wholeCountry"));
  for (const name of [WHOLE_COUNTRY, country.name.sr, country.name.en, ...whole]) {
    territories.set(searchForm(name), [WHOLE_COUNTRY]);
  }
  return { types, municipalities: placesBy(country, ({ kind }) => kind === "municipality"), territories };
}

function placesBy(country: Country, wanted: (territory: Country["territories"][number]) => boolean) {
  const places = new Map<string, string[]>();
  for (const territory of country.territories.filter(wanted)) {
    const { sr, en } = territoryName(country, territory.code);
    const names = [territory.code, territory.official ?? "", sr, en, lastPart(sr), lastPart(en)];
    for (const name of new Set(names.map(searchForm))) {
      if (name !== "") appendTo(places, name, territory.code);
    }
  }
  return places;
}
