import {
  type Contact,
  type Country,
  emergencyContacts,
  municipality,
  type Need,
  neighboursOf,
  WHOLE_COUNTRY,
} from "#country/index.ts";
import { type Institution, isActive, TRIAGE } from "#institutions/index.ts";

/** What somebody looks for, in the codes of the address. */
export interface Wanted {
  /** The code of a municipality, or the whole country where nobody knows the place. */
  readonly place: string;
  readonly need: Need | undefined;
}

/** Reads what an address asks for: undefined where nothing was chosen yet, and where the place is none. */
export function wantedIn(country: Country, query: Readonly<Record<string, string>>): Wanted | undefined {
  const { place = "", need } = query;
  if (place !== WHOLE_COUNTRY && !municipality(country, place)) return undefined;
  return { place, need: country.needs.find(({ id }) => String(id) === need) };
}

/** The types that answer for a need, in its order; without one every type of the country that the public may turn to. */
export function typesFor({ codeLists, helpFirst }: Country, need: Need | undefined): readonly string[] {
  const anything = new Set([...helpFirst, ...codeLists.institution_type.map(({ code }) => code)]);
  return (need?.types ?? [...anything]).filter(isShown);
}

/** The team that takes reports is reached by reporting, not by its door. */
function isShown(type: string): boolean {
  return type !== TRIAGE;
}

/** Whether the public can open an institution's page now, so that a link to it leads somewhere. */
export function isPublic(row: Pick<Institution, "type" | "activeFrom" | "activeTo">, at: number): boolean {
  return isShown(row.type) && isActive(row, at);
}

/** The municipalities next to a place. */
export function areasNear(country: Country, place: string): readonly string[] {
  return municipality(country, place) ? neighboursOf(country, place).map(({ code }) => code) : [];
}

/** Whom to call at once. */
export function callsFor(country: Country, need: Need | undefined): readonly Contact[] {
  const found = (need?.contacts ?? []).flatMap((id) => country.contacts.filter((contact) => contact.id === id));
  return found.length > 0 ? found : emergencyContacts(country);
}
