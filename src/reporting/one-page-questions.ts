import type { AnswerName, Question, Say } from "./question.ts";
import { type PageId, questionsOf } from "./questions.ts";
import type { Voice } from "./voice.ts";

type Part = readonly (readonly [page: PageId, names: readonly AnswerName[]])[];

/** Without these nothing can be sent, in the journey neither. */
const MUST: Part = [
  ["1", ["danger"]],
  ["2", ["role"]],
  ["4", ["forms", "story", "truthful"]],
  ["5", ["territory"]],
  ["3", ["identity"]],
];

/** The few that help most; everything else can be said in the story. */
const MORE: Part = [
  ["5", ["environment"]],
  ["5/school", ["institution_name"]],
  ["6", ["when"]],
  ["8", ["perpetrator_type", "withhold", "withhold_words"]],
  ["3/contact", ["reporter_name", "reporter_contact", "notice"]],
];

/** Where the journey's label leans on the heading of its page. */
const LABELS: Readonly<Partial<Record<AnswerName, Say>>> = {
  institution_name: () => "one.school",
  when: () => "journey.when.title",
  reporter_name: ({ address }) => `one.name.${address}`,
  reporter_contact: ({ address }) => `one.contact.${address}`,
};

/** What the one page asks somebody: the journey's own questions, in two parts. */
export function onePageQuestions(
  voice: Voice,
  mails: boolean,
): { readonly must: readonly Question[]; readonly more: readonly Question[] } {
  const ask = (part: Part) =>
    part.flatMap(([page, names]) =>
      questionsOf(page, voice, mails)
        .filter(({ name }) => names.includes(name))
        .map((question) => ({ ...question, label: LABELS[question.name] ?? question.label })),
    );
  return { must: ask(MUST), more: ask(MORE) };
}
