import type { MiddlewareHandler } from "hono";
import { endAccountAt } from "#accounts/index.ts";
import type { AppContext, AppEnv } from "#platform/http/app.ts";
import { isGated } from "#platform/http/away.ts";
import { closesSoon, isShared, SHARED_IDLE_MS, sharedComputer } from "#platform/http/school-computer.ts";
import { describeError } from "#platform/log.ts";
import type { Platform } from "#platform/platform.ts";
import { endReportsAsUsual, endReportsAt } from "#reporting/index.ts";

/** Nothing of a person is open on these, and leaving waits for nothing. */
const WITHOUT_SESSION = /^\/(static|leave|healthz|readyz|metrics|favicon\.ico)(\/|$)/;

/**
 * On a shared computer: what is open in this browser ends five minutes after this request, and a sensitive page that
 * stands so long leaves by itself, also without a script. Where that is switched off, reports get their time again.
 */
export function closeWhenIdle(platform: Platform): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const before = isShared(platform.cookies, c);
    sharedComputer.set(c, before);
    await next();
    const shared = closesSoon(c);
    if (before && !shared) await store(platform, [endReportsAsUsual(platform, c)]);
    if (!shared || c.req.method === "HEAD" || WITHOUT_SESSION.test(c.req.path)) return;
    c.res.headers.set("Cache-Control", "no-store");
    if (isGated(c) && isPage(c)) c.res.headers.set("Refresh", `${SHARED_IDLE_MS / 1000};url=/leave`);
    await endSoon(platform, c);
  };
}

/** A waiting page already asks again by itself. */
function isPage(c: AppContext): boolean {
  const { headers } = c.res;
  return !headers.has("Refresh") && (headers.get("content-type")?.startsWith("text/html") ?? false);
}

/** After the handler: it may have given what is open its usual, longer time. */
function endSoon(platform: Platform, c: AppContext): Promise<void> {
  return store(platform, [
    endReportsAt(platform, c, platform.now() + SHARED_IDLE_MS),
    endAccountAt(platform, c, SHARED_IDLE_MS),
  ]);
}

/** The answer is ready: where nothing can be written for the moment, it is given all the same. */
async function store({ log }: Platform, changes: readonly Promise<void>[]): Promise<void> {
  for (const change of await Promise.allSettled(changes)) {
    if (change.status === "rejected") log.error(describeError(change.reason), "another end was not stored");
  }
}
