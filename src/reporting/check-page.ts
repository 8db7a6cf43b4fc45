import type { Country } from "#country/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { page as answerPage } from "#platform/http/page.ts";
import type { Ui } from "#platform/views/ui.ts";
import { otherVoice, speechTo, voiceLink } from "./choose-address.ts";
import { type Answers, listAnswer, mandatoryMissing, textAnswer } from "./draft.ts";
import { labelOf } from "./lists.ts";
import { findSchoolHere, withoutKnown } from "./own-school.ts";
import { pathBack, pathTo, placeOf, type Stand } from "./place.ts";
import type { Question } from "./question.ts";
import { type PageId, questionsOf } from "./questions.ts";
import { schoolName } from "./school-page.ts";
import type { StepNeeds } from "./step-page.ts";
import { pathOf } from "./steps.ts";
import { type CheckRow, checkPage } from "./views.ts";
import type { Speech } from "./voice.ts";

/** Shows every answer with a link to change it, and sends from there. */
export async function showCheck(c: AppContext, needs: StepNeeds, stand: Stand): Promise<Response> {
  const props = await checkProps(c, needs, stand);
  return answerPage(c, checkPage, { ...props, unsent: false }, { title: titleIn(c), narrow: true });
}

/** The same for who pressed Send too early: what is still needed stands on top, and everything is kept. */
export async function showUnsent(c: AppContext, needs: StepNeeds, answers: Answers): Promise<Response> {
  const props = await checkProps(c, needs, { page: "10", answers, returning: false });
  // What was typed is saved: asked for in other words, the page must not go on from the step it came from.
  const voice = voiceLink(props.voice.other, pathTo(c, "10"));
  const options = { title: titleIn(c), status: 422, failed: true, narrow: true } as const;
  return answerPage(c, checkPage, { ...props, voice, unsent: true }, options);
}

const titleIn = (c: AppContext) => c.get("ui").t("journey.step", { step: 10 });

async function checkProps(c: AppContext, needs: StepNeeds, stand: Stand) {
  const { answers } = stand;
  const speech = speechTo(c, needs, answers);
  return {
    ...placeOf(c, stand),
    back: pathBack(c, stand),
    address: speech.address,
    voice: otherVoice(c, speech.address),
    rows: await rowsOf(c, needs, answers, speech),
    missing: mandatoryMissing(answers).map((page) => ({
      label: PAGE_LABELS[page],
      path: pathTo(c, page, true),
    })),
  };
}

/** What a page is called where none of its questions was answered. */
const PAGE_LABELS = {
  "1": "journey.answer.danger",
  "2": "journey.answer.role",
  "3": "journey.answer.identity",
  "3/contact": "journey.answer.reporter_contact",
  "4": "journey.answer.forms",
  "5": "journey.answer.territory",
  "5/school": "journey.answer.institution",
  "5/online": "journey.answer.online_place",
  "6": "journey.answer.when",
  "7": "journey.check.harmed",
  "8": "journey.answer.perpetrator_type",
  "9": "journey.answer.told",
  "10/notice": "journey.answer.notice",
} as const satisfies Partial<Record<PageId, PlainMessageKey>>;

/** Every answer has a row; a page without answers has one for all its questions. */
async function rowsOf(c: AppContext, needs: StepNeeds, answers: Answers, speech: Speech): Promise<readonly CheckRow[]> {
  const ui = c.get("ui");
  const mails = needs.mail !== undefined;
  const school = await schoolName(needs, ui, answers);
  const own = await findSchoolHere(needs);
  const pages = [...pathOf(answers), ...(mails ? (["10/notice"] as const) : [])].filter((page) => page !== "10");
  return pages.flatMap((page) => {
    const change = pathTo(c, page, true);
    const rows = withoutKnown(questionsOf(page, speech.voice, mails), own)
      .filter(({ name }) => name !== "truthful" && (name !== "notice" || page === "10/notice"))
      .map((question): CheckRow => {
        const said = answerTexts(ui, needs.country, { question, speech, answers });
        return { label: `journey.answer.${question.name}`, answers: said, written: !("source" in question), change };
      });
    if (page === "5/school" && school)
      rows.unshift({ label: "journey.answer.institution", answers: [school], written: false, change });
    // Who must not learn of it is asked once more, since sending cannot be taken back.
    const answered = rows.filter((row) => row.answers.length > 0 || row.label === "journey.answer.withhold");
    const whole = { label: PAGE_LABELS[page], answers: [], written: false, change };
    return answered.some((row) => row.answers.length > 0) ? answered : [whole, ...answered];
  });
}

interface Answered {
  readonly question: Question;
  readonly speech: Speech;
  readonly answers: Answers;
}

/** An answer in words: each code by its label, a text line by line. */
function answerTexts(ui: Ui, country: Country, { question, speech, answers }: Answered): readonly string[] {
  if (!("source" in question)) return (textAnswer(answers, question.name) ?? "").split("\n").filter(Boolean);
  const plain = question.plain?.(speech);
  return listAnswer(answers, question.name).map((code) => labelOf(ui, country, question.source, { code, plain }));
}
