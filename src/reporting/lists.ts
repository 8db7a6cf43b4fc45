import { type CodeListName, type Country, codeLabel, municipalities, municipality } from "#country/index.ts";
import { isMessageKey, localeOf, type PlainMessageKey } from "#messages/messages.ts";
import type { Option } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import { drawingOf } from "./drawings.ts";

/** Lists of the journey itself; all others are the country's. */
const OWN = {
  yesNo: ["yes", "no"],
  truthful: ["yes"],
  count: ["one", "few", "many"],
  told: ["nobody", "family", "friend", "school", "police", "csw", "health", "helpline", "other"],
  withhold: ["parents", "home", "school", "teacher", "harmer", "friends", "employer", "others"],
} as const;
export type OwnList = keyof typeof OWN;

const OWN_PREFIX: Readonly<Record<OwnList, string>> = {
  yesNo: "journey.option",
  truthful: "journey.truthful",
  count: "journey.count",
  told: "journey.told",
  withhold: "journey.withhold",
};

export type Source = { readonly list: CodeListName } | { readonly own: OwnList } | { readonly places: true };

/** The two answers that stand below the divider of every list; "not known" in a list is as good as "not sure". */
export type Other = "unsure" | "undisclosed";
const EQUALS: Readonly<Record<Other, readonly string[]>> = {
  unsure: ["unsure", "unknown", "none_known"],
  undisclosed: ["undisclosed"],
};

/** The codes of a list, apart from those below the divider. */
export function mainCodes(country: Country, source: Source): readonly string[] {
  return ownCodes(country, source).filter((code) => !isOther(code));
}

/** The codes below the divider: the list's own, and those it lacks. */
export function otherCodes(country: Country, source: Source, others: readonly Other[]): readonly string[] {
  const own = ownCodes(country, source).filter(isOther);
  return [...own, ...others.filter((other) => !EQUALS[other].some((equal) => own.includes(equal)))];
}

/** The options for codes, in the words of `plain` where it has them. */
export function optionsFor(ui: Ui, country: Country, source: Source, shown: Shown): readonly Option[] {
  const options = shown.codes.map((code) => ({
    value: code,
    label: labelOf(ui, country, source, { code, plain: shown.plain }),
    hint: said(ui, `${shown.example}.${code}`),
    drawing: shown.drawn && drawingOf(`${shown.drawn}-${code}`),
  }));
  return "places" in source ? sorted(ui, options) : options;
}

export interface Shown {
  readonly codes: readonly string[];
  /** Beginning of the keys of plainer words, and of examples. */
  readonly plain: string | undefined;
  readonly example: string | undefined;
  readonly drawn?: string | undefined;
}

/** The label of one code: plainer words first, then the list's own, then the two that stand below every list. */
export function labelOf(
  ui: Ui,
  country: Country,
  source: Source,
  { code, plain }: { readonly code: string; readonly plain: string | undefined },
): string {
  const plainer = said(ui, `${plain}.${code}`);
  if (plainer) return plainer;
  // "Not known" is an office's word: who hears plain words is not sure, or does not want to say.
  if (plain && isOther(code)) return otherLabel(ui, code);
  if ("own" in source) return said(ui, `${OWN_PREFIX[source.own]}.${code}`) ?? otherLabel(ui, code);
  if ("places" in source) return placeLabel(ui, country, code);
  if (!ownCodes(country, source).includes(code)) return otherLabel(ui, code);
  return ui.t.local(codeLabel(country, source.list, code));
}

function placeLabel(ui: Ui, country: Country, code: string): string {
  const place = municipality(country, code);
  return place ? ui.t.local(place.name) : otherLabel(ui, code);
}

function ownCodes(country: Country, source: Source): readonly string[] {
  if ("own" in source) return OWN[source.own];
  if ("places" in source) return municipalities(country).map(({ code }) => code);
  return country.codeLists[source.list].map(({ code }) => code);
}

function isOther(code: string): boolean {
  return EQUALS.unsure.includes(code) || EQUALS.undisclosed.includes(code);
}

function said(ui: Ui, key: string): string | undefined {
  return isMessageKey(key) ? ui.t.phrase({ key }) : undefined;
}

function otherLabel(ui: Ui, code: string): string {
  const key: PlainMessageKey = code === "undisclosed" ? "journey.option.undisclosed" : "journey.option.unsure";
  return ui.t(key);
}

function sorted(ui: Ui, options: readonly Option[]): readonly Option[] {
  const { compare } = new Intl.Collator(localeOf(ui.lang));
  return [...options].sort((one, other) => compare(one.label, other.label));
}
