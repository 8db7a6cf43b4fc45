import type { ReporterKey } from "#casework/index.ts";
import { emergencyContacts } from "#country/index.ts";
import { phrase } from "#messages/messages.ts";
import { LaneFull } from "#platform/crypto/lane.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import { checkForm, formState } from "#platform/http/form.ts";
import { type PageOptions, page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { speakingOf, speechTo } from "./choose-address.ts";
import { showTracked, type TrackedNeeds } from "./show-tracked.ts";
import { type CodeGate, trackByCode } from "./track-by-code.ts";
import { CodeForm } from "./tracking-forms.ts";
import { beginTracking } from "./tracking-session.ts";
import { trackingBusy, trackingPage } from "./tracking-views.ts";
import { isAddress } from "./voice.ts";
import { askAgainAt } from "./wait-a-little.ts";
import { keepWaiting, stopWaiting, waitingCode } from "./wait-for-turn.ts";

interface CodePage {
  readonly form: FormState;
  readonly over?: boolean;
  readonly closed?: boolean;
  readonly status?: PageOptions["status"];
}

/** Asks for a code; words that could not be sent stand below it and go with it. */
export function showCodeForm(
  c: AppContext,
  needs: TrackedNeeds,
  { form, over = false, closed = false, status }: CodePage,
): Response | Promise<Response> {
  const failed = over || form.errors.length > 0;
  const title = c.get("ui").t("tracking.title");
  // Before a code is known, nothing says who follows a report.
  const { address } = speechTo(c, needs, {});
  const contacts = over ? emergencyContacts(needs.country) : [];
  const props = { form, over, contacts, closed, address, ...speakingOf(c, needs.country, address, "/track") };
  return page(c, trackingPage, props, { title, failed, status: status ?? (failed ? 422 : 200), narrow: true });
}

/** Nothing was sent, and the page says so and gives the words back. */
export function showOver(c: AppContext, needs: TrackedNeeds): Response | Promise<Response> {
  return showCodeForm(c, needs, { form: justWords(c), over: true, status: 410 });
}

/** Takes a code; in another language or in other words the page comes back as typed. */
export async function receiveCode(c: AppContext, needs: TrackedNeeds, gate: CodeGate): Promise<Response> {
  const fields = await readFields(c, true);
  const go = fields.get("go")?.[0];
  if (go === "stay" || isAddress(go)) {
    // Where a cry was not sent, its hidden field says so.
    const over = wordsIn(c) !== "" || fields.has("once");
    return showCodeForm(c, needs, { form: formState(fields), over, status: 200 });
  }
  const checked = checkForm(CodeForm, fields);
  return checked.ok ? tryCode(c, needs, gate, checked.input.code) : showCodeForm(c, needs, { form: checked.form });
}

/** Asks again for somebody who waits. */
export async function showTurn(c: AppContext, needs: TrackedNeeds, gate: CodeGate): Promise<Response> {
  const code = c.req.header("sec-purpose") === undefined ? waitingCode(needs, c) : undefined;
  return code ? tryCode(c, needs, gate, code) : seeOther(c, c.get("ui").href("/track"));
}

async function tryCode(c: AppContext, needs: TrackedNeeds, gate: CodeGate, code: string): Promise<Response> {
  try {
    const key = await trackByCode(needs, gate, code);
    stopWaiting(needs, c);
    if (!key) return showCodeForm(c, needs, { form: justWords(c, [REFUSED]) });
    await beginTracking(needs, c, key);
    return openWith(c, needs, key);
  } catch (error) {
    if (!(error instanceof LaneFull)) throw error;
    return wordsIn(c) === "" ? showBusy(c, needs, code) : showLater(c, needs);
  }
}

/** Words that could not be sent before stand in their box again, for one press of its button. */
async function openWith(c: AppContext, needs: TrackedNeeds, key: ReporterKey): Promise<Response> {
  const shown = wordsIn(c) === "" ? undefined : await showTracked(c, needs, key, { form: justWords(c) });
  return shown ?? seeOther(c, c.get("ui").href("/track?done=0"));
}

/** The page asks again by itself, so that a child in a flood of other people's tries has only to wait. */
function showBusy(c: AppContext, needs: TrackedNeeds, code: string): Response | Promise<Response> {
  const { t, href } = c.get("ui");
  keepWaiting(needs, c, code);
  askAgainAt(c, href("/track/turn"));
  return page(c, trackingBusy, {}, { title: t("tracking.busy.title"), status: 503, narrow: true });
}

/** A page that asks again by itself could not carry the words: here they stay, with the code, for another press. */
function showLater(c: AppContext, needs: TrackedNeeds): Response | Promise<Response> {
  const form = formState(c.get("typed"), [{ field: "code", phrase: phrase("tracking.busy.later") }]);
  return showCodeForm(c, needs, { form, status: 503 });
}

const REFUSED = { field: "code", phrase: phrase("tracking.refused") };

const wordsIn = (c: AppContext) => (c.get("typed").get("words")?.[0] ?? "").trim();

function justWords(c: AppContext, errors: FormState["errors"] = []): FormState {
  const typed = c.get("typed");
  return formState(new Map(["words", "once"].map((name) => [name, typed.get(name) ?? []])), errors);
}
