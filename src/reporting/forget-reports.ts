import type { AppContext } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import { forgetAddress } from "./choose-address.ts";
import { findCookieKey, removeCookieKey } from "./draft-key.ts";
import { forgetDrafts } from "./forget-drafts.ts";
import { endTracking } from "./tracking-session.ts";
import { stopWaitingToBegin } from "./wait-a-little.ts";
import { stopWaiting } from "./wait-for-turn.ts";

/** Forgets the drafts and the report that this browser has open: cookies go with the answer, rows beside it. */
export async function forgetReports(needs: Pick<Platform, "db" | "cookies" | "now">, c: AppContext): Promise<void> {
  const key = findCookieKey(needs.cookies, c);
  removeCookieKey(needs.cookies, c);
  stopWaiting(needs, c);
  forgetAddress(needs.cookies, c);
  stopWaitingToBegin(needs, c);
  await Promise.all([endTracking(needs, c), key ? forgetDrafts(needs, key) : undefined]);
}
