import { type Country, dayStartIn, isoDayIn } from "#country/index.ts";
import type { Institution, Tie } from "#institutions/index.ts";
import { TIES } from "#institutions/index.ts";
import { toLatin } from "#messages/latin.ts";
import type { LocalText, Translate } from "#messages/messages.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Fields, FormState } from "#platform/http/app.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import type { Option } from "#platform/views/parts.ts";
import { type InstitutionInput, institutionForm, offerCyrillic } from "./registry-forms.ts";
import { MOST_PLACES, readPlaces } from "./registry-places.ts";
import { findTie } from "./registry-ties.ts";
import type { FormRow } from "./registry-values.ts";

export interface ReadForm {
  /** Undefined while anything is wrong. */
  readonly row: FormRow | undefined;
  readonly form: FormState;
  /** The fields as they come back, with names offered in Cyrillic. */
  readonly fields: Fields;
  readonly offered: Readonly<Partial<Record<Tie, readonly Option[]>>>;
}

interface Asked {
  readonly reader: Reader;
  readonly country: Country;
  readonly t: Translate;
  readonly at: number;
  /** The institution that is being changed. */
  readonly kept: Institution | undefined;
}

/** Reads the form of an institution: its own fields, the places it covers, and whom its ties name. */
export async function readRegistryForm(asked: Asked, typed: Fields): Promise<ReadForm> {
  const { country, kept, at } = asked;
  const { fields, errors: letters } = offerCyrillic(typed, ["name", "hours"]);
  const checked = checkForm(institutionForm(country, kept?.type), fields, ["covers"]);
  const places = readPlaces(country, fields.get("towns")?.[0] ?? "");
  const ties = await readTies(asked, fields);
  const errors = withoutRepetition([
    ...letters,
    ...(checked.ok ? [] : checked.form.errors),
    ...placeErrors(places),
    ...(checked.ok && isAhead(country, checked.input.verifiedOn, at) ? [NOT_YET] : []),
    ...(checked.ok && beginsTooLate(country, kept, checked.input.activeFrom) ? [TOO_LATE] : []),
    ...ties.errors,
  ]);
  const row = checked.ok && errors.length === 0 ? rowOf(country, checked.input, places.codes, ties.ids) : undefined;
  return { row, form: formState(fields, inOrder(errors)), fields, offered: ties.offered };
}

const NOT_YET = { field: "verifiedOn", phrase: { key: "registry.verifiedOn.notYet" } } as const;

function isAhead(country: Country, day: string | null, at: number): boolean {
  return day !== null && day > isoDayIn(country, at);
}

const TOO_LATE = { field: "activeFrom", phrase: { key: "registry.activeFrom.afterEnd" } } as const;

function beginsTooLate(country: Country, kept: Institution | undefined, activeFrom: string): boolean {
  const ends = kept?.activeTo ?? null;
  return ends !== null && dayStartIn(country, activeFrom) >= ends;
}

async function readTies({ reader, country, t, at, kept }: Asked, fields: Fields) {
  const ids: Partial<Record<Tie, string>> = {};
  const offered: Partial<Record<Tie, readonly Option[]>> = {};
  const errors: FormState["errors"][number][] = [];
  for (const tie of TIES) {
    const found = await findTie({ reader, country, t, at }, fields, tie, kept?.[`${tie}Id`]);
    offered[tie] = found.offered;
    if (found.error) errors.push({ field: tie, phrase: found.error });
    if (!found.hit) continue;
    if (found.hit.id === kept?.id) errors.push({ field: tie, phrase: { key: "registry.tie.itself" } });
    ids[tie] = found.hit.id;
  }
  return { ids, offered, errors };
}

function placeErrors({ unknown, ambiguous, tooMany }: ReturnType<typeof readPlaces>): FormState["errors"] {
  if (tooMany) return [{ field: "towns", phrase: { key: "registry.towns.many", values: { most: MOST_PLACES } } }];
  if (unknown.length > 0)
    return [{ field: "towns", phrase: { key: "registry.towns.unknown", values: { names: unknown.join(", ") } } }];
  if (ambiguous.length === 0) return [];
  return [{ field: "towns", phrase: { key: "registry.towns.ambiguous", values: { names: ambiguous.join(", ") } } }];
}

function rowOf(
  country: Country,
  input: InstitutionInput,
  towns: readonly string[],
  ids: Partial<Record<Tie, string>>,
): FormRow {
  const { identifier, type, name, nameEn, territory, covers, address, phone, hours, hoursEn, verifiedOn } = input;
  return {
    ...{ identifier, type, territory, address, phone, verifiedOn },
    name: named(name, nameEn),
    covers: [...new Set([...covers, ...towns])].filter((code) => code !== territory),
    hours: hours === "" ? null : named(hours, hoursEn),
    parentId: ids.parent ?? null,
    supervisorId: ids.supervisor ?? null,
    fallbackId: ids.fallback ?? null,
    activeFrom: dayStartIn(country, input.activeFrom),
  };
}

/** A name in both languages; English that nobody wrote is the Serbian in Latin letters. */
export function named(sr: string, en: string): LocalText {
  return { sr, en: en === "" ? toLatin(sr) : en };
}

/** One error for each field: the first that was found. */
export function withoutRepetition(errors: FormState["errors"]): FormState["errors"] {
  return errors.filter(({ field }, at) => errors.findIndex((each) => each.field === field) === at);
}

const ORDER = [
  ...["identifier", "type", "name", "nameEn", "territory", "covers", "towns", "address", "phone", "hours", "hoursEn"],
  ...["verifiedOn", ...TIES, "activeFrom", "desk"],
];

/** Errors in the order of the fields, as somebody goes through the form. */
function inOrder(errors: FormState["errors"]): FormState["errors"] {
  return errors.toSorted((one, other) => ORDER.indexOf(one.field) - ORDER.indexOf(other.field));
}
