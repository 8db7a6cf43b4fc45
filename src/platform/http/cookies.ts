import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { AppContext } from "./app.ts";

/** A necessary cookie, the only kind there is: never readable by scripts, never sent from another site's form. */
export interface CookieJar {
  read(c: AppContext, name: string): string | undefined;
  write(c: AppContext, name: string, value: string, seconds?: number): void;
  remove(c: AppContext, name: string): void;
}

const cookiesOf = new WeakMap<Request, Readonly<Record<string, string>>>();

/** All that a browser sent, taken apart once: every page asks for four of them. */
function sentWith(c: AppContext): Readonly<Record<string, string>> {
  const known = cookiesOf.get(c.req.raw) ?? getCookie(c);
  cookiesOf.set(c.req.raw, known);
  return known;
}

/** @param secure true where people reach the service over https; then names carry `__Host-` (RFC 6265bis) */
export function newCookieJar(secure: boolean): CookieJar {
  const prefix = secure ? "__Host-" : "";
  const attributes = { path: "/", httpOnly: true, sameSite: "Lax", secure } as const;
  return {
    read: (c, name) => sentWith(c)[prefix + name] || undefined,
    write: (c, name, value, seconds) =>
      setCookie(c, prefix + name, value, seconds === undefined ? attributes : { ...attributes, maxAge: seconds }),
    remove(c, name) {
      if (sentWith(c)[prefix + name] !== undefined) deleteCookie(c, prefix + name, attributes);
    },
  };
}
