import type { Competence, CompetenceRule, NotFirst } from "#country/index.ts";

/** What decides who answers, in the country's codes; what nobody has said is undefined. */
export interface Matter {
  readonly forms: readonly string[];
  readonly setting: string | undefined;
  readonly harmer: string | undefined;
  readonly level?: string | undefined;
  /** How old whoever harms is, a code of `age_band`. */
  readonly age?: string | undefined;
}

/** What a matter counts as where a part of it is not said, in the country's codes. */
export const NOT_SAID = { settings: "unknown", harmers: "unknown", levels: "pending", ages: "unknown" } as const;

/** A type of institution that answers, and the rules that say so. */
export interface Competent {
  readonly type: string;
  readonly rules: readonly CompetenceRule[];
}

/** Who answers for a matter, and who must not be the first to learn of it. */
export interface Competences {
  readonly answering: readonly Competent[];
  readonly notFirst: readonly NotFirst[];
}

/**
 * Decides which types of institution answer for a matter, in the order of the country's rules.
 * Whoever employs the person who harms is left out; where nothing is left, the country's rule for all other matters holds.
 */
export function competencesOf(competence: Competence, matter: Matter): Competences {
  const notFirst = competence.notFirst.filter((rule) => speaksOf(rule, matter));
  const speaking = competence.rules.filter((rule) => speaksOf(rule, matter));
  const found = byType(speaking, notFirst);
  return { answering: found.length > 0 ? found : byType([competence.otherwise], notFirst), notFirst };
}

/** Whether institutions of a type can come to answer: some rule asks for them, or they stand in for others. */
export function canAnswer({ rules, otherwise, standIns }: Competence, type: string): boolean {
  return [...rules, otherwise].some(({ types }) => types.includes(type)) || Object.values(standIns).includes(type);
}

/** The types an institution where it happens may have: those of the setting, or of any while none is said. */
export function placeTypesOf(
  { placeTypes }: Pick<Competence, "placeTypes">,
  setting: string | undefined,
): readonly string[] {
  return setting === undefined ? [...new Set(Object.values(placeTypes).flat())] : (placeTypes[setting] ?? []);
}

/** Whether no institution of a type may be the first to know. */
export function isTypeNotFirst(notFirst: readonly NotFirst[], type: string): boolean {
  return notFirst.some(({ types }) => types.includes(type));
}

function speaksOf(rule: CompetenceRule | NotFirst, { forms, setting, harmer, level, age }: Matter): boolean {
  return (
    (rule.forms?.some((form) => forms.includes(form)) ?? true) &&
    holds(rule.settings, setting ?? NOT_SAID.settings) &&
    holds(rule.harmers, harmer ?? NOT_SAID.harmers) &&
    holds(rule.levels, level ?? NOT_SAID.levels) &&
    holds(rule.ages, age ?? NOT_SAID.ages)
  );
}

function holds(wanted: readonly string[] | undefined, code: string): boolean {
  return wanted?.includes(code) ?? true;
}

function byType(rules: readonly CompetenceRule[], notFirst: readonly NotFirst[]): readonly Competent[] {
  const types = new Set(rules.flatMap((rule) => rule.types).filter((type) => !isTypeNotFirst(notFirst, type)));
  return [...types].map((type) => ({ type, rules: rules.filter((rule) => rule.types.includes(type)) }));
}
