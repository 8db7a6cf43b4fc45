import type { Translate } from "#messages/messages.ts";
import type { Country } from "./country.ts";
import { isTerritory, territoryName, WHOLE_COUNTRY } from "./territories.ts";

/** The name of a territory of any kind or of the whole country; a code that the country no longer has is shown as it is. */
export function sayTerritory(country: Country, t: Translate, code: string): string {
  if (code === WHOLE_COUNTRY) return t("site.wholeCountry");
  return isTerritory(country, code) ? t.local(territoryName(country, code)) : code;
}
