import { randomBytes } from "node:crypto";
import type { ReporterKey } from "#casework/index.ts";
import { digest, randomToken } from "#platform/crypto/derive.ts";
import { lock, unlock } from "#platform/crypto/secret-box.ts";
import { StorageError } from "#platform/db/errors.ts";
import type { AppContext } from "#platform/http/app.ts";
import type { CookieJar } from "#platform/http/cookies.ts";
import type { Platform } from "#platform/platform.ts";
import {
  deleteTrackingSession,
  findTrackingSession,
  insertTrackingSession,
  updateTrackingExpiry,
} from "./tracking-store.ts";

type Needs = Pick<Platform, "db" | "cookies" | "now">;

const COOKIE = "t";
/** An opened report closes so long after it was last looked at. */
export const IDLE_MS = 30 * 60_000;
/** The expiry moves only when this much of it is used, so that reading does not write each time. */
const RENEW_MS = 5 * 60_000;

const contextOf = (idHash: string) => `tracking ${idHash}`;

/** Remembers what a code opened: the row is useless without the cookie, the cookie without the row. */
export async function beginTracking({ db, cookies, now }: Needs, c: AppContext, key: ReporterKey): Promise<void> {
  const id = randomToken();
  const secret = randomBytes(32);
  const idHash = digest(id);
  const sealed = lock(secret, JSON.stringify(key), contextOf(idHash));
  const earlier = trackingIdHash(cookies, c);
  await db.write(async (tx) => {
    if (earlier) await deleteTrackingSession(tx, earlier);
    await insertTrackingSession(tx, { idHash, sealed, expiresAt: now() + IDLE_MS });
  });
  cookies.write(c, COOKIE, `${id}.${secret.toString("base64url")}`);
}

/** What finds the row of what is open in this browser. */
export function trackingIdHash(cookies: CookieJar, c: AppContext): string | undefined {
  const [id] = cookies.read(c, COOKIE)?.split(".") ?? [];
  return id ? digest(id) : undefined;
}

/** What this browser may read, or undefined when nothing is open in it. */
export async function resumeTracking({ db, cookies, now }: Needs, c: AppContext): Promise<ReporterKey | undefined> {
  const [id, secret] = cookies.read(c, COOKIE)?.split(".") ?? [];
  if (!id || !secret) return undefined;
  const idHash = digest(id);
  const row = await db.read((reader) => findTrackingSession(reader, idHash));
  if (!row || row.expiresAt <= now()) return undefined;
  if (row.expiresAt - now() < IDLE_MS - RENEW_MS) {
    // Reading goes on where nothing can be written for the moment.
    await db.write((tx) => updateTrackingExpiry(tx, idHash, now() + IDLE_MS), { durable: false }).catch(onlyStorage);
  }
  try {
    // Only beginTracking seals with this context.
    return JSON.parse(
      unlock(Buffer.from(secret, "base64url"), row.sealed, contextOf(idHash)).toString("utf8"),
    ) as ReporterKey;
  } catch {
    return undefined;
  }
}

function onlyStorage(error: unknown): void {
  if (!(error instanceof StorageError)) throw error;
}

/** Closes what is open in this browser: the cookie at once, the row beside it. */
export async function endTracking({ db, cookies }: Needs, c: AppContext): Promise<void> {
  const idHash = trackingIdHash(cookies, c);
  cookies.remove(c, COOKIE);
  if (idHash) await db.write((tx) => deleteTrackingSession(tx, idHash), { durable: false });
}
