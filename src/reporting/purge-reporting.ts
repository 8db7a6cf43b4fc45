import type { Platform } from "#platform/platform.ts";
import { purgeDrafts } from "./purge-drafts.ts";
import { deleteExpiredTracking } from "./tracking-store.ts";

/** Deletes drafts and tracking sessions whose time has passed. */
export async function purgeReporting(needs: Pick<Platform, "db" | "now">): Promise<void> {
  await purgeDrafts(needs);
  await needs.db.write((tx) => deleteExpiredTracking(tx, needs.now()), { durable: false });
}
