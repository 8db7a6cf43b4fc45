import { areasAround, type Country, isTerritory } from "#country/index.ts";
import { type Matter, placeTypesOf } from "./competence.ts";
import type { Listed } from "./directory.ts";

/**
 * Gives the territory whose bodies answer: that of the institution where it happens, where it stands in another town
 * than the one typed. Where none is named, or it is no place of that setting, the typed one counts, if the country has it.
 */
export function whereItHappens(
  country: Pick<Country, "territories" | "competence">,
  { territory, setting }: Pick<Matter, "setting"> & { readonly territory: string },
  named: Pick<Listed, "type" | "territory"> | undefined,
): string {
  if (!named || !isTerritory(country, named.territory)) return territory;
  const decides = !isTerritory(country, territory) || placeTypesOf(country.competence, setting).includes(named.type);
  // Whoever typed a part of the city in which it stands has said more than the directory does.
  return decides && !areasAround(country, territory).includes(named.territory) ? named.territory : territory;
}
