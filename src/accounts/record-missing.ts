import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { recordAudit } from "#audit/index.ts";
import type { AppEnv } from "#platform/http/app.ts";
import { newBuckets } from "#platform/http/buckets.ts";
import type { Platform } from "#platform/platform.ts";
import { account } from "./account.ts";

/** So many rows a person may cause at once, and one more each minute: a record that nobody may delete from must not fill. */
const ROWS = 30;
const REFILL_MS = 60_000;

/** Records that somebody who is signed in asked for what is not there, or not theirs; which of both nobody is told. */
export function recordMissing({ db, now }: Pick<Platform, "db" | "now">): MiddlewareHandler<AppEnv> {
  const rows = newBuckets(ROWS, REFILL_MS);
  return async (c, next) => {
    await next();
    const who = c.res.status === 404 ? account.find(c) : undefined;
    if (!who || !rows.take(who.id, now())) return;
    const by = { kind: "person", id: who.id } as const;
    const detail = { route: `${c.req.method} ${routePath(c, -1)}` };
    await db.write((tx) => recordAudit(tx, { action: "account.refused", by, subject: by, at: now(), detail }));
  };
}
