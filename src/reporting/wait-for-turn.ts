import type { AppContext } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";
import { readLocked, writeLocked } from "./locked-cookie.ts";

type Needs = Pick<Platform, "cookies" | "secrets" | "now">;

const COOKIE = { name: "w", purpose: "code that waits" } as const;

/** Keeps a code in the person's own browser, so that the waiting page can ask by itself. */
export function keepWaiting(needs: Needs, c: AppContext, code: string): void {
  writeLocked(needs, c, COOKIE, code);
}

/** The code with which this browser waits, or undefined. */
export function waitingCode(needs: Needs, c: AppContext): string | undefined {
  return readLocked(needs, c, COOKIE);
}

export function stopWaiting({ cookies }: Pick<Needs, "cookies">, c: AppContext): void {
  cookies.remove(c, COOKIE.name);
}
