import { Hono } from "hono";
import { addAsReporter, isCaseInDanger, type ReporterKey, readAsReporter } from "#casework/index.ts";
import type { Country } from "#country/index.ts";
import { phrase } from "#messages/messages.ts";
import { LaneFull } from "#platform/crypto/lane.ts";
import type { AppContext, AppEnv, FormState, Routes } from "#platform/http/app.ts";
import { sensitive } from "#platform/http/away.ts";
import { checkForm, formState, wholeNumber } from "#platform/http/form.ts";
import { LANG } from "#platform/http/language.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import type { OtherVoice } from "#platform/views/parts.ts";
import { chosenAddress, otherVoice, speechTo } from "./choose-address.ts";
import { type CodeGate, newCodeGate, trackByCode } from "./track-by-code.ts";
import { trackedCaseProps } from "./tracked-case.ts";
import { AddForm, CodeForm, NotSafeForm } from "./tracking-forms.ts";
import { beginTracking, endTracking, resumeTracking } from "./tracking-session.ts";
import { trackedPage, trackingBusy, trackingPage } from "./tracking-views.ts";
import { type Address, isAddress } from "./voice.ts";
import { askAgainAt, waitALittle } from "./wait-a-little.ts";
import { keepWaiting, stopWaiting, waitingCode } from "./wait-for-turn.ts";

export interface TrackingNeeds extends Pick<Platform, "db" | "secrets" | "lanes" | "budgets" | "cookies" | "now"> {
  readonly country: Country;
}

export function trackingRoutes(needs: TrackingNeeds): Routes {
  const gate = newCodeGate();
  const guard = sensitive(needs.cookies);
  return (
    new Hono<AppEnv>()
      .get(`${LANG}/track`, guard, (c) => showTracking(c, needs))
      .post(`${LANG}/track`, guard, (c) => receiveCode(c, needs, gate))
      .get(`${LANG}/track/turn`, guard, (c) => showTurn(c, needs, gate))
      // Where a form was answered with its page, reloading and switching the language ask for that address.
      .get(`${LANG}/track/:form{messages|safety|end}`, guard, (c) => seeOther(c, c.get("ui").href("/track")))
      .post(`${LANG}/track/messages`, guard, (c) => receiveWords(c, needs))
      .post(`${LANG}/track/safety`, guard, (c) => receiveNotSafe(c, needs))
      .post(`${LANG}/track/end`, guard, async (c) => {
        stopWaiting(needs, c);
        await endTracking(needs, c);
        return seeOther(c, c.get("ui").href("/track"));
      })
  );
}

async function showTracking(c: AppContext, needs: TrackingNeeds): Promise<Response> {
  const key = await resumeTracking(needs, c);
  if (key) return showCase(c, needs, key, formState(new Map()));
  return showCodeForm(c, needs, formState(new Map()), c.req.query("done") === "0");
}

function showCodeForm(
  c: AppContext,
  needs: TrackingNeeds,
  form: FormState,
  closed = false,
): Response | Promise<Response> {
  const failed = form.errors.length > 0;
  const title = c.get("ui").t("tracking.title");
  const props = { form, over: false, closed, ...addressed(c, needs) };
  return page(c, trackingPage, props, { title, failed, status: failed ? 422 : 200, narrow: true });
}

/** Before a code is known, nothing says who follows a report. */
function addressed(c: AppContext, needs: TrackingNeeds): { address: Address; voice: OtherVoice } {
  const { address } = speechTo(c, needs, {});
  return { address, voice: otherVoice(c, address) };
}

/** Nothing was sent, and the page says so and gives the words back. */
function showOver(c: AppContext, needs: TrackingNeeds): Response | Promise<Response> {
  const props = { form: formState(c.get("typed")), over: true, closed: false, ...addressed(c, needs) };
  return page(c, trackingPage, props, {
    title: c.get("ui").t("tracking.title"),
    failed: true,
    status: 410,
    narrow: true,
  });
}

const REFUSED = { field: "code", phrase: phrase("tracking.refused") };

async function receiveCode(c: AppContext, needs: TrackingNeeds, gate: CodeGate): Promise<Response> {
  const fields = await readFields(c, true);
  if (isAddress(fields.get("go")?.[0])) return showCodeForm(c, needs, formState(new Map()));
  const checked = checkForm(CodeForm, fields);
  return checked.ok ? tryCode(c, needs, gate, checked.input.code) : showCodeForm(c, needs, checked.form);
}

/** Asks again for somebody who waits. */
async function showTurn(c: AppContext, needs: TrackingNeeds, gate: CodeGate): Promise<Response> {
  const code = c.req.header("sec-purpose") === undefined ? waitingCode(needs, c) : undefined;
  return code ? tryCode(c, needs, gate, code) : seeOther(c, c.get("ui").href("/track"));
}

async function tryCode(c: AppContext, needs: TrackingNeeds, gate: CodeGate, code: string): Promise<Response> {
  try {
    const key = await trackByCode(needs, gate, code);
    stopWaiting(needs, c);
    if (!key) return showCodeForm(c, needs, formState(new Map(), [REFUSED]));
    await beginTracking(needs, c, key);
    return seeOther(c, c.get("ui").href("/track?done=0"));
  } catch (error) {
    if (!(error instanceof LaneFull)) throw error;
    keepWaiting(needs, c, code);
    return showTrackingBusy(c);
  }
}

/** The page asks again by itself, so that a child in a flood of other people's tries has only to wait. */
function showTrackingBusy(c: AppContext): Response | Promise<Response> {
  const { t, href } = c.get("ui");
  askAgainAt(c, href("/track/turn"));
  return page(c, trackingBusy, {}, { title: t("tracking.busy.title"), status: 503, narrow: true });
}

async function showCase(c: AppContext, needs: TrackingNeeds, key: ReporterKey, form: FormState): Promise<Response> {
  const found = await readAsReporter(needs, key, wholeNumber(c.req.query("below")));
  if (!found) return showCodeForm(c, needs, formState(new Map()));
  const failed = form.errors.length > 0;
  const chosen = chosenAddress(needs.cookies, c);
  const ui = c.get("ui");
  const props = trackedCaseProps(needs.country, ui, {
    found,
    form,
    said: c.req.query("done"),
    chosen,
    now: needs.now(),
  });
  return page(c, trackedPage, props, {
    title: ui.t("tracking.title"),
    failed,
    status: failed ? 422 : 200,
    narrow: true,
  });
}

async function receiveWords(c: AppContext, needs: TrackingNeeds): Promise<Response> {
  const fields = await readFields(c);
  const key = await resumeTracking(needs, c);
  const checked = checkForm(AddForm, fields);
  if (!key) return showOver(c, needs);
  if (isAddress(fields.get("go")?.[0])) return showCase(c, needs, key, formState(fields));
  if (!checked.ok) return showCase(c, needs, key, checked.form);
  if (!needs.budgets.messages.take(needs.now()) && !(await isCaseInDanger(needs, key))) throw waitALittle(c, needs);
  const { words: text, once } = checked.input;
  if (!(await addAsReporter(needs, key, { text, notSafe: false, once }))) return showOver(c, needs);
  return seeOther(c, c.get("ui").href("/track?done=1"));
}

async function receiveNotSafe(c: AppContext, needs: TrackingNeeds): Promise<Response> {
  const fields = await readFields(c);
  const key = await resumeTracking(needs, c);
  if (!key) return showOver(c, needs);
  const checked = checkForm(NotSafeForm, fields);
  const once = checked.ok ? checked.input.once : undefined;
  if (!(await addAsReporter(needs, key, { text: "", notSafe: true, once }))) return showOver(c, needs);
  return seeOther(c, c.get("ui").href("/track?done=2"));
}
