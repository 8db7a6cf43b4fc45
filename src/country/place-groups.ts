import { localeOf } from "#messages/messages.ts";
import type { Option } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import type { Country, Territory } from "./country.ts";

/** The municipalities of one district, as a select shows them. */
export interface PlaceGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

const made = new WeakMap<Country, Map<string, readonly PlaceGroup[]>>();

/** All municipalities by their districts, both in the order of this language's alphabet; made once for each language. */
export function placeGroups(country: Country, ui: Pick<Ui, "t" | "lang">): readonly PlaceGroup[] {
  const ofCountry = made.get(country) ?? new Map<string, readonly PlaceGroup[]>();
  made.set(country, ofCountry);
  const groups = ofCountry.get(ui.lang) ?? groupsIn(country, ui);
  ofCountry.set(ui.lang, groups);
  return groups;
}

function groupsIn({ territories }: Country, { t, lang }: Pick<Ui, "t" | "lang">): readonly PlaceGroup[] {
  const { compare } = new Intl.Collator(localeOf(lang));
  const sorted = (of: readonly Territory[]) =>
    of
      .map(({ code, name }) => ({ value: code, label: t.local(name) }))
      .sort((one, other) => compare(one.label, other.label));
  const districts = territories.filter(({ kind }) => kind === "district");
  return sorted(districts).map(({ value, label }) => ({
    label,
    options: sorted(territories.filter(({ kind, parent }) => kind === "municipality" && parent === value)),
  }));
}
