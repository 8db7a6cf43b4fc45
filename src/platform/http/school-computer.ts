import { type AppContext, carried } from "./app.ts";
import type { CookieJar } from "./cookies.ts";

const COOKIE = "c";

/** On a shared computer whatever is open ends so long after the last request. */
export const SHARED_IDLE_MS = 5 * 60_000;

/** Pages that show or take what somebody reports, and everything staff see. */
export const SENSITIVE = /^\/(staff|[^/]+\/(r|report|track))(\/|$)/;

/** Whether this request comes from a browser that was said to be shared, or has just been. */
export const sharedComputer = carried<boolean>("answer whether this computer is shared");

/** Whether this page closes by itself, and has to offer a way to stay (WCAG 2.2, 2.2.1). */
export function closesSoon(c: AppContext): boolean {
  return sharedComputer.find(c) ?? false;
}

/** Remembers until the browser is closed that others use it too; the cookie says nothing else. */
export function shareComputer(cookies: CookieJar, c: AppContext): void {
  cookies.write(c, COOKIE, "1");
  sharedComputer.set(c, true);
}

export function unshareComputer(cookies: CookieJar, c: AppContext): void {
  cookies.remove(c, COOKIE);
  sharedComputer.set(c, false);
}

export function isShared(cookies: CookieJar, c: AppContext): boolean {
  return cookies.read(c, COOKIE) !== undefined;
}
