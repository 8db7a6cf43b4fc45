import { derive } from "#platform/crypto/derive.ts";
import { lock, unlock } from "#platform/crypto/secret-box.ts";
import type { AppContext } from "#platform/http/app.ts";
import { closesSoon, SHARED_IDLE_MS } from "#platform/http/school-computer.ts";
import type { Platform } from "#platform/platform.ts";

type Needs = Pick<Platform, "cookies" | "secrets" | "now">;

/** A cookie's name and what it is for, which keeps it from being read as another. */
export interface LockedCookie {
  readonly name: string;
  readonly purpose: string;
}

const KEPT_MS = 10 * 60_000;
/** So that a length tells nothing either: longer than any code of a report or of a territory. */
const WIDTH = 49;

const keyOf = ({ secrets }: Pick<Needs, "secrets">, { purpose }: LockedCookie) => derive(secrets.pepper, purpose);

const keptHere = (c: AppContext) => (closesSoon(c) ? SHARED_IDLE_MS : KEPT_MS);

/**
 * Keeps a few words in the person's own browser until it is closed, at most ten minutes and on a shared computer five;
 * whoever looks at the phone cannot read them.
 */
export function writeLocked(needs: Needs, c: AppContext, cookie: LockedCookie, text: string): void {
  const kept = `${needs.now()}.${keptHere(c)}.${text}`.padEnd(WIDTH);
  needs.cookies.write(c, cookie.name, lock(keyOf(needs, cookie), kept, cookie.purpose).toString("base64url"));
}

/** What `writeLocked` kept, or undefined for what is old or was made by anybody else. */
export function readLocked(needs: Needs, c: AppContext, cookie: LockedCookie): string | undefined {
  const kept = needs.cookies.read(c, cookie.name);
  if (!kept) return undefined;
  try {
    const opened = unlock(keyOf(needs, cookie), Buffer.from(kept, "base64url"), cookie.purpose).toString("utf8");
    const [since, life, text] = opened.trimEnd().split(".");
    // The shorter one, so that switching the shared computer on or off keeps nothing longer.
    return Number(since) + Math.min(Number(life), keptHere(c)) > needs.now() ? text : undefined;
  } catch {
    return undefined;
  }
}
