import type { MiddlewareHandler } from "hono";
import { type AppContext, type AppEnv, carried } from "./app.ts";
import type { CookieJar } from "./cookies.ts";
import { guard } from "./guard.ts";
import { seeOther } from "./page.ts";
import { SENSITIVE } from "./school-computer.ts";

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

const gated = carried<true>("mark of a page that leaving hides");

/** Whether leaving hides this page: what a person reports or reads about it, and everything staff see. */
export function isGated(c: AppContext): boolean {
  return SENSITIVE.test(c.req.path) || (gated.find(c) ?? false);
}

/** Guards a sensitive page that anybody may open, unless they have just left. */
export function sensitive(cookies: CookieJar) {
  return guard("sensitive", async (c, next) => {
    gated.set(c, true);
    return hidden(cookies, c) ?? next();
  });
}

/**
 * What somebody who has just left is shown instead of a sensitive page. A form is sent by somebody who is there: what
 * it says must not vanish without a word.
 */
export function hidden(cookies: CookieJar, c: AppContext): Response | undefined {
  return c.req.method !== "POST" && isAway(cookies, c) ? seeOther(c, neutralPath(c)) : undefined;
}

const answered = carried<"taken" | "shown">("mark of a form that was taken although it is answered with a page");

/** Says that something of a form was stored, whatever its answer looks like. */
export function markTaken(c: AppContext): void {
  answered.set(c, "taken");
}

/** Says that the answer must be seen: it is a code that nobody was shown before. */
export function markShown(c: AppContext): void {
  answered.set(c, "shown");
}

/** Forms that open something: a report by its code, a desk by a password. */
const OPENS = /^\/(staff\/session|[^/]+\/track)$/;

/**
 * After leaving, no answer to a form shows anything: Back to such an answer sends the form once more, also for whoever
 * took the phone. What can be taken is taken all the same, but nothing is opened; where nothing was taken, the neutral
 * page says so.
 */
export function hideTyped(cookies: CookieJar): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const hides = c.req.method === "POST" && isAway(cookies, c);
    if (hides && OPENS.test(c.req.path)) return seeOther(c, `${neutralPath(c)}?done=0`);
    await next();
    if (!hides || !showsPage(c) || answered.find(c) === "shown") return;
    const headers = new Headers({ Location: `${neutralPath(c)}${answered.find(c) ? "" : "?done=0"}` });
    for (const cookie of c.res.headers.getSetCookie()) headers.append("Set-Cookie", cookie);
    // First nothing, since headers of the page that is taken away would be kept.
    c.res = undefined;
    c.res = new Response(null, { status: 303, headers });
  };
}

/** A form that was taken leads on; whatever else comes back may hold words. */
function showsPage(c: AppContext): boolean {
  return c.res.status === 200 || c.res.status >= 400;
}
