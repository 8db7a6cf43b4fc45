import { isDeskOpen } from "#casework/index.ts";
import { type Country, emergencyContacts } from "#country/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { page, seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import type { Platform } from "#platform/platform.ts";
import { chosenAddress, voiceLink } from "./choose-address.ts";
import { findCookieKey, giveCookieKey } from "./draft-key.ts";
import { isTrapped } from "./spam-signs.ts";
import { startDraft } from "./start-draft.ts";
import { startPage } from "./views.ts";
import { otherAddress, speechOf } from "./voice.ts";
import { showBeginLater, stopWaitingToBegin, waitsToBegin } from "./wait-a-little.ts";

export interface StartNeeds extends Pick<Platform, "db" | "cookies" | "budgets" | "now"> {
  readonly country: Country;
}

/** Says what happens with a report before it begins; where nobody could read one it shows numbers instead. */
export async function showStart(c: AppContext, needs: StartNeeds): Promise<Response> {
  return renderStart(c, needs, await isDeskOpen(needs.db));
}

/** Begins a draft of its own for this tab. */
export async function receiveStart(c: AppContext, needs: StartNeeds): Promise<Response> {
  const typed = await readFields(c);
  chosenAddress(needs.cookies, c);
  return begin(c, needs, isTrapped(typed));
}

/** Asks again for somebody who pressed Begin and waits; a page fetched in advance begins nothing. */
export async function showBeginTurn(c: AppContext, needs: StartNeeds): Promise<Response> {
  const waits = waitsToBegin(needs, c) && c.req.header("sec-purpose") === undefined;
  return waits ? begin(c, needs, false) : seeOther(c, c.get("ui").href("/report"));
}

async function begin(c: AppContext, needs: StartNeeds, trapped: boolean): Promise<Response> {
  if (!(await isDeskOpen(needs.db))) return renderStart(c, needs, false, 503);
  if (!needs.budgets.drafts.take(needs.now())) return showBeginLater(needs, c);
  stopWaitingToBegin(needs, c);
  const cookieKey = findCookieKey(needs.cookies, c) ?? giveCookieKey(needs.cookies, c);
  const draftId = await startDraft(needs, cookieKey, trapped);
  return seeOther(c, c.get("ui").href(`/r/${draftId}/1`));
}

function renderStart(
  c: AppContext,
  { cookies, country }: StartNeeds,
  open: boolean,
  status: 200 | 503 = 200,
): Response | Promise<Response> {
  const { t, href } = c.get("ui");
  const { address } = speechOf(undefined, chosenAddress(cookies, c));
  const voice = voiceLink(otherAddress(address), href("/report"));
  const props = { open, address, voice, contacts: emergencyContacts(country) };
  return page(c, startPage, props, { title: t("journey.start.title"), status, narrow: true });
}
