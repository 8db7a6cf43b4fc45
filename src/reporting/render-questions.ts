import type { Country } from "#country/index.ts";
import { render } from "#platform/views/render.ts";
import { view } from "#platform/views/view.ts";
import type { Question } from "./question.ts";
import { type Asking, isAnsweredInCodes, showQuestion } from "./show-questions.ts";
import type { ShownQuestion } from "./views.ts";

const questionPart = view<{ question: ShownQuestion }>("reporting/_question");

/** Of each question: three languages, six ways of speaking and some of its answers. */
const MOST_KEPT = 200;

const kept = new WeakMap<Country, WeakMap<Question, Map<string, string>>>();

/**
 * Renders the questions of a page. One that nobody has answered, or only with codes of its list, looks alike for all
 * who answered so, and is rendered once; what somebody wrote is never kept.
 * @param lead on a page without a title, where the first question is the heading: what is said below it
 */
export function renderQuestions(asking: Asking, questions: readonly Question[], lead: string | undefined): string {
  return questions.map((question, at) => renderOnce(asking, question, at === 0 ? lead : undefined)).join("");
}

/** Renders a question that is not one of a list of questions. */
export function renderShown({ ui }: Pick<Asking, "ui">, question: ShownQuestion): string {
  return render(ui, questionPart, { question });
}

function renderNow(asking: Asking, question: Question, lead: string | undefined): string {
  return renderShown(asking, showQuestion(asking, question, lead));
}

function renderOnce(asking: Asking, question: Question, lead: string | undefined): string {
  const { ui, speech, form } = asking;
  const htmls = keptOf(asking.country, question);
  const { values, error } = form.field(question.name);
  // No value holds this sign, so that one of two words is no two values.
  const name = [ui.lang, speech.voice, speech.address, lead ?? "-", ...values].join("\u0000");
  const kept = error ? undefined : htmls.get(name);
  if (kept !== undefined) return kept;
  const html = renderNow(asking, question, lead);
  if (!isAnsweredInCodes(asking, question)) return html;
  htmls.set(name, html);
  const [oldest] = htmls.keys();
  if (htmls.size > MOST_KEPT && oldest !== undefined) htmls.delete(oldest);
  return html;
}

function keptOf(country: Country, question: Question): Map<string, string> {
  const ofCountry = kept.get(country) ?? new WeakMap<Question, Map<string, string>>();
  kept.set(country, ofCountry);
  const htmls = ofCountry.get(question) ?? new Map<string, string>();
  ofCountry.set(question, htmls);
  return htmls;
}
