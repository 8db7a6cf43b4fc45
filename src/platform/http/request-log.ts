import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Log } from "#platform/log.ts";
import type { AppEnv } from "./app.ts";

/** One line a request: the route's pattern and the outcome, never an address, a browser, a path's values or a text. */
export function requestLog({ log }: { readonly log: Log }): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const begun = performance.now();
    await next();
    const ms = Math.round(performance.now() - begun);
    log.info(
      { id: c.get("requestId"), method: c.req.method, route: routePath(c, -1), status: c.res.status, ms },
      "request",
    );
  };
}
