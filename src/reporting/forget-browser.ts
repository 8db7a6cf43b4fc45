import { forgetAccount } from "#accounts/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import { describeError } from "#platform/log.ts";
import type { Platform } from "#platform/platform.ts";
import { findCookieKey, removeCookieKey } from "./draft-key.ts";
import { forgetDrafts } from "./forget-drafts.ts";
import { endTracking } from "./tracking-session.ts";

/** Forgets what this browser has open: cookies go with the answer, rows beside it, so that leaving never waits. */
export function forgetBrowser(needs: Pick<Platform, "db" | "cookies" | "log" | "now">, c: AppContext): void {
  const key = findCookieKey(needs.cookies, c);
  removeCookieKey(needs.cookies, c);
  const forgetting = [
    endTracking(needs, c),
    forgetAccount(needs, c),
    key ? forgetDrafts(needs, key) : Promise.resolve(),
  ];
  for (const each of forgetting) each.catch((error) => needs.log.error(describeError(error), "forgetting failed"));
}
