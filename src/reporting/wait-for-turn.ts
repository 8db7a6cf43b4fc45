import { derive } from "#platform/crypto/derive.ts";
import { lock, unlock } from "#platform/crypto/secret-box.ts";
import type { AppContext } from "#platform/http/app.ts";
import type { Platform } from "#platform/platform.ts";

type Needs = Pick<Platform, "cookies" | "secrets" | "now">;

const COOKIE = "w";
const KEPT_SECONDS = 600;
const PURPOSE = "code that waits";

const keyOf = ({ secrets }: Pick<Needs, "secrets">) => derive(secrets.pepper, PURPOSE);

/** Keeps a code for ten minutes in the person's own browser, locked, so that the waiting page can ask by itself. */
export function keepWaiting(needs: Needs, c: AppContext, code: string): void {
  needs.cookies.write(
    c,
    COOKIE,
    lock(keyOf(needs), `${needs.now()}.${code}`, PURPOSE).toString("base64url"),
    KEPT_SECONDS,
  );
}

/** The code with which this browser waits, or undefined. */
export function waitingCode(needs: Needs, c: AppContext): string | undefined {
  const kept = needs.cookies.read(c, COOKIE);
  if (!kept) return undefined;
  try {
    const opened = unlock(keyOf(needs), Buffer.from(kept, "base64url"), PURPOSE).toString("utf8");
    const [since, code] = opened.split(".");
    return Number(since) + KEPT_SECONDS * 1000 > needs.now() ? code : undefined;
  } catch {
    return undefined;
  }
}

export function stopWaiting({ cookies }: Pick<Needs, "cookies">, c: AppContext): void {
  cookies.remove(c, COOKIE);
}
