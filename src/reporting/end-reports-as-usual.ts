import type { AppContext } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import { findCookieKey, ownerOf } from "./draft-key.ts";
import { endDraftsAsUsual } from "./draft-store.ts";
import { IDLE_MS, trackingIdHash } from "./tracking-session.ts";
import { endTrackingAt } from "./tracking-store.ts";
import { stopWaiting } from "./wait-for-turn.ts";

type Needs = Pick<Platform, "db" | "cookies" | "now">;

/**
 * Gives the drafts and the report that this browser has open their usual time again, where a shared computer was
 * switched off; what is over already stays over, and a code that waits may be somebody else's.
 */
export async function endReportsAsUsual({ db, cookies, now }: Needs, c: AppContext): Promise<void> {
  const key = findCookieKey(cookies, c);
  const idHash = trackingIdHash(cookies, c);
  stopWaiting({ cookies }, c);
  if (!key && !idHash) return;
  await db.write(
    async (tx) => {
      if (key) await endDraftsAsUsual(tx, ownerOf(key), now());
      if (idHash) await endTrackingAt(tx, idHash, now() + IDLE_MS, now());
    },
    { durable: false },
  );
}
