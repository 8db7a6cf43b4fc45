import type { Hono, MiddlewareHandler } from "hono";
import type { AppEnv } from "./app.ts";

const guards = new WeakMap<object, string>();

const OPEN = "open";

/** Marks a middleware as the guard of a route; every route declares one. */
export function guard(name: string, check: MiddlewareHandler<AppEnv>): MiddlewareHandler<AppEnv> {
  // Looking at a head changes nothing anywhere and tells nothing: only pages for everybody answer it from their page.
  const marked: MiddlewareHandler<AppEnv> = async (c, next) =>
    c.req.method === "HEAD" && name !== OPEN ? c.body(null, 200) : check(c, next);
  guards.set(marked, name);
  return marked;
}

/** For pages that anybody may open. */
export const open = guard(OPEN, (_, next) => next());

export interface GuardedRoute {
  readonly method: string;
  readonly path: string;
  /** Undefined where none was declared, or where it stands behind the handler. */
  readonly guard: string | undefined;
}

/** Each route with its guard; a middleware for every path is no route. */
export function guardedRoutes(app: Hono<AppEnv>): GuardedRoute[] {
  const routes = new Map<string, GuardedRoute>();
  for (const { method, path, handler } of app.routes) {
    if (method === "ALL" && handler.length === 2 && /\*$/.test(path)) continue;
    const key = `${method} ${path}`;
    if (!routes.has(key)) routes.set(key, { method, path, guard: guards.get(handler) });
  }
  return [...routes.values()];
}

/** Denies by default: a server with an unguarded route does not start. */
export function assertGuarded(app: Hono<AppEnv>): void {
  const bare = guardedRoutes(app).filter((route) => route.guard === undefined);
  if (bare.length > 0)
    throw new Error(`routes without a guard: ${bare.map((r) => `${r.method} ${r.path}`).join(", ")}`);
}
