import type { Country } from "./country.ts";
import { parseCountry } from "./parse-country.ts";
import { serbia } from "./serbia/serbia.ts";

const PACKS: ReadonlyMap<string, unknown> = new Map([["RS", serbia]]);

/** Takes a two-letter country code and gives its checked pack; throws for an unknown code and for a faulty pack. */
export function loadCountry(code: string): Country {
  const pack = PACKS.get(code);
  if (pack === undefined)
    throw new Error(`There is no country pack "${code}"; there are: ${[...PACKS.keys()].join(", ")}`);
  return parseCountry(pack);
}
