import type { MiddlewareHandler } from "hono";
import type { AppContext, AppEnv } from "./app.ts";
import { otherSite } from "./errors.ts";
import { readFields } from "./read-body.ts";

/**
 * Refuses a form that another site sent, by `Sec-Fetch-Site` and `Origin` (Fetch Metadata, RFC 6454).
 * Browsers too old for both headers pass, and their cookies are `SameSite=Lax` all the same.
 * @param baseUrl the public address; without one the request's own host counts
 */
export function sameSiteForms(baseUrl: string | undefined): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD" || cameFromHere(c, baseUrl)) return next();
    await readFields(c);
    throw otherSite();
  };
}

function cameFromHere(c: AppContext, baseUrl: string | undefined): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined && site !== "same-origin") return false;
  const origin = c.req.header("origin");
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  return baseUrl ? new URL(origin).origin === new URL(baseUrl).origin : new URL(origin).host === c.req.header("host");
}
