import { areasAround, type Country, isTerritory, municipalities, sayTerritory, WHOLE_COUNTRY } from "#country/index.ts";
import { fileWords, searchForm } from "#institutions/index.ts";
import type { Translate } from "#messages/messages.ts";
import type { Option } from "#platform/views/parts.ts";

export interface OptionGroup {
  readonly label: string | undefined;
  readonly options: readonly Option[];
}

/** The whole country, its regions and its districts. */
export function areaOptions(country: Country, t: Translate): readonly Option[] {
  const areas = country.territories.filter(({ kind }) => kind !== "municipality");
  return [WHOLE_COUNTRY, ...areas.map(({ code }) => code)].map((value) => {
    return { value, label: sayTerritory(country, t, value) };
  });
}

/** Whether something holds for a territory of this code; `country` is all of them. */
export function isArea(country: Country, code: string): boolean {
  return code === WHOLE_COUNTRY || isTerritory(country, code);
}

/** Every territory that shares a place with this one: what it lies in, itself, and what lies in it. */
export function areasSharing(country: Country, code: string): readonly string[] {
  const within = country.territories.filter((each) => areasAround(country, each.code).includes(code));
  return [...new Set([...areasAround(country, code), ...within.map((each) => each.code)])];
}

/** The codes of the municipalities of a territory; undefined for the whole country. */
export function municipalitiesWithin(country: Country, code: string): readonly string[] | undefined {
  if (code === WHOLE_COUNTRY) return undefined;
  return municipalities(country)
    .filter((place) => areasAround(country, place.code).includes(code))
    .map((place) => place.code);
}

export interface NamedPlaces {
  readonly codes: readonly string[];
  /** What is no municipality, and what is more than one. */
  readonly unknown: readonly string[];
  readonly ambiguous: readonly string[];
  /** There is more than a country has, and nothing of it was looked up. */
  readonly tooMany: boolean;
}

/** More parts than a country has municipalities. */
export const MOST_PLACES = 250;

/** Reads municipalities as people write them, with commas between; the code of any territory is taken as well. */
export function readPlaces(country: Country, text: string): NamedPlaces {
  const parts = text.split(/[,;\n]/).map((part) => part.trim());
  const said = [...new Set(parts.filter(Boolean))];
  const found = { codes: [] as string[], unknown: [] as string[], ambiguous: [] as string[] };
  if (said.length > MOST_PLACES || parts.length > 2 * MOST_PLACES) return { ...found, tooMany: true };
  const { municipalities: byName } = fileWords(country);
  for (const part of said) {
    const codes = isArea(country, part) ? [part] : (byName.get(searchForm(part)) ?? []);
    const [code, ...more] = codes;
    if (code === undefined) found.unknown.push(part);
    else if (more.length > 0) found.ambiguous.push(part);
    else found.codes.push(code);
  }
  return { ...found, tooMany: false };
}
