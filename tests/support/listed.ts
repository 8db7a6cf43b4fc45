import type { Country } from "#country/index.ts";
import type { Listed } from "#institutions/directory.ts";
import { manyInstitutions } from "./many-institutions.ts";

/** An institution as routing sees it, with somebody at its desk; its id says what it is called. */
export function listed(id: string, type: string, territory: string, more: Partial<Listed> = {}): Listed {
  return {
    id,
    identifier: id,
    type,
    name: { sr: id, en: id },
    territory,
    covers: [],
    activeFrom: 0,
    activeTo: null,
    parentId: null,
    fallbackId: null,
    supervisorId: null,
    absences: [],
    desks: [{ id: `${id}-desk`, kind: "team", name: { sr: id, en: id } }],
    ...more,
  };
}

/** The invented directory of the whole country as routing sees it, everybody with somebody at a desk. */
export function manyListed(country: Country, count = 3000): readonly Listed[] {
  const codes = new Map(country.territories.map(({ name, code }) => [name.sr, code]));
  return manyInstitutions(country, count).map((line) => {
    const { identifier, type, municipality, covers, parent, supervisor, fallback } = line;
    return listed(identifier, type, codes.get(municipality) ?? "", {
      covers: covers ? covers.split("|") : [],
      parentId: parent || null,
      supervisorId: supervisor || null,
      fallbackId: fallback || null,
    });
  });
}
