import type { LocalText } from "#messages/messages.ts";
import type { Country, Territory } from "./country.ts";

interface Places {
  readonly all: ReadonlyMap<string, Territory>;
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

/** Takes the code of a territory and gives it with all that it lies in, the smallest first; nothing for any other text. */
export function territoriesAround(country: Pick<Country, "territories">, code: string): readonly Territory[] {
  const { all } = placesOf(country);
  const around: Territory[] = [];
  for (let each = all.get(code); each; each = all.get(each.parent ?? "")) around.push(each);
  return around;
}

function placesOf(country: Pick<Country, "territories">): Places {
  const known = PLACES.get(country);
  if (known !== undefined) return known;
  const places = {
    all: new Map(country.territories.map((territory) => [territory.code, territory])),
    municipalities: country.territories.filter(({ kind }) => kind === "municipality"),
  };
  PLACES.set(country, places);
  return places;
}
