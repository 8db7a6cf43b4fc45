import { digest } from "#platform/crypto/derive.ts";
import type { AppContext } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import { updateLiveSessionExpiry } from "./session-store.ts";
import { SESSION_COOKIE } from "./signed-in.ts";

/** Lets the staff session of this browser end so long after now; what is over already stays over. */
export async function endAccountAt(
  { db, cookies }: Pick<Platform, "db" | "cookies">,
  c: AppContext,
  afterMs: number,
): Promise<void> {
  const id = cookies.read(c, SESSION_COOKIE);
  // Lucia compares with the machine's own clock and knows no other.
  const now = Date.now();
  if (id) await db.write((tx) => updateLiveSessionExpiry(tx, digest(id), now + afterMs, now), { durable: false });
}
