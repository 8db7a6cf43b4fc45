import type { Platform } from "#platform/platform.ts";
import { ownerOf } from "./draft-key.ts";
import { deleteDraftsOf } from "./draft-store.ts";

/** Deletes every draft of this browser, for somebody who leaves. */
export async function forgetDrafts({ db }: Pick<Platform, "db">, cookieKey: Buffer): Promise<void> {
  await db.write((tx) => deleteDraftsOf(tx, ownerOf(cookieKey)), { durable: false });
}
