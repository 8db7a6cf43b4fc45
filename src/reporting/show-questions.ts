import type { Country } from "#country/index.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";
import type { Ui } from "#platform/views/ui.ts";
import { mainCodes, optionsFor, otherCodes } from "./lists.ts";
import type { Choice, Question, Written } from "./question.ts";
import type { ShownQuestion } from "./views.ts";
import type { Speech } from "./voice.ts";

/** Who is asked, in which words, and what they have answered. */
export interface Asking {
  readonly ui: Ui;
  readonly country: Country;
  readonly speech: Speech;
  readonly form: FormState;
}

/** Turns questions into what a page with a title shows. */
export function showQuestions(asking: Asking, questions: readonly Question[]): readonly ShownQuestion[] {
  return questions.map((question) => showQuestion(asking, question, undefined));
}

/**
 * Turns a question into what its page shows.
 * @param lead where the question is the heading of a page without a title: what is said below it
 */
export function showQuestion(asking: Asking, question: Question, lead: string | undefined): ShownQuestion {
  return "source" in question ? showChoice(asking, question, lead) : showField(asking, question);
}

/** Whether nothing was answered, or nothing but codes of the question's list. */
export function isAnsweredInCodes(asking: Asking, question: Question): boolean {
  const { values, error } = asking.form.field(question.name);
  if (error) return false;
  if (!("source" in question)) return values.every((value) => value === "");
  const { options, others } = saidOf(asking, question, values);
  return values.every((code) => [options, others].some((among) => among.some(({ value }) => value === code)));
}

function showField({ ui, speech, form }: Asking, question: Written): ShownQuestion {
  const { kind, name } = question;
  return {
    part: "field",
    props: { name, kind, ...wordsOf(ui, speech, question), field: form.field(name), optional: false },
  };
}

function showChoice(asking: Asking, question: Choice, lead: string | undefined): ShownQuestion {
  const { kind, name } = question;
  const field = asking.form.field(name);
  const { options, others, ...words } = saidOf(asking, question, field.values);
  const hint = lead ? [words.hint, lead].filter(Boolean).join(" ") : words.hint;
  const props = { name, ...words, hint, field, optional: question.optional ?? false };
  if (kind === "select") return { part: "select", props: { ...props, options: [...options, ...others] } };
  const fold = field.values.length === 0 && !field.error ? question.folded?.(asking.speech) : undefined;
  const folded = fold && asking.ui.t(fold);
  return { part: "choices", props: { ...props, kind, heading: lead !== undefined, options, others }, folded };
}

/** What a question says before anybody has answered it. */
interface Said extends Words {
  readonly options: readonly Option[];
  readonly others: readonly Option[];
}

const saidBefore = new WeakMap<Country, WeakMap<Choice, Map<string, Said>>>();

/**
 * Says a question, once for each language and way of speaking: its lists are half the work of a page. Only where
 * somebody has chosen what others are not shown, it is said for them alone.
 */
function saidOf(asking: Asking, question: Choice, chosen: readonly string[]): Said {
  const { ui, country, speech } = asking;
  const hides = question.hides?.(speech) ?? [];
  if (chosen.some((code) => hides.includes(code))) return say(asking, question, chosen);
  const ofCountry = saidBefore.get(country) ?? new WeakMap<Choice, Map<string, Said>>();
  saidBefore.set(country, ofCountry);
  const ofQuestion = ofCountry.get(question) ?? new Map<string, Said>();
  ofCountry.set(question, ofQuestion);
  const key = `${ui.lang} ${speech.voice} ${speech.address}`;
  const known = ofQuestion.get(key) ?? say(asking, question, []);
  ofQuestion.set(key, known);
  return known;
}

function say({ ui, country, speech }: Asking, question: Choice, chosen: readonly string[]): Said {
  const { source } = question;
  const hidden = (question.hides?.(speech) ?? []).filter((code) => !chosen.includes(code));
  const drawn = speech.address === "young" ? question.drawn : undefined;
  const shown = { plain: question.plain?.(speech), example: question.example, drawn };
  const codes = mainCodes(country, source).filter((code) => !hidden.includes(code));
  return {
    ...wordsOf(ui, speech, question),
    options: optionsFor(ui, country, source, { codes, ...shown }),
    others: optionsFor(ui, country, source, { codes: otherCodes(country, source, question.others), ...shown }),
  };
}

interface Words {
  readonly label: string;
  readonly legend: string;
  readonly hint: string | undefined;
}

function wordsOf(ui: Ui, speech: Speech, question: Question): Words {
  const label = ui.t(question.label(speech));
  const hint = question.hint?.(speech);
  return { label, legend: label, hint: hint && ui.t(hint) };
}
