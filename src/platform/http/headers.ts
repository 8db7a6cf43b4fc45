import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./app.ts";

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The few headers every page needs; a redirect carries fewer, since a whole journey has to fit in 60 KB. */
export const pageHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { headers } = c.res;
  headers.set("Referrer-Policy", "same-origin");
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  if (headers.has("content-type")) headers.set("X-Content-Type-Options", "nosniff");
  if (headers.get("content-type")?.startsWith("text/html")) headers.set("Content-Security-Policy", POLICY);
};
