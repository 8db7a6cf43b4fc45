import type { Country } from "#country/index.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Ui } from "#platform/views/ui.ts";
import { mainCodes, optionsFor, otherCodes } from "./lists.ts";
import type { Choice, Question, Written } from "./question.ts";
import type { ShownQuestion } from "./views.ts";
import type { Voice } from "./voice.ts";

/** Who is asked, in which words, and what they have answered. */
export interface Asking {
  readonly ui: Ui;
  readonly country: Country;
  readonly voice: Voice;
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

function showField({ ui, voice, form }: Asking, question: Written): ShownQuestion {
  const { kind, name } = question;
  return {
    part: "field",
    props: { name, kind, ...wordsOf(ui, voice, question), field: form.field(name), optional: false },
  };
}

function showChoice(asking: Asking, question: Choice, lead: string | undefined): ShownQuestion {
  const { ui, country, voice, form } = asking;
  const { kind, name, source, others } = question;
  const hidden = question.hides?.(voice) ?? [];
  const shown = { plain: question.plain?.(voice), example: question.example };
  const options = optionsFor(ui, country, source, {
    codes: mainCodes(country, source).filter((code) => !hidden.includes(code)),
    ...shown,
  });
  const below = optionsFor(ui, country, source, { codes: otherCodes(country, source, others), ...shown });
  const words = wordsOf(ui, voice, question);
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
  voice: Voice,
  question: Question,
): { label: string; legend: string; hint: string | undefined } {
  const label = ui.t(question.label(voice));
  const hint = question.hint?.(voice);
  return { label, legend: label, hint: hint && ui.t(hint) };
}
