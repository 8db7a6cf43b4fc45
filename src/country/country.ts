import type { Language as LanguageTag, LocalText } from "#messages/messages.ts";
import type { DeadlineRule } from "./deadline-rule.ts";

export interface Language {
  readonly tag: LanguageTag;
  /** What the language calls itself, and the same in a few letters. */
  readonly name: string;
  readonly short: string;
  readonly dir: "ltr" | "rtl";
}

export const codeListNames = [
  "violence_form",
  "digital_subform",
  "online_place",
  "environment",
  "place_in_school",
  "reporter_role",
  "anonymity",
  "age_band",
  "sex",
  "vulnerability",
  "perpetrator_type",
  "frequency",
  "violence_level",
  "triage_priority",
  "report_status",
  "assignment_status",
  "institution_type",
  "measure",
  "outcome",
  "contact_channel",
  "protected_characteristic",
] as const;
export type CodeListName = (typeof codeListNames)[number];

export interface CodeItem {
  readonly code: string;
  readonly label: LocalText;
  /** A word or two for a crowded table of the desk; never shown to the public. */
  readonly short?: LocalText;
  /** For who builds and edits the service, in English; never shown to the public. */
  readonly note?: string;
}

export interface Contact {
  readonly id: string;
  /** The digits to dial, and the same digits spaced for reading. */
  readonly number: string;
  readonly display: string;
  readonly name: LocalText;
  readonly shortName: LocalText;
  readonly forWhom: LocalText;
  readonly hours: LocalText | null;
  readonly cost: LocalText | null;
  readonly confidence: "high" | "medium" | "low";
  readonly source: string;
  /** The day on which a person rang the number and asked; only that person fills it in. */
  readonly verifiedOn: string | null;
  readonly emergencyBar: boolean;
  /** For whoever thinks of dying or hurting themselves. */
  readonly crisis?: boolean | undefined;
}

/** A day on which public bodies do not work. */
export interface Holiday {
  readonly date: string;
  readonly name: LocalText;
  readonly source: string;
}

export interface Territory {
  readonly code: string;
  readonly kind: "region" | "district" | "municipality";
  readonly name: LocalText;
  readonly parent: string | null;
  /** Of a city municipality that stands here beside its city: the code of the city, in the same parent. */
  readonly city?: string;
  /** The number in the state's own register, with which institutions and statistics are joined. */
  readonly official?: string;
  /** The codes of the municipalities that share a border with this municipality. */
  readonly neighbours?: readonly string[];
}

export interface DeskRule {
  readonly id: string;
  /** A code of the list `institution_type`. */
  readonly deskType: string;
  readonly startsAt: string;
  readonly hours: number;
  readonly basis: LocalText;
  readonly verified: boolean;
}

/** What a rule of competence speaks of; what it does not name holds always. */
interface Circumstances {
  readonly id: string;
  /** Codes of `violence_form`, `environment`, `perpetrator_type` and `violence_level`. */
  readonly forms?: readonly string[] | undefined;
  readonly settings?: readonly string[] | undefined;
  readonly harmers?: readonly string[] | undefined;
  readonly levels?: readonly string[] | undefined;
  /** How old whoever harms is, codes of `age_band`: a child under 14 answers to no prosecutor. */
  readonly ages?: readonly string[] | undefined;
  /** Codes of `institution_type`. */
  readonly types: readonly string[];
  readonly basis: LocalText;
  /** Where the rule is written, as it is called there; `own` where this service made it. */
  readonly source: string;
  /** Whether a lawyer has confirmed it. */
  readonly verified: boolean;
}

/** Whom a rule of competence asks for, and when. */
export interface CompetenceRule extends Circumstances {
  /** It asks for the institution where it happens, not for one that answers for the municipality. */
  readonly place?: true | undefined;
  /** It asks for that institution where it is named, and for nobody in its stead where it is not. */
  readonly ifNamed?: true | undefined;
}

/** Who must not be the first to learn of it, by way of no rule, stand-in or fallback. */
export interface NotFirst extends Circumstances {
  /** Nor the institution where it happens, its branches and the body it belongs to. */
  readonly house?: true | undefined;
}

/** After how many days without anybody signing in a desk with waiting work is silent. */
export interface SilenceRule {
  readonly days: number;
  readonly basis: LocalText;
  readonly verified: boolean;
}

/** Which bodies answer for what: the country's law and practice as data. */
export interface Competence {
  /** For a setting: the types of the institution where it happens, which the report may name. */
  readonly placeTypes: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly CompetenceRule[];
  /** Who answers where no rule speaks. */
  readonly otherwise: CompetenceRule;
  readonly notFirst: readonly NotFirst[];
  /** Which type stands in for another where nobody of it can open a report. */
  readonly standIns: Readonly<Record<string, string>>;
}

/** What somebody looks for help with, and who answers for it. */
export interface Need {
  /** Stands in addresses, so that a history does not tell what somebody needed. */
  readonly id: number;
  readonly label: LocalText;
  /** Codes of `institution_type`, whoever helps most first. */
  readonly types: readonly string[];
  /** Ids of contacts to call, whoever helps most first. */
  readonly contacts: readonly string[];
}

/** What a body of one type does in a case of violence, for whoever thinks of turning to it. */
export interface Duty {
  readonly does: readonly LocalText[];
  readonly source: LocalText;
  readonly verified: boolean;
}

export interface Country {
  readonly code: string;
  readonly name: LocalText;
  readonly timeZone: string;
  readonly languages: readonly Language[];
  readonly codeLists: Readonly<Record<CodeListName, readonly CodeItem[]>>;
  readonly contacts: readonly Contact[];
  readonly holidays: readonly Holiday[];
  readonly territories: readonly Territory[];
  readonly deskRules: readonly DeskRule[];
  /** Every version of every rule about time that was ever in force. */
  readonly deadlineRules: readonly DeadlineRule[];
  readonly silence: SilenceRule;
  readonly competence: Competence;
  readonly needs: readonly Need[];
  /** The types that come first, in their order, for whoever has not said what they need. */
  readonly helpFirst: readonly string[];
  /** By code of `institution_type`. */
  readonly duties: Readonly<Record<string, Duty>>;
  /** The types whose staff report first while reporting opens step by step. */
  readonly educationalTypes: readonly string[];
  /** The folder of its library: a folder of Markdown for each language in which it is written. */
  readonly libraryFolder: string;
  /** Where the Leave link goes: a neutral and light page. */
  readonly leaveTo: string;
}

/** Takes a list and one of its codes and gives the label; throws for a code that the list does not hold. */
export function codeLabel(country: Country, list: CodeListName, code: string): LocalText {
  const item = country.codeLists[list].find((each) => each.code === code);
  if (item === undefined) throw new Error(`${country.code}: the list ${list} holds no code "${code}"`);
  return item.label;
}

/** The same in a word or two where the pack has them, for a crowded table of the desk. */
export function shortLabel(country: Country, list: CodeListName, code: string): LocalText {
  return country.codeLists[list].find((each) => each.code === code)?.short ?? codeLabel(country, list, code);
}

/** Takes any text and says whether it is a code of the list. */
export function isCode(country: Country, list: CodeListName, code: string): boolean {
  return country.codeLists[list].some((each) => each.code === code);
}

/** Gives the contacts that stand on top of every page, in the order of the pack. */
export function emergencyContacts(country: Country): readonly Contact[] {
  return country.contacts.filter((contact) => contact.emergencyBar);
}

/** The line for children that is answered everywhere: where a local number was not checked, it stands in. */
export function nationalLine(country: Country): Contact | undefined {
  const bar = emergencyContacts(country);
  return bar.find((contact) => contact.crisis) ?? bar[0];
}

/** Where somebody in a crisis can talk; the emergency numbers stand above every page anyway. */
export function crisisContacts(country: Country): readonly Contact[] {
  return country.contacts.filter((contact) => contact.crisis);
}

/** Takes a contact and gives the hours that may be shown: those that a person has checked, otherwise null. */
export function shownHours(contact: Contact): LocalText | null {
  return contact.verifiedOn === null ? null : contact.hours;
}

/** The same for what a call costs: somebody without credit must not find out that it was a guess. */
export function shownCost(contact: Contact): LocalText | null {
  return contact.verifiedOn === null ? null : contact.cost;
}
