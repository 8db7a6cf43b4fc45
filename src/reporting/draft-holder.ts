import { type AppContext, carried } from "#platform/http/app.ts";
import { neutralPath } from "#platform/http/away.ts";
import { guard } from "#platform/http/guard.ts";
import { seeOther } from "#platform/http/page.ts";
import { readFields } from "#platform/http/read-body.ts";
import { beginInstead } from "./begin-instead.ts";
import { DRAFT_LIFE_MS, JUST_BEGUN_MS } from "./draft.ts";
import { findCookieKey } from "./draft-key.ts";
import { readDraft } from "./draft-store.ts";
import { answerGone, answerNoCookies } from "./lost-pages.ts";
import type { DraftHandle } from "./open-draft.ts";
import type { StartNeeds } from "./start-page.ts";

const held = carried<DraftHandle>("draft");

/** Guards the pages of a draft: without the browser's key a page shows nothing, and a form gives its text back. */
export function draftHolder(needs: StartNeeds) {
  return guard("draft holder", async (c, next) => {
    const draftId = c.req.param("draft") ?? "";
    const cookieKey = findCookieKey(needs.cookies, c);
    if (cookieKey) {
      const handle = { cookieKey, draftId };
      held.set(c, handle);
      return (await beginInstead(c, needs, handle)) ?? next();
    }
    if (c.req.method === "POST") {
      await readFields(c);
      return answerGone(c, needs);
    }
    return (await wasJustBegun(needs, draftId)) ? answerNoCookies(c, needs) : seeOther(c, neutralPath(c));
  });
}

/** The draft of this request; it may be gone or another browser's, which only opening it shows. */
export function draftHandle(c: AppContext): DraftHandle {
  return held.get(c);
}

async function wasJustBegun({ db, now }: StartNeeds, draftId: string): Promise<boolean> {
  const row = await readDraft(db, draftId);
  return row?.version === 1 && row.expiresAt - DRAFT_LIFE_MS + JUST_BEGUN_MS > now();
}
