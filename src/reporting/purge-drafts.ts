import type { Platform } from "#platform/platform.ts";
import { deleteExpired } from "./draft-store.ts";

/** Deletes drafts whose time has passed; a routine of the worker. */
export async function purgeDrafts({ db, now }: Pick<Platform, "db" | "now">): Promise<void> {
  await db.write((tx) => deleteExpired(tx, now()), { durable: false });
}
