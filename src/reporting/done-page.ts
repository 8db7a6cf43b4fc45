import { type Country, readingRule } from "#country/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { neutralPath } from "#platform/http/away.ts";
import { page, seeOther } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import type { OtherVoice } from "#platform/views/parts.ts";
import { otherVoice, speechTo } from "./choose-address.ts";
import { codeGroups, codeOf } from "./code.ts";
import type { Answers } from "./draft.ts";
import { draftHandle } from "./draft-holder.ts";
import { draftKeyOf } from "./draft-key.ts";
import { openDraft } from "./open-draft.ts";
import { pathTo } from "./place.ts";
import { alarmAfter, contactsFor } from "./steps.ts";
import { donePage } from "./views.ts";
import type { Address } from "./voice.ts";

export interface DoneNeeds extends Pick<Platform, "db" | "cookies" | "now"> {
  readonly country: Country;
}

/** Shows the code of a report that is safely stored, to the browser that sent it and for a while only. */
export async function showDone(c: AppContext, needs: DoneNeeds): Promise<Response> {
  const handle = draftHandle(c);
  const draft = await openDraft(needs, handle);
  if (!draft) return seeOther(c, neutralPath(c));
  if (draft.sentAt === null) return seeOther(c, pathTo(c, "10"));
  const draftKey = draftKeyOf(handle.cookieKey, handle.draftId);
  return renderDone(c, needs, {
    draftKey,
    answers: draft.answers,
    sentAt: draft.sentAt,
    staff: draft.from !== undefined,
  });
}

/** A report that is safely stored. */
export interface Sent {
  readonly draftKey: Buffer;
  readonly answers: Answers;
  readonly sentAt: number;
  /** Came without a cookie: the page cannot be asked for again, and no page stood between it and the numbers. */
  readonly onePage?: boolean;
  /** Sent by somebody at work, for a child. */
  readonly staff?: boolean;
  /** How that page speaks, since no cookie remembers it. */
  readonly spoken?: { readonly address: Address; readonly voice: OtherVoice };
}

/** The code, and what comes next. */
export function renderDone(
  c: AppContext,
  needs: Pick<DoneNeeds, "cookies" | "country" | "now">,
  { draftKey, answers, sentAt, onePage = false, staff = false, spoken }: Sent,
): Response | Promise<Response> {
  const alarm = alarmAfter("1", answers) ?? alarmAfter("4", answers) ?? alarmAfter("6", answers);
  const rule = readingRule(needs.country, sentAt);
  const address = spoken?.address ?? speechTo(c, needs, answers).address;
  const props = {
    address,
    voice: spoken?.voice ?? otherVoice(c, address),
    groups: codeGroups(codeOf(draftKey)),
    sentAt,
    rule,
    tomorrow: rule !== undefined && c.get("ui").isTomorrow(rule.by, needs.now()),
    answerAt: c.get("ui").href("/track"),
    onePage,
    staff,
    alarm: alarm && (`journey.help.${alarm}` as const),
    contacts: alarm ? contactsFor(needs.country, alarm) : [],
  };
  return page(c, donePage, props, { title: c.get("ui").t("journey.done.title"), narrow: true });
}
