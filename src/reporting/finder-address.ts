import { type Country, municipality } from "#country/index.ts";
import type { Ui } from "#platform/views/ui.ts";

/** Where the finder shows who can help near a place; of a place that is no municipality it asks which. */
export function finderAddress({ href }: Pick<Ui, "href">, country: Country, place: string): string {
  return href(municipality(country, place) ? `/find?place=${place}` : "/find");
}
