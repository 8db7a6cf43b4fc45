import { type Country, placeGroups, sayTerritory, sayType } from "#country/index.ts";
import { type Institution, TIES, type Tie } from "#institutions/index.ts";
import type { Fields } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import { formTypes } from "./registry-forms.ts";
import { areaOptions } from "./registry-places.ts";
import { tieOf } from "./registry-ties.ts";
import { FIELD_LABELS, type Values } from "./registry-values.ts";
import type { FormField } from "./registry-views.ts";

interface Words {
  readonly country: Country;
  readonly ui: Ui;
}

interface Shown extends Words {
  /** What stands there by now; undefined for an institution that is being added. */
  readonly kept: Institution | undefined;
  /** What is offered for ties that may mean several. */
  readonly offered: Readonly<Partial<Record<Tie, readonly Option[]>>>;
  readonly typed: Fields;
  /** The names of what it is tied to by now. */
  readonly tiedTo: Readonly<Partial<Record<Tie, string>>>;
}

/** The fields of an institution's form, in its order. */
export function institutionFields({ country, ui, kept, offered, typed, tiedTo }: Shown): readonly FormField[] {
  const { t } = ui;
  const label = (name: keyof typeof FIELD_LABELS) => t(FIELD_LABELS[name]);
  const written = (name: keyof typeof FIELD_LABELS, optional: boolean, hint?: string): FormField => {
    return { kind: "text", name, label: label(name), hint, optional };
  };
  const types = formTypes(country, kept?.type).map((code) => ({ value: code, label: sayType(country, t, code) }));
  const plain = (options: readonly Option[]) => [{ label: undefined, options }];
  const ties = TIES.map((tie): FormField => {
    const now = tiedTo[tie];
    const hint = now === undefined ? t("registry.tie.hint") : t("registry.tie.now", { name: now });
    return tieField(typed, { name: tie, label: label(tie), hint, offered: offered[tie] ?? [] });
  });
  return [
    written("identifier", false, t("registry.identifier.hint")),
    { kind: "select", name: "type", label: label("type"), hint: undefined, optional: false, groups: plain(types) },
    written("name", false, t("registry.name.hint")),
    written("nameEn", true, t("registry.name.en.hint")),
    {
      ...{ kind: "select", name: "territory", label: label("territory"), hint: undefined, optional: false },
      groups: placeGroups(country, ui),
    },
    {
      ...{ kind: "boxes", name: "covers", label: label("covers"), hint: t("registry.covers.hint"), optional: true },
      groups: plain(areaOptions(country, t)),
    },
    { kind: "text", name: "towns", label: t("registry.towns"), hint: t("registry.towns.hint"), optional: true },
    written("address", true),
    written("phone", true),
    written("hours", true, t("registry.hours.hint")),
    written("hoursEn", true, t("registry.name.en.hint")),
    dateField({ name: "verifiedOn", label: label("verifiedOn"), hint: t("registry.verifiedOn.hint"), optional: true }),
    ...ties,
    dateField({ name: "activeFrom", label: label("activeFrom"), hint: t("registry.day.hint"), optional: false }),
  ];
}

/** A field for a day. */
export function dateField(named: Pick<FormField, "name" | "label" | "hint" | "optional">): FormField {
  return { kind: "date", ...named };
}

/** A field that names an institution or a desk, with what it may mean and what was chosen of that. */
export function tieField(
  typed: Fields,
  named: Pick<FormField, "name" | "label" | "hint"> & { readonly offered: readonly Option[] },
): FormField {
  const { text, chosen } = tieOf(typed, named.name);
  return { kind: "tie", optional: true, offeredFor: text, chosen: chosen ?? "", ...named };
}

/** Values as a form would send them: areas are boxes, and municipalities beside its own are written as names. */
export function fieldsFromValues(
  { country, ui: { t } }: Words,
  values: Values,
): Readonly<Record<string, string | string[]>> {
  const { covers, ...rest } = values;
  const areas = new Set(areaOptions(country, t).map(({ value }) => value));
  const codes = covers.split(", ").filter(Boolean);
  return {
    ...rest,
    covers: codes.filter((code) => areas.has(code)),
    towns: codes
      .filter((code) => !areas.has(code))
      .map((code) => sayTerritory(country, t, code))
      .join(", "),
  };
}
