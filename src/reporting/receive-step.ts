import { NoDeskOpen } from "#casework/index.ts";
import type { Institution } from "#institutions/index.ts";
import { isLanguage, phrase } from "#messages/messages.ts";
import { LaneFull } from "#platform/crypto/lane.ts";
import type { AppContext, Fields, FormState } from "#platform/http/app.ts";
import { formState } from "#platform/http/form.ts";
import { seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { uiFor } from "#platform/views/ui.ts";
import { besideAgain } from "./beside-texts.ts";
import { showCheck, showUnsent } from "./check-page.ts";
import { chosenAddress } from "./choose-address.ts";
import { type Answers, mandatoryMissing, mergeAnswers, textAnswer } from "./draft.ts";
import { draftHandle } from "./draft-holder.ts";
import { checkHalfPage, checkPage } from "./forms.ts";
import { answerClosed, answerGone, answerSent } from "./lost-pages.ts";
import { type OpenDraft, openDraft } from "./open-draft.ts";
import { findSchoolHere, knownPlace, needsOutside, withoutKnown } from "./own-school.ts";
import { isReturning, pageOf, pathAfter, pathBack, pathTo, type Stand } from "./place.ts";
import type { Question } from "./question.ts";
import { questionsOf, WRITTEN_FIELDS } from "./questions.ts";
import { type SaveOutcome, type StepInput, saveStep } from "./save-step.ts";
import { findSchool, isNoChoice } from "./school-page.ts";
import { clashForm, SEEN_FIELD } from "./seen-texts.ts";
import { type SendNeeds, sendReport } from "./send-report.ts";
import { renderStep, type StepNeeds } from "./step-page.ts";
import type { BesideForm } from "./views.ts";
import { isAddress, voiceOf } from "./voice.ts";
import { spend, waitALittle } from "./wait-a-little.ts";
import { type Closed, findClosed } from "./where-open.ts";

export type ReceiveNeeds = StepNeeds & SendNeeds;

/** Takes what was typed on a page, keeps it, and goes on; "send now" on any page keeps it and sends. */
export async function receiveStep(c: AppContext, needs: ReceiveNeeds): Promise<Response> {
  const page = pageOf(c);
  const typed = await readFields(c);
  const handle = draftHandle(c);
  const go = typed.get("go")?.[0];
  // From now on in another language, whatever the address says.
  if (isLanguage(go)) c.set("ui", uiFor(go, needs.country));
  const draft = await openDraft(needs, handle);
  if (!draft) return answerGone(c, needs);
  const stand = { page, answers: draft.answers, returning: isReturning(page, typed.get("return")?.[0]) };
  // Only its button sends the whole report; whatever else comes to that page shows it again.
  if (page === "10" && go !== "send" && draft.sentAt === null) return showCheck(c, needs, stand);
  const unasked = unaskedTexts(needs, stand, typed);
  if (unasked.length > 0) return giveBack(c, needs, stand, { unasked, draft });
  // A blank page that somebody leaves again says nothing, whatever another tab has said there.
  if ((go === "back" || go === "skip") && saysNothing(needs, stand, typed))
    return seeOther(c, go === "back" ? pathBack(c, stand) : pathAfter(c, stand));
  const beside = besideAgain(namesOn(needs, stand), draft.answers, typed);
  if (asksAgain(go)) {
    // Who has sent it and asks for other words still has what was typed.
    const form = formState(typed);
    return draft.sentAt === null ? renderStep(c, needs, stand, { form, beside }) : answerSent(c, needs, draft.answers);
  }

  const checked = await checkStep(needs, stand, typed, draft);
  if (!checked.ok && draft.sentAt === null) return renderStep(c, needs, stand, { form: checked.form, beside });
  if (!checked.ok) return answerSent(c, needs, draft.answers);
  const { fields, given } = checked.input;
  if (draft.sentAt === null) spend(c, needs, "pages", mergeAnswers(draft.answers, fields, given));
  const saved = await saveStep(needs, handle, { fields, given, seen: typed.get(SEEN_FIELD)?.[0] ?? "" });
  if (!saved.ok && saved.because === "clash") return showClash(c, needs, stand, { saved, input: checked.input });
  if (!saved.ok) return answerUnsaved(c, needs, saved, checked.input);
  if (go === "back") return seeOther(c, pathBack(c, { ...stand, answers: saved.answers }));
  if (await leadsOutside(needs, stand, saved.answers))
    return seeOther(c, pathTo(c, "8/help", stand.returning || page !== "8"));
  return go === "send"
    ? send(c, needs, saved.answers)
    : seeOther(c, pathAfter(c, { ...stand, answers: saved.answers }));
}

type Texts = BesideForm["texts"];

/** What was typed in a field that its page does not ask for any more, since another tab changed who writes. */
function unaskedTexts(needs: ReceiveNeeds, stand: Stand, typed: Fields): Texts {
  // Nobody types on the check page.
  const asked = stand.page === "10" ? WRITTEN_FIELDS : namesOn(needs, stand);
  const names = WRITTEN_FIELDS.filter((name) => !asked.includes(name) && isTyped([name], typed));
  return names.map((name) => ({ name, text: typed.get(name)?.[0] ?? "" }));
}

function giveBack(
  c: AppContext,
  needs: ReceiveNeeds,
  stand: Stand,
  { unasked, draft }: { readonly unasked: Texts; readonly draft: OpenDraft },
): Response | Promise<Response> {
  if (draft.sentAt !== null) return answerSent(c, needs, draft.answers);
  return renderStep(c, needs, stand, {
    form: formState(c.get("typed")),
    beside: { said: "unasked", texts: unasked },
  });
}

/** Help from outside comes after the page that asks who harms, and after any other that makes it needed. */
async function leadsOutside(needs: ReceiveNeeds, { page, answers }: Stand, saved: Answers): Promise<boolean> {
  const school = await findSchoolHere(needs);
  if (!needsOutside(needs, school, saved)) return false;
  return page === "8" || !needsOutside(needs, school, answers);
}

/** Whether the page is wanted again as typed: with what was found, in other words, or in another language. */
function asksAgain(go: string | undefined): boolean {
  return go === "search" || go === "stay" || isLanguage(go) || isAddress(go);
}

/** Whoever types and then skips has still typed it; whoever empties a page that showed answers has taken them back. */
function saysNothing(needs: ReceiveNeeds, stand: Stand, typed: Fields): boolean {
  return !typed.get(SEEN_FIELD)?.[0] && !isTyped(namesOn(needs, stand), typed);
}

function namesOn(needs: ReceiveNeeds, { page, answers }: Stand): readonly string[] {
  const asked = questionsOf(page, voiceOf(textAnswer(answers, "role")), needs.mail !== undefined);
  const names = asked.map(({ name }) => name);
  return page === "5/school" ? [...names, "institution", "words"] : names;
}

function isTyped(names: readonly string[], typed: Fields): boolean {
  return names.some((name) => typed.get(name)?.some((value) => value.trim() !== ""));
}

/** A place that is not open is refused to who goes on, or sends. */
const isGoingBack = (typed: Fields) => typed.get("go")?.[0] === "back";

type Checked = { readonly ok: true; readonly input: StepInput } | { readonly ok: false; readonly form: FormState };

async function checkStep(
  needs: ReceiveNeeds,
  { page, answers }: Stand,
  typed: Fields,
  draft: OpenDraft,
): Promise<Checked> {
  const school = await findSchoolHere(needs);
  const every = questionsOf(page, voiceOf(textAnswer(answers, "role")), needs.mail !== undefined);
  const asked = withoutKnown(every, school);
  const goesBack = isGoingBack(typed);
  const told = page === "5/school" ? withWords(typed) : typed;
  const checked = goesBack ? checkHalfPage(needs.country, asked, told) : checkPage(needs.country, page, asked, told);
  if (!checked.ok) return checked;
  if (school) return { ok: true, input: atOwnSchool(page, school, asked, checked.input) };
  const input = { fields: asked.map(({ name }) => name as string), given: checked.input };
  const closed = page === "5" && !goesBack ? await findClosed(needs, { ...draft, answers: checked.input }) : undefined;
  if (closed) return { ok: false, form: formState(typed, [closed]) };
  return page === "5/school" ? withSchool(needs, draft, typed, input) : { ok: true, input };
}

/** The school is known, and counts as where it happens when it happens in a school. */
function atOwnSchool(page: string, school: Institution, asked: readonly Question[], given: Answers): StepInput {
  const fields = asked.map(({ name }) => name as string);
  if (page !== "5") return { fields, given };
  return { fields: [...fields, "territory", "institution"], given: { ...given, ...knownPlace(school, given) } };
}

/** Who types a name and neither searches nor chooses has said the name, and so has who then says that it is not listed. */
function withWords(typed: Fields): Fields {
  const [chosen, name, words, searched] = ["institution", "institution_name", "words", "searched"].map(
    (field) => typed.get(field)?.[0],
  );
  const found = chosen !== undefined && !isNoChoice(chosen);
  const onlySearched = words === searched && chosen !== "none";
  return found || name || !words || onlySearched ? typed : new Map([...typed, ["institution_name", [words]]]);
}

async function withSchool(needs: ReceiveNeeds, draft: OpenDraft, typed: Fields, input: StepInput): Promise<Checked> {
  const chosen = typed.get("institution")?.[0];
  const fields = ["institution", ...input.fields];
  if (!chosen || isNoChoice(chosen)) return { ok: true, input: { ...input, fields } };
  if (!(await findSchool(needs, draft.answers, chosen))) {
    return { ok: false, form: formState(typed, [{ field: "institution", phrase: phrase("errors.field.unknown") }]) };
  }
  if (isGoingBack(typed)) return { ok: true, input: { fields, given: { ...input.given, institution: chosen } } };
  const closed = await findClosed(needs, { ...draft, answers: { ...draft.answers, institution: chosen } });
  // The municipality was asked before, and this page has no box for it.
  if (closed?.field === "institution") return { ok: false, form: formState(typed, [closed]) };
  return { ok: true, input: { fields, given: { ...input.given, institution: chosen } } };
}

type Clash = Extract<SaveOutcome, { because: "clash" }>;

/** Something else was saved on this page meanwhile: nothing is saved, and both texts are shown. */
function showClash(
  c: AppContext,
  needs: ReceiveNeeds,
  stand: Stand,
  { saved: { answers, names }, input }: { readonly saved: Clash; readonly input: StepInput },
): Promise<Response> {
  const form = clashForm(draftHandle(c), input, answers, c.get("typed"));
  const texts = names.map((name) => ({ name, text: textAnswer(answers, name) ?? "" }));
  return renderStep(c, needs, { ...stand, answers }, { form, beside: { said: "clash", texts } });
}

/** Sending again what is stored shows the code again; anything else that was typed is given back. */
function answerUnsaved(
  c: AppContext,
  needs: ReceiveNeeds,
  saved: Exclude<SaveOutcome, { ok: true } | Clash>,
  { fields, given }: StepInput,
): Response | Promise<Response> {
  if (saved.because === "gone") return answerGone(c, needs);
  const same = fields.every((name) => JSON.stringify(given[name]) === JSON.stringify(saved.answers[name]));
  return same ? seeOther(c, pathTo(c, "done")) : answerSent(c, needs, saved.answers);
}

/** The question for the municipality or the school once more, with what is wrong with its answer; all answers are kept. */
function askForPlace(c: AppContext, needs: ReceiveNeeds, answers: Answers, closed: Closed): Promise<Response> {
  const page = closed.field === "institution" ? "5/school" : "5";
  return renderStep(c, needs, { page, answers, returning: true }, { errors: [closed] });
}

async function send(c: AppContext, needs: ReceiveNeeds, answers: Answers): Promise<Response> {
  if (mandatoryMissing(answers).length === 0) spend(c, needs, "reports", answers);
  try {
    const sent = await sendReport(needs, draftHandle(c), c.get("ui").lang, chosenAddress(needs.cookies, c));
    if (sent.ok) return seeOther(c, pathTo(c, "done"));
    if (sent.because === "not-open") return askForPlace(c, needs, sent.answers, sent.closed);
    return sent.because === "gone" ? answerGone(c, needs) : showUnsent(c, needs, sent.answers);
  } catch (error) {
    if (error instanceof LaneFull) throw waitALittle(c, needs, answers);
    if (error instanceof NoDeskOpen) return answerClosed(c, needs, answers);
    throw error;
  }
}
