import { derive } from "#platform/crypto/derive.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import { lock, unlock } from "#platform/crypto/secret-box.ts";
import type { Platform } from "#platform/platform.ts";
import { DRAFT_LIFE_MS } from "./draft.ts";

/** The hidden field that says since when the one page lies open. */
export const OPENED_FIELD = "opened";

const PURPOSE = "one page opened";

type Needs = Pick<Platform, "secrets" | "now">;

/** The moment at which a page was given out, locked for the key of this one page, so that nobody can write another. */
export function writeOpened({ secrets, now }: Needs, key: Uint8Array): string {
  return lock(derive(secrets.pepper, PURPOSE), String(now()), contextOf(key)).toString("base64url");
}

/** When this page was given out; undefined for what this service did not write, and once a draft would have gone. */
export function readOpened({ secrets, now }: Needs, key: Uint8Array, typed: string | undefined): number | undefined {
  try {
    const locked = Buffer.from(typed ?? "", "base64url");
    const at = Number(unlock(derive(secrets.pepper, PURPOSE), locked, contextOf(key)).toString("utf8"));
    return at + DRAFT_LIFE_MS > now() ? at : undefined;
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
}

function contextOf(key: Uint8Array): string {
  return `${PURPOSE} ${Buffer.from(key).toString("base64url")}`;
}
