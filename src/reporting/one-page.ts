import { randomBytes } from "node:crypto";
import { isDeskOpen, NoDeskOpen } from "#casework/index.ts";
import { emergencyContacts } from "#country/index.ts";
import { type Institution, isOpenSomewhere } from "#institutions/index.ts";
import { type PlainMessageKey, phrase } from "#messages/messages.ts";
import { LaneFull } from "#platform/crypto/lane.ts";
import type { AppContext, Fields, FormState } from "#platform/http/app.ts";
import { isAway, markShown, markTaken } from "#platform/http/away.ts";
import { type FormResult, formState } from "#platform/http/form.ts";
import { page } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import type { OtherVoice } from "#platform/views/parts.ts";
import { otherVoice, speakingOf } from "./choose-address.ts";
import { renderDone } from "./done-page.ts";
import { type Answers, textAnswer } from "./draft.ts";
import { DRAFT_FIELD, draftKeyOf, readKey } from "./draft-key.ts";
import { checkPage } from "./forms.ts";
import { answerBefore, answerShut } from "./lost-pages.ts";
import { showNotOpen } from "./not-open-page.ts";
import { onePageQuestions } from "./one-page-questions.ts";
import type { DraftHandle } from "./open-draft.ts";
import { OPENED_FIELD, readOpened, writeOpened } from "./opened-at.ts";
import { outsideHelp } from "./outside-page.ts";
import { findSchoolHere, knownPlace, needsOutside, withoutKnown } from "./own-school.ts";
import type { Question } from "./question.ts";
import { handleOf, sendOnePage, wasSentBefore } from "./send-one-page.ts";
import type { SendNeeds } from "./send-report.ts";
import { showQuestions } from "./show-questions.ts";
import { isTrapped } from "./spam-signs.ts";
import { type OutsideHelp, onePage } from "./views.ts";
import { type Address, isAddress, otherAddress, type Speech, speechOf } from "./voice.ts";
import { spend, waitALittle } from "./wait-a-little.ts";
import { finderAt, isOpenTo, limitsNow, notOpenPhrase } from "./where-open.ts";

export type OnePageNeeds = SendNeeds & Pick<Platform, "cookies">;

/** Shows the whole report as one form whose key travels in a hidden field, so that it needs no cookie. */
export async function showOnePage(c: AppContext, needs: OnePageNeeds): Promise<Response> {
  if (!(await isDeskOpen(needs))) return answerShut(c, needs);
  const limits = await limitsNow(needs);
  if (limits && !isOpenSomewhere(needs.country, limits, "public")) return showNotOpen(c, needs, "unsure");
  return renderOnePage(c, needs, { key: newKey(), form: formState(new Map()), said: undefined });
}

/** Takes the whole report: the code, or the page back as it was typed. */
export async function receiveOnePage(c: AppContext, needs: OnePageNeeds): Promise<Response> {
  const typed = await readFields(c);
  const key = readKey(typed.get(DRAFT_FIELD)?.[0]);
  if (!key) return renderOnePage(c, needs, { key: newKey(), form: formState(typed), said: "one.again" });
  const handle = handleOf(key);
  // Somebody who left in a hurry comes back by sending the form once more: the code must not stand there then.
  const codeWasShown = isAway(needs.cookies, c) && (await wasSentBefore(needs, handle));
  if (typed.get("go")?.[0] === "stay") return renderOnePage(c, needs, { key, form: formState(typed), said: undefined });
  const school = await findSchoolHere(needs);
  const checked = await checkPlace(needs, handle, typed, checkOnePage(c, needs, typed, school));
  if (!checked.ok) return renderOnePage(c, needs, { key, form: checked.form, said: undefined });
  if (needsOutside(needs, school, checked.input) && !typed.has("outside")) {
    const outside = await outsideHelp(c, needs, school, checked.input);
    return renderOnePage(c, needs, { key, form: formState(typed), said: undefined, outside });
  }
  spend(c, needs, "reports", checked.input);
  try {
    const draftKey = draftKeyOf(handle.cookieKey, handle.draftId);
    const { address } = speechNow(c, textAnswer(checked.input, "role") ?? "");
    const sent = await sendOnePage(needs, handle, checked.input, {
      language: c.get("ui").lang,
      chosen: chosen(c),
      trapped: isTrapped(typed),
      openedAt: openedAt(needs, handle.cookieKey, typed),
    });
    const voice = otherWords(c, address);
    if (!sent.ok) return answerBefore(c, draftKey, voice);
    const { sentAt } = sent;
    markTaken(c);
    if (!codeWasShown) markShown(c);
    return renderDone(c, needs, {
      draftKey,
      answers: checked.input,
      sentAt,
      onePage: true,
      spoken: { address, voice },
    });
  } catch (error) {
    if (error instanceof LaneFull) throw waitALittle(c, needs, checked.input);
    if (!(error instanceof NoDeskOpen)) throw error;
    return renderOnePage(c, needs, { key, form: formState(typed), said: "one.closed" });
  }
}

interface OnePage {
  readonly key: Buffer;
  readonly form: FormState;
  /** What is said above a form that was not taken though nothing in it is wrong. */
  readonly said: Extract<PlainMessageKey, "one.again" | "one.closed"> | undefined;
  readonly outside?: OutsideHelp;
}

async function renderOnePage(
  c: AppContext,
  needs: OnePageNeeds,
  { key, form, said, outside }: OnePage,
): Promise<Response> {
  const ui = c.get("ui");
  const speech = speechNow(c, form.field("role").value);
  const school = await findSchoolHere(needs);
  const { must, more } = onePageQuestions(speech.voice, needs.mail !== undefined);
  const asked = { must: withoutKnown(must, school), more: withoutKnown(more, school) };
  const asking = { ui, country: needs.country, speech, form };
  const { address } = speech;
  const failed = form.errors.length > 0 || said !== undefined || outside !== undefined;
  const props = {
    faults: faultsOf(form, [...asked.must, ...asked.more]),
    said,
    outside,
    limited: !school && (await limitsNow(needs)) !== undefined,
    address,
    chosen: chosen(c),
    contacts: emergencyContacts(needs.country),
    action: ui.href("/report/one"),
    ...speakingOf(c, needs.country, address, "/report/one"),
    other: { address: otherAddress(address), go: "stay", action: ui.href(`/report/one?as=${otherAddress(address)}`) },
    hidden: [
      { name: DRAFT_FIELD, value: key.toString("base64url") },
      { name: OPENED_FIELD, value: openedIn(needs, key, c.get("typed")) },
    ],
    finder: await finderAt(c, needs, form),
    must: showQuestions(asking, asked.must),
    more: showQuestions(asking, asked.more),
  };
  const status = said === "one.closed" ? 503 : failed ? 422 : 200;
  return page(c, onePage, props, { title: ui.t("one.title"), failed, status, narrow: true });
}

function faultsOf(form: FormState, asked: readonly Question[]) {
  return asked.flatMap(({ name }) => {
    const { error } = form.field(name);
    return error ? [{ field: name, label: `journey.answer.${name}` as const, phrase: error }] : [];
  });
}

/** The choice travels in the form, since this page keeps no cookie; the button that changes it names the other. */
function chosen(c: AppContext): Address | undefined {
  const asked = c.req.query("as") ?? c.get("typed").get("as")?.[0];
  return isAddress(asked) ? asked : undefined;
}

function speechNow(c: AppContext, role: string): Speech {
  return speechOf(role || undefined, chosen(c));
}

/** Sending the same again shows the same code, so that the whole page is what travels along. */
function otherWords(c: AppContext, address: Address): OtherVoice {
  return { ...otherVoice(c, address), path: c.get("ui").href(`/report/one?as=${otherAddress(address)}`) };
}

function checkOnePage(
  c: AppContext,
  needs: OnePageNeeds,
  typed: Fields,
  school: Institution | undefined,
): FormResult<Answers> {
  const { voice } = speechNow(c, typed.get("role")?.[0] ?? "");
  const { must, more } = onePageQuestions(voice, needs.mail !== undefined);
  const checked = checkPage(needs.country, "4", withoutKnown([...must, ...more], school), typed);
  if (!checked.ok) return checked;
  const answers = school ? { ...checked.input, ...knownPlace(school, checked.input) } : checked.input;
  const contact = textAnswer(answers, "reporter_name") ?? textAnswer(answers, "reporter_contact");
  // A name that was typed must neither be dropped without a word nor sent by somebody who wants none.
  return contact !== undefined && textAnswer(answers, "identity") === "anonymous"
    ? { ok: false as const, form: formState(typed, [{ field: "identity", phrase: phrase("one.error.identity") }]) }
    : { ok: true, input: answers };
}

/** A municipality from which nobody may report now nor could when the page was opened, unless this was taken before. */
async function checkPlace(
  needs: OnePageNeeds,
  handle: DraftHandle,
  typed: Fields,
  checked: FormResult<Answers>,
): Promise<FormResult<Answers>> {
  if (!checked.ok) return checked;
  const place = textAnswer(checked.input, "territory") ?? "";
  const opened = openedAt(needs, handle.cookieKey, typed);
  const asked = { place, who: "public", moments: [needs.now(), ...(opened === undefined ? [] : [opened])] } as const;
  if ((await isOpenTo(needs, asked)) || (await wasSentBefore(needs, handle))) return checked;
  return { ok: false, form: formState(typed, [{ field: "territory", phrase: notOpenPhrase(needs.country, place) }]) };
}

/** Of a page that comes back as it was typed the moment stays. */
function openedIn(needs: OnePageNeeds, key: Buffer, typed: Fields): string {
  const before = typed.get(OPENED_FIELD)?.[0];
  return before !== undefined && openedAt(needs, key, typed) !== undefined ? before : writeOpened(needs, key);
}

function openedAt(needs: OnePageNeeds, key: Uint8Array, typed: Fields): number | undefined {
  return readOpened(needs, key, typed.get(OPENED_FIELD)?.[0]);
}

function newKey(): Buffer {
  return randomBytes(32);
}
