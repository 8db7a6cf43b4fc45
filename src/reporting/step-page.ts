import type { AppContext, FormState } from "#platform/http/app.ts";
import { page as answerPage, seeOther } from "#platform/http/page.ts";
import { answerSamePage } from "#platform/http/same-page.ts";
import type { Platform } from "#platform/platform.ts";
import { carriedBeside } from "./beside-texts.ts";
import { showCheck } from "./check-page.ts";
import { otherVoice, speakingOf, speechTo } from "./choose-address.ts";
import { type Answers, mandatoryMissing, textAnswer } from "./draft.ts";
import { draftHandle } from "./draft-holder.ts";
import { finderAddress } from "./finder-address.ts";
import { answerGone } from "./lost-pages.ts";
import { openDraft } from "./open-draft.ts";
import { renderOutside } from "./outside-page.ts";
import { findSchoolHere, needsOutside, withoutKnown } from "./own-school.ts";
import { alarmOf, isReturning, pageOf, pathTo, placeOf, type Stand } from "./place.ts";
import type { Question } from "./question.ts";
import { type PageId, questionsOf, titleOf } from "./questions.ts";
import { renderQuestions, renderShown } from "./render-questions.ts";
import { type SchoolNeeds, showSearch } from "./school-page.ts";
import { storedForm } from "./seen-texts.ts";
import { contactsFor, isSkippable, isStaffHarming, pageAfter, pageBefore, stepOf } from "./steps.ts";
import { type BesideForm, helpPage, stepPage } from "./views.ts";
import type { Speech } from "./voice.ts";
import { finderAt } from "./where-open.ts";

export type StepNeeds = SchoolNeeds & Pick<Platform, "cookies" | "mail" | "now">;

/** Shows a page of the journey with what was answered so far. */
export async function showStep(c: AppContext, needs: StepNeeds): Promise<Response> {
  const page = pageOf(c);
  const draft = await openDraft(needs, draftHandle(c));
  if (!draft) return answerGone(c, needs);
  if (draft.sentAt !== null) return seeOther(c, pathTo(c, "done"));
  const stand = { page, answers: draft.answers, returning: isReturning(page, c.req.query("return")) };
  if (page === "10") return showCheck(c, needs, stand);
  return renderStep(c, needs, stand);
}

/** Shows the numbers to call before the journey goes on. */
export async function showHelp(c: AppContext, needs: StepNeeds): Promise<Response> {
  const { page, alarm } = alarmOf(c);
  const draft = await openDraft(needs, draftHandle(c));
  if (!draft) return answerGone(c, needs);
  const returning = isReturning(page, c.req.query("return"));
  const next = pathTo(c, pageAfter(page, draft.answers, returning), returning);
  if (alarm === "outside") return showOutside(c, needs, draft.answers, next);
  const props = {
    step: stepOf(page),
    body: `journey.help.${alarm}`,
    contacts: contactsFor(needs.country, alarm),
    finder: finderAddress(c.get("ui"), needs.country, textAnswer(draft.answers, "territory") ?? ""),
    next,
    voice: otherVoice(c, speechTo(c, needs, draft.answers).address),
  } as const;
  return answerPage(c, helpPage, props, { title: stepTitle(c, stepOf(page)), narrow: true });
}

/** Only where the service is one school's: elsewhere nobody of the school reads a report first. */
async function showOutside(c: AppContext, needs: StepNeeds, answers: Answers, next: string): Promise<Response> {
  const school = await findSchoolHere(needs);
  return needsOutside(needs, school, answers)
    ? renderOutside(c, needs, { school, answers, next, begun: true })
    : seeOther(c, next);
}

export interface StepForm {
  /** As typed; left out, as stored. */
  readonly form?: FormState;
  /** What is wrong with what is stored. */
  readonly errors?: FormState["errors"];
  readonly beside?: BesideForm | undefined;
}

/** Renders a page with a form as stored or as typed; a form with errors is answered with 422, one beside texts with 409. */
export async function renderStep(
  c: AppContext,
  needs: StepNeeds,
  stand: Stand,
  from: StepForm = {},
): Promise<Response> {
  const { page, answers } = stand;
  const speech = speechTo(c, needs, answers);
  const school = await findSchoolHere(needs);
  const asked = withoutKnown(questionsOf(page, speech.voice, needs.mail !== undefined), school);
  const names = [...asked.map(({ name }) => name), ...(page === "5/school" ? ["institution"] : [])];
  const form = from.form ?? storedForm(draftHandle(c), names, answers, from.errors);
  const blank = isBlank(c, page, asked, form);
  const around = {
    ...placeOf(c, stand),
    // Without the draft's name: the form goes to the page's own address.
    ...(blank ? { action: undefined } : {}),
    skippable: isSkippable(page),
    goesBack: pageBefore(page, answers, stand.returning) !== undefined,
    sendable: mandatoryMissing(answers).length === 0,
    withholdsNothing: page !== "8" && answers.withhold === undefined && answers.withhold_words === undefined,
    ...speakingOf(c, needs.country, speech.address),
    staffNotice: (page === "8" || page === "9") && isStaffHarming(answers),
  };
  const make = async () => {
    const body = await questionsRendered(c, needs, stand, { speech, form, asked, searches: !school });
    const finder = await finderAt(c, needs, form, answers);
    const title = titleOf(page)?.(speech);
    const beside = from.beside && { ...from.beside, carried: carriedBeside(from.beside) };
    return answerStep(c, page, { ...around, title: title && c.get("ui").t(title), form, body, finder, beside });
  };
  return blank ? answerSamePage(c, JSON.stringify([c.get("ui").lang, page, speech, around]), make) : make();
}

function answerStep(c: AppContext, page: PageId, props: NonNullable<typeof stepPage.props>): Response {
  const wrong = props.form.errors.length > 0;
  const title = stepTitle(c, stepOf(page));
  const status = props.beside ? 409 : wrong ? 422 : 200;
  return answerPage(c, stepPage, props, { title, status, failed: status !== 200, narrow: true });
}

/**
 * Nobody has answered anything here, so that the page is the same for everybody in these words; a search shows what
 * there is today, and what follows a question mark would go with the form.
 */
function isBlank(c: AppContext, page: PageId, asked: readonly Question[], form: FormState): boolean {
  const plain = c.req.method === "GET" && !c.req.url.includes("?") && page !== "5/school";
  return plain && c.get("typed").size === 0 && asked.every(({ name }) => form.field(name).values.length === 0);
}

interface Asked {
  readonly speech: Speech;
  readonly form: FormState;
  readonly asked: readonly Question[];
  /** The school is not known and can be looked for. */
  readonly searches: boolean;
}

async function questionsRendered(
  c: AppContext,
  needs: StepNeeds,
  { page, answers }: Stand,
  { speech, form, asked, searches }: Asked,
): Promise<string> {
  const ui = c.get("ui");
  const lead = titleOf(page) ? undefined : isSkippable(page) ? ui.t("journey.skippable") : "";
  const rendered = renderQuestions({ ui, country: needs.country, speech, form }, asked, lead);
  if (page !== "5/school" || !searches) return rendered;
  return renderShown({ ui }, await showSearch(needs, ui, answers, form)) + rendered;
}

function stepTitle(c: AppContext, step: number): string {
  return c.get("ui").t("journey.step", { step });
}
