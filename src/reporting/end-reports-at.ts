import type { AppContext } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import { findCookieKey, ownerOf } from "./draft-key.ts";
import { endDraftsAt } from "./draft-store.ts";
import { trackingIdHash } from "./tracking-session.ts";
import { endTrackingAt } from "./tracking-store.ts";

type Needs = Pick<Platform, "db" | "cookies" | "now">;

/** Lets the drafts and the report that this browser has open end at a moment; what is over already stays over. */
export async function endReportsAt({ db, cookies, now }: Needs, c: AppContext, at: number): Promise<void> {
  const key = findCookieKey(cookies, c);
  const idHash = trackingIdHash(cookies, c);
  if (!key && !idHash) return;
  await db.write(
    async (tx) => {
      if (key) await endDraftsAt(tx, ownerOf(key), at, now());
      if (idHash) await endTrackingAt(tx, idHash, at, now());
    },
    { durable: false },
  );
}
