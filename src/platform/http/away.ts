import type { AppContext } from "./app.ts";
import type { CookieJar } from "./cookies.ts";
import { guard } from "./guard.ts";
import { seeOther } from "./page.ts";

const AWAY = "away";
const AWAY_SECONDS = 600;

/** Remembers for ten minutes that somebody left in a hurry, so that Back shows nothing. */
export function setAway(cookies: CookieJar, c: AppContext): void {
  cookies.write(c, AWAY, "1", AWAY_SECONDS);
}

export function liftAway(cookies: CookieJar, c: AppContext): void {
  cookies.remove(c, AWAY);
}

export function isAway(cookies: CookieJar, c: AppContext): boolean {
  return cookies.read(c, AWAY) !== undefined;
}

/** A page without a topic, shown instead of a sensitive one. */
export const neutralPath = (c: AppContext) => c.get("ui").href("/page");

/** Guards a sensitive page that anybody may open, unless they have just left. */
export function sensitive(cookies: CookieJar) {
  return guard("sensitive", async (c, next) => {
    // A form is sent by somebody who is there: what it says must not vanish without a word.
    if (c.req.method !== "POST" && isAway(cookies, c)) return seeOther(c, neutralPath(c));
    return next();
  });
}
