import type { Country } from "#country/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { neutralPath } from "#platform/http/away.ts";
import { page, seeOther } from "#platform/http/page.ts";
import type { Platform } from "#platform/platform.ts";
import { speechTo } from "./choose-address.ts";
import { codeGroups, codeOf } from "./code.ts";
import { draftHandle } from "./draft-holder.ts";
import { draftKeyOf } from "./draft-key.ts";
import { openDraft } from "./open-draft.ts";
import { pathTo } from "./place.ts";
import { readingRule } from "./reading-rule.ts";
import { donePage } from "./views.ts";

export interface DoneNeeds extends Pick<Platform, "db" | "cookies" | "now"> {
  readonly country: Country;
}

/** Shows the code of a report that is safely stored, to the browser that sent it and for a while only. */
export async function showDone(c: AppContext, needs: DoneNeeds): Promise<Response> {
  const handle = draftHandle(c);
  const draft = await openDraft(needs, handle);
  if (!draft) return seeOther(c, neutralPath(c));
  if (draft.sentAt === null) return seeOther(c, pathTo(c, "10"));
  const props = {
    address: speechTo(c, needs, draft.answers).address,
    groups: codeGroups(codeOf(draftKeyOf(handle.cookieKey, handle.draftId))),
    sentAt: draft.sentAt,
    rule: readingRule(needs.country, draft.sentAt),
    answerAt: c.get("ui").href("/track"),
  };
  return page(c, donePage, props, { title: c.get("ui").t("journey.done.title"), narrow: true });
}
