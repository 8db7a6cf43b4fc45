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
  return questions
    .map((question, at) => {
      const led = at === 0 ? lead : undefined;
      return isAnsweredInCodes(asking, question) ? renderOnce(asking, question, led) : renderNow(asking, question, led);
    })
    .join("");
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
  const name = [ui.lang, speech.voice, speech.address, lead ?? "-", ...form.field(question.name).values].join(" ");
  const html = htmls.get(name) ?? renderNow(asking, question, lead);
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
