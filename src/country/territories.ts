import type { LocalText } from "#messages/messages.ts";
import type { Country, Territory } from "./country.ts";

/** Stands beside the codes of territories where something holds for all of them. */
export const WHOLE_COUNTRY = "country";

interface Places {
  readonly all: ReadonlyMap<string, Territory>;
  /** What lies around each of them, filled as it is asked for: routing asks thousands of times. */
  readonly around: Map<string, readonly string[]>;
  readonly municipalities: readonly Territory[];
}

/** Made once per country, since a list of a page asks for the name of every place in it. */
const PLACES = new WeakMap<Pick<Country, "territories">, Places>();

/** Gives the municipalities of the country, in the order of the pack. */
export function municipalities(country: Country): readonly Territory[] {
  return placesOf(country).municipalities;
}

/** Takes any text and gives the municipality of which it is the code, if there is one. */
export function municipality(country: Country, code: string): Territory | undefined {
  const territory = placesOf(country).all.get(code);
  return territory?.kind === "municipality" ? territory : undefined;
}

/** Takes the code of a municipality and gives those that border on it; throws for an unknown code. */
export function neighboursOf(country: Country, code: string): readonly Territory[] {
  const place = municipality(country, code);
  if (place === undefined) throw new Error(`${country.code} has no municipality "${code}"`);
  return (place.neighbours ?? []).flatMap((neighbour) => municipality(country, neighbour) ?? []);
}

/** Takes the code of a territory of any kind and gives its name; throws for an unknown code. */
export function territoryName(country: Country, code: string): LocalText {
  const territory = placesOf(country).all.get(code);
  if (territory === undefined) throw new Error(`${country.code} has no territory "${code}"`);
  return territory.name;
}

/** Takes a place's name and gives what its people call it: "Zemun" for "Beograd – Zemun". */
export function lastPart(name: string): string {
  return name.split(" – ").at(-1) ?? name;
}

/** Whether any text is the code of a territory of any kind. */
export function isTerritory(country: Pick<Country, "territories">, code: string): boolean {
  return placesOf(country).all.has(code);
}

/**
 * A municipality, the city of which it is a part, its district, its region and the country: what holds for one of them
 * holds for it, and the smallest decides. Takes any text; of a place that nobody knows the country alone.
 */
export function areasAround(country: Pick<Country, "territories">, code: string): readonly string[] {
  const { all, around } = placesOf(country);
  const place = all.get(code);
  if (place === undefined) return [WHOLE_COUNTRY];
  const known = around.get(code);
  if (known !== undefined) return known;
  const above = areasAround(country, place.city ?? place.parent ?? "");
  const areas = [code, ...above];
  around.set(code, areas);
  return areas;
}

function placesOf(country: Pick<Country, "territories">): Places {
  const known = PLACES.get(country);
  if (known !== undefined) return known;
  const places = {
    all: new Map(country.territories.map((territory) => [territory.code, territory])),
    around: new Map<string, readonly string[]>(),
    municipalities: country.territories.filter(({ kind }) => kind === "municipality"),
  };
  PLACES.set(country, places);
  return places;
}
