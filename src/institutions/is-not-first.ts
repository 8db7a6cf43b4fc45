import type { Country } from "#country/index.ts";
import { competencesOf, isTypeNotFirst, type Matter, placeTypesOf } from "./competence.ts";
import type { Institution } from "./store.ts";

/** Whether an institution must not be the first to know of a matter: perhaps it is its own employee who harms. */
export function isNotFirst(
  { competence }: Pick<Country, "competence">,
  { type }: Pick<Institution, "type">,
  matter: Matter,
): boolean {
  const { notFirst } = competencesOf(competence, matter);
  const isPlace = placeTypesOf(competence, matter.setting).includes(type);
  return isTypeNotFirst(notFirst, type) || (isPlace && notFirst.some(({ house }) => house));
}
