import type { Hono, MiddlewareHandler } from "hono";
import type { AppEnv } from "./app.ts";

const guards = new WeakMap<object, string>();

/** Marks a middleware as the guard of a route; every route declares one. */
export function guard(name: string, check: MiddlewareHandler<AppEnv>): MiddlewareHandler<AppEnv> {
  const marked: MiddlewareHandler<AppEnv> = (c, next) => check(c, next);
  guards.set(marked, name);
  return marked;
}

/** For pages that anybody may open. */
export const open = guard("open", (_, next) => next());

/** Each route with the name of its guard, or undefined where none was declared. */
export function guardedRoutes(app: Hono<AppEnv>): { method: string; path: string; guard: string | undefined }[] {
  const routes = new Map<string, { method: string; path: string; guard: string | undefined }>();
  for (const { method, path, handler } of app.routes) {
    if (method === "ALL") continue;
    const route = routes.get(`${method} ${path}`) ?? { method, path, guard: undefined };
    route.guard ??= guards.get(handler);
    routes.set(`${method} ${path}`, route);
  }
  return [...routes.values()];
}

/** Denies by default: a server with an unguarded route does not start. */
export function assertGuarded(app: Hono<AppEnv>): void {
  const bare = guardedRoutes(app).filter((route) => route.guard === undefined);
  if (bare.length > 0)
    throw new Error(`routes without a guard: ${bare.map((r) => `${r.method} ${r.path}`).join(", ")}`);
}
