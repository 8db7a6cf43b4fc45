import { Hono } from "hono";
import { addAsReporter, isCaseInDanger, type ReporterKey } from "#casework/index.ts";
import type { AppContext, AppEnv, Fields, FormState, Routes } from "#platform/http/app.ts";
import { markTaken } from "#platform/http/away.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { LANG } from "#platform/http/language.ts";
import { oneOf } from "#platform/http/one-of.ts";
import { seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { receiveCode, showCodeForm, showOver, showTurn } from "./code-page.ts";
import { type LineNeeds, overSecureLine } from "./plain-line.ts";
import { showTracked, type TrackedNeeds } from "./show-tracked.ts";
import { newCodeGate } from "./track-by-code.ts";
import { AddForm, isShownFor, NotSafeForm } from "./tracking-forms.ts";
import { endTracking, resumeTracking } from "./tracking-session.ts";
import { isAddress } from "./voice.ts";
import { waitALittle } from "./wait-a-little.ts";
import { stopWaiting } from "./wait-for-turn.ts";

export type TrackingNeeds = TrackedNeeds & LineNeeds;

export function trackingRoutes(needs: TrackingNeeds): Routes {
  const gate = newCodeGate();
  const guard = overSecureLine(needs);
  return (
    new Hono<AppEnv>()
      .get(`${LANG}/track`, guard, (c) => showTracking(c, needs))
      .post(`${LANG}/track`, guard, (c) => receiveCode(c, needs, gate))
      .get(`${LANG}/track/turn`, guard, (c) => showTurn(c, needs, gate))
      // Where a form was answered with its page, reloading and switching the language ask for that address.
      .get(`${LANG}/track/${oneOf("form", ["messages", "safety", "end"])}`, guard, (c) =>
        seeOther(c, c.get("ui").href("/track")),
      )
      .post(`${LANG}/track/messages`, guard, (c) => receiveWords(c, needs))
      .post(`${LANG}/track/safety`, guard, async (c) => receiveNotSafe(c, needs, await readFields(c)))
      .post(`${LANG}/track/end`, guard, async (c) => {
        stopWaiting(needs, c);
        await endTracking(needs, c);
        return seeOther(c, c.get("ui").href("/track"));
      })
  );
}

async function showTracking(c: AppContext, needs: TrackingNeeds): Promise<Response> {
  const key = await resumeTracking(needs, c);
  const form = formState(new Map());
  if (!key) return showCodeForm(c, needs, { form, closed: c.req.query("done") === "0" });
  return (await showTracked(c, needs, key, { form })) ?? showCodeForm(c, needs, { form });
}

/** What the buttons of the form send: nothing, or what to do with the words instead of sending them. */
const NOT_SAFE = "not-safe";

async function receiveWords(c: AppContext, needs: TrackingNeeds): Promise<Response> {
  const fields = await readFields(c);
  const go = fields.get("go")?.[0];
  // A browser that knows no `formaction` sends the cry here: it must not become a message.
  if (go === NOT_SAFE) return receiveNotSafe(c, needs, fields);
  const key = await resumeFor(c, needs, fields);
  if (!key) return showOver(c, needs);
  const again = (form: FormState) => showTrackedOrOver(c, needs, key, { form });
  if (go === "stay" || isAddress(go)) return again(formState(fields));
  const checked = checkForm(AddForm, fields);
  if (!checked.ok) return again(checked.form);
  if (!needs.budgets.messages.take(needs.now()) && !(await isCaseInDanger(needs, key))) throw waitALittle(c, needs);
  const { words: text, once } = checked.input;
  if (!(await addAsReporter(needs, key, { text, notSafe: false, once }))) return showOver(c, needs);
  return seeOther(c, c.get("ui").href("/track?done=1"));
}

/** The cry goes alone; words that were not sent yet stay in their box. */
async function receiveNotSafe(c: AppContext, needs: TrackingNeeds, fields: Fields): Promise<Response> {
  const key = await resumeFor(c, needs, fields);
  if (!key) return showOver(c, needs);
  const checked = checkForm(NotSafeForm, fields);
  const once = checked.ok ? checked.input.once : undefined;
  if (!(await addAsReporter(needs, key, { text: "", notSafe: true, once }))) return showOver(c, needs);
  markTaken(c);
  if ((fields.get("words")?.[0] ?? "").trim() === "") return seeOther(c, c.get("ui").href("/track?done=2"));
  return showTrackedOrOver(c, needs, key, { form: formState(fields), said: "2" });
}

/** What is open in this browser, unless it is another report than the one the form was shown for. */
async function resumeFor(c: AppContext, needs: TrackingNeeds, fields: Fields): Promise<ReporterKey | undefined> {
  const key = await resumeTracking(needs, c);
  return key && isShownFor(key, fields) ? key : undefined;
}

type Shown = Parameters<typeof showTracked>[3];

async function showTrackedOrOver(c: AppContext, needs: TrackingNeeds, key: ReporterKey, shown: Shown) {
  return (await showTracked(c, needs, key, shown)) ?? showOver(c, needs);
}
