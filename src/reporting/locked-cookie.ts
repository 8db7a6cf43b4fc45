import { derive } from "#platform/crypto/derive.ts";
import { lock, unlock } from "#platform/crypto/secret-box.ts";
import type { AppContext } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";

type Needs = Pick<Platform, "cookies" | "secrets" | "now">;

/** A cookie's name and what it is for, which keeps it from being read as another. */
export interface LockedCookie {
  readonly name: string;
  readonly purpose: string;
}

const KEPT_SECONDS = 600;
/** So that a length tells nothing either: longer than any code of a report or of a territory. */
const WIDTH = 42;

const keyOf = ({ secrets }: Pick<Needs, "secrets">, { purpose }: LockedCookie) => derive(secrets.pepper, purpose);

/** Keeps a few words for ten minutes in the person's own browser; whoever looks at the phone cannot read them. */
export function writeLocked(needs: Needs, c: AppContext, cookie: LockedCookie, text: string): void {
  const locked = lock(keyOf(needs, cookie), `${needs.now()}.${text}`.padEnd(WIDTH), cookie.purpose);
  needs.cookies.write(c, cookie.name, locked.toString("base64url"), KEPT_SECONDS);
}

/** What `writeLocked` kept, or undefined for what is old or was made by anybody else. */
export function readLocked(needs: Needs, c: AppContext, cookie: LockedCookie): string | undefined {
  const kept = needs.cookies.read(c, cookie.name);
  if (!kept) return undefined;
  try {
    const opened = unlock(keyOf(needs, cookie), Buffer.from(kept, "base64url"), cookie.purpose).toString("utf8");
    const [since, text] = opened.trimEnd().split(".");
    return Number(since) + KEPT_SECONDS * 1000 > needs.now() ? text : undefined;
  } catch {
    return undefined;
  }
}
