import { type Country, dayStartIn, isoDayIn, sayTerritory, sayType } from "#country/index.ts";
import type { Institution } from "#institutions/index.ts";
import { toLatin } from "#messages/latin.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { Ui } from "#platform/views/ui.ts";

/** What of an institution is changed by its form, in the form's order. */
export const REGISTRY_FIELDS = [
  "identifier",
  "type",
  "name",
  "nameEn",
  "territory",
  "covers",
  "address",
  "phone",
  "hours",
  "hoursEn",
  "verifiedOn",
  "parent",
  "supervisor",
  "fallback",
  "activeFrom",
] as const;
export type RegistryField = (typeof REGISTRY_FIELDS)[number];
export type Values = Readonly<Record<RegistryField, string>>;

export const FIELD_LABELS = {
  identifier: "registry.identifier",
  type: "registry.type",
  name: "registry.name.sr",
  nameEn: "registry.name.en",
  territory: "registry.territory",
  covers: "registry.covers",
  address: "registry.address",
  phone: "registry.phone",
  hours: "registry.hours.sr",
  hoursEn: "registry.hours.en",
  verifiedOn: "registry.verifiedOn",
  parent: "registry.parent",
  supervisor: "registry.supervisor",
  fallback: "registry.fallback",
  activeFrom: "registry.activeFrom",
} as const satisfies Record<RegistryField, PlainMessageKey>;

/** What an institution's form says, in the words of its row. */
export type FormRow = Pick<
  Institution,
  | "identifier"
  | "type"
  | "name"
  | "territory"
  | "covers"
  | "address"
  | "phone"
  | "hours"
  | "verifiedOn"
  | "parentId"
  | "supervisorId"
  | "fallbackId"
  | "activeFrom"
>;
type ByTie = ReadonlyMap<string, Pick<Institution, "identifier" | "name">>;

/** An institution as its form says it: other institutions by their identifiers, English only where it is not derived. */
export function valuesOf(country: Country, row: FormRow, named: ByTie): Values {
  const identifierOf = (id: string | null) => (id === null ? "" : (named.get(id)?.identifier ?? ""));
  const english = (text: Institution["hours"]) => (text === null || text.en === toLatin(text.sr) ? "" : text.en);
  return {
    identifier: row.identifier,
    type: row.type,
    name: row.name.sr,
    nameEn: english(row.name),
    territory: row.territory,
    covers: row.covers
      .filter((code) => code !== row.territory)
      .toSorted()
      .join(", "),
    address: row.address ?? "",
    phone: row.phone ?? "",
    hours: row.hours?.sr ?? "",
    hoursEn: english(row.hours),
    verifiedOn: row.verifiedOn ?? "",
    parent: identifierOf(row.parentId),
    supervisor: identifierOf(row.supervisorId),
    fallback: identifierOf(row.fallbackId),
    activeFrom: isoDayIn(country, row.activeFrom),
  };
}

interface Said {
  readonly country: Country;
  readonly ui: Ui;
  /** The institutions that ties may name. */
  readonly named: ByTie;
}

/** One value in words, to be read beside another. */
export function sayValue({ country, ui, named }: Said, field: string, value: string): string {
  const { t } = ui;
  if (value === "") return t("registry.none");
  switch (field) {
    case "type":
      return sayType(country, t, value);
    case "territory":
    case "covers":
      return value
        .split(", ")
        .map((code) => sayTerritory(country, t, code))
        .join(", ");
    case "verifiedOn":
    case "activeFrom":
      return ui.date(dayStartIn(country, value));
    case "parent":
    case "supervisor":
    case "fallback": {
      const found = [...named.values()].find(({ identifier }) => identifier === value);
      return found ? `${t.local(found.name)} (${value})` : value;
    }
    default:
      return value;
  }
}
