import { isDeskOpen } from "#casework/index.ts";
import {
  type Country,
  emergencyContacts,
  municipalities,
  municipality,
  type PlaceGroup,
  placeGroups,
} from "#country/index.ts";
import { type Institution, mayReport, type Plan, stageIn } from "#institutions/index.ts";
import { phrase } from "#messages/messages.ts";
import type { AppContext, FormState } from "#platform/http/app.ts";
import { formState } from "#platform/http/form.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import type { Ui } from "#platform/views/ui.ts";
import { chosenAddress, voiceLink } from "./choose-address.ts";
import { findCookieKey, giveCookieKey } from "./draft-key.ts";
import { showNotOpen } from "./not-open-page.ts";
import { findSchoolHere, knownPlace } from "./own-school.ts";
import { isTrapped } from "./spam-signs.ts";
import { startDraft } from "./start-draft.ts";
import { startPage } from "./views.ts";
import { otherAddress, speechOf } from "./voice.ts";
import { showBeginLater, stopWaitingToBegin, waitingToBegin } from "./wait-a-little.ts";
import { limitsNow } from "./where-open.ts";

export interface StartNeeds extends Pick<Platform, "db" | "secrets" | "cookies" | "budgets" | "now"> {
  readonly country: Country;
}

/** A place that nobody knows, or one in another country: the country's own stage decides. */
const UNKNOWN = "unsure";

/** Says what happens with a report before it begins; where nobody could read one it shows numbers instead. */
export async function showStart(c: AppContext, needs: StartNeeds): Promise<Response> {
  const school = await findSchoolHere(needs);
  const asks = !school && (await limitsNow(needs)) !== undefined;
  return renderStart(c, needs, { open: await isDeskOpen(needs), asks, school });
}

/** Begins a draft of its own for this tab. */
export async function receiveStart(c: AppContext, needs: StartNeeds): Promise<Response> {
  const typed = await readFields(c);
  chosenAddress(needs.cookies, c);
  const place = placeIn(c, needs.country, typed.get("territory")?.[0]);
  return begin(c, needs, { trapped: isTrapped(typed), place });
}

/** Asks again for somebody who pressed Begin and waits; a page fetched in advance begins nothing. */
export async function showBeginTurn(c: AppContext, needs: StartNeeds): Promise<Response> {
  const waiting = c.req.header("sec-purpose") === undefined ? waitingToBegin(needs, c) : undefined;
  if (!waiting) return seeOther(c, c.get("ui").href("/report"));
  return begin(c, needs, { trapped: false, place: placeIn(c, needs.country, waiting.place) });
}

interface Begin {
  readonly trapped: boolean;
  /** The municipality, where one was asked for. */
  readonly place: string | undefined;
}

/** Begins a draft of this browser and leads to its first page, or says why not yet. */
export async function begin(c: AppContext, needs: StartNeeds, { trapped, place: typed }: Begin): Promise<Response> {
  const school = await findSchoolHere(needs);
  const place = school?.territory ?? typed;
  if (!(await isDeskOpen(needs))) return renderStart(c, needs, { open: false, asks: false, status: 503 });
  const limits = await limitsNow(needs);
  if (limits && place === undefined) return renderStart(c, needs, { open: true, asks: true, form: withoutPlace(c) });
  if (limits && !isOpen(needs, limits, place ?? UNKNOWN)) return showNotOpen(c, needs, place ?? UNKNOWN);
  if (!needs.budgets.drafts.take(needs.now())) return showBeginLater(needs, c, place);
  stopWaitingToBegin(needs, c);
  const cookieKey = findCookieKey(needs.cookies, c) ?? giveCookieKey(needs.cookies, c);
  const answers = school ? knownPlace(school, {}) : place === undefined ? {} : { territory: place };
  const draftId = await startDraft(needs, cookieKey, { answers, ...(trapped ? { trapped } : {}) });
  return seeOther(c, c.get("ui").href(`/r/${draftId}/1`));
}

function isOpen({ country }: StartNeeds, limits: Plan, place: string): boolean {
  return mayReport(stageIn(country, limits, place), "public");
}

/** The code of a municipality, from its code or from its name in the language of the page. */
function placeIn(c: AppContext, country: Country, typed: string | undefined): string | undefined {
  if (typed === undefined || typed === UNKNOWN || municipality(country, typed)) return typed;
  const { t } = c.get("ui");
  return municipalities(country).find(({ name }) => t.local(name) === typed)?.code;
}

/** Without codes, which would be a quarter of the page: what is sent of an option without one is its name. */
function namedPlaces(country: Country, ui: Ui): readonly PlaceGroup[] {
  const named = (options: PlaceGroup["options"]) => options.map(({ label }) => ({ value: label, label }));
  return placeGroups(country, ui).map(({ label, options }) => ({ label, options: named(options) }));
}

function withoutPlace(c: AppContext): FormState {
  return formState(c.get("typed"), [{ field: "territory", phrase: phrase("journey.error.territory") }]);
}

interface Start {
  readonly open: boolean;
  /** The municipality is asked for first, since not all of them are open. */
  readonly asks: boolean;
  readonly school?: Institution | undefined;
  readonly form?: FormState;
  readonly status?: 200 | 503;
}

function renderStart(
  c: AppContext,
  { cookies, country }: StartNeeds,
  { open, asks, school, form = formState(new Map()), status = 200 }: Start,
): Response | Promise<Response> {
  const ui = c.get("ui");
  const { address } = speechOf(undefined, chosenAddress(cookies, c));
  const failed = form.errors.length > 0;
  const props = {
    open,
    form,
    places: asks
      ? { groups: namedPlaces(country, ui), others: [{ value: UNKNOWN, label: ui.t("opening.elsewhere") }] }
      : undefined,
    address,
    voice: voiceLink(otherAddress(address), ui.href("/report")),
    contacts: emergencyContacts(country),
    school: school && ui.t.local(school.name),
  };
  const title = ui.t("journey.start.title");
  return page(c, startPage, props, { title, failed, status: failed ? 422 : status, narrow: true });
}
