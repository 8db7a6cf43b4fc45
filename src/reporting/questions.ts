import { type AnswerName, NOTICE, type Question, type Say } from "./question.ts";
import { WHAT } from "./questions-what.ts";
import { WHO } from "./questions-who.ts";
import type { Voice } from "./voice.ts";

const QUESTIONS = { ...WHAT, ...WHO };

/** The address of a page below its draft. */
export type PageId = keyof typeof QUESTIONS;

export function isPage(id: string): id is PageId {
  return Object.hasOwn(QUESTIONS, id);
}

/** What a page asks somebody; the notice address only where letters can be sent. */
export function questionsOf(page: PageId, voice: Voice, mails: boolean): readonly Question[] {
  const questions: readonly Question[] = QUESTIONS[page];
  return questions.filter((question) => (question.asks?.(voice) ?? true) && (mails || question !== NOTICE));
}

/** Headings of pages that ask several things; elsewhere the first question is the heading. */
const TITLES: Readonly<Partial<Record<PageId, Say>>> = {
  "3/contact": ({ address }) => `journey.contact.title.${address}`,
  "5/school": () => "journey.school.title",
  "6": () => "journey.when.title",
  "7": ({ voice, address }) => `journey.harmed.title.${voice}.${address}`,
  "10/notice": () => "journey.notice.title",
};

export function titleOf(page: PageId): Say | undefined {
  return TITLES[page];
}

/** Every text a person may have typed, which no error page may lose. */
export const WRITTEN_FIELDS: readonly AnswerName[] = Object.values(QUESTIONS)
  .flatMap((questions: readonly Question[]) => questions)
  .filter((question) => !("source" in question))
  .map(({ name }) => name);
