import { type Country, placeGroups, territoryName, WHOLE_COUNTRY } from "#country/index.ts";
import type { Option, Parts } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import { isArea } from "./registry-places.ts";

/** The whole country, to choose before all territories. */
export function countryOption({ t }: Ui): Option {
  return { value: WHOLE_COUNTRY, label: t("opening.plan.country") };
}

/** Regions and districts, then the municipalities of each district. */
export function territoryGroups(country: Country, ui: Ui): Parts["parts/grouped-select"]["groups"] {
  const options = country.territories
    .filter(({ kind }) => kind !== "municipality")
    .map(({ code, name }) => ({ value: code, label: ui.t.local(name) }));
  return [{ label: ui.t("opening.plan.areas"), options }, ...placeGroups(country, ui)];
}

/** The name of a territory of any kind; one that the country has no more keeps its code. */
export function sayTerritory(country: Country, ui: Ui, code: string): string {
  if (code === WHOLE_COUNTRY) return ui.t("opening.plan.country");
  return isArea(country, code) ? ui.t.local(territoryName(country, code)) : code;
}
