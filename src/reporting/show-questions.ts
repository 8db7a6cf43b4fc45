import type { Country } from "#country/index.ts";
import type { FormState } from "#platform/http/app.ts";
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

/**
 * Turns questions into what a page shows.
 * @param lead on a page without a title, where the first question is the heading: what is said below it
 */
export function showQuestions(
  asking: Asking,
  questions: readonly Question[],
  lead: string | undefined,
): readonly ShownQuestion[] {
  return questions.map((question, at) => {
    if (!("source" in question)) return showField(asking, question);
    return showChoice(asking, question, at === 0 ? lead : undefined);
  });
}

function showField({ ui, speech, form }: Asking, question: Written): ShownQuestion {
  const { kind, name } = question;
  return {
    part: "field",
    props: { name, kind, ...wordsOf(ui, speech, question), field: form.field(name), optional: false },
  };
}

function showChoice(asking: Asking, question: Choice, lead: string | undefined): ShownQuestion {
  const { ui, country, speech, form } = asking;
  const { kind, name, source, others } = question;
  const { values } = form.field(name);
  const hidden = (question.hides?.(speech) ?? []).filter((code) => !values.includes(code));
  const drawn = speech.address === "young" ? question.drawn : undefined;
  const shown = { plain: question.plain?.(speech), example: question.example, drawn };
  const options = optionsFor(ui, country, source, {
    codes: mainCodes(country, source).filter((code) => !hidden.includes(code)),
    ...shown,
  });
  const below = optionsFor(ui, country, source, { codes: otherCodes(country, source, others), ...shown });
  const words = wordsOf(ui, speech, question);
  const props = {
    name,
    ...words,
    hint: [words.hint, lead].filter(Boolean).join(" ") || undefined,
    field: form.field(name),
    optional: question.optional ?? false,
  };
  if (kind === "select") return { part: "select", props: { ...props, options: [...options, ...below] } };
  return { part: "choices", props: { ...props, kind, heading: lead !== undefined, options, others: below } };
}

function wordsOf(
  ui: Ui,
  speech: Speech,
  question: Question,
): { label: string; legend: string; hint: string | undefined } {
  const label = ui.t(question.label(speech));
  const hint = question.hint?.(speech);
  return { label, legend: label, hint: hint && ui.t(hint) };
}
