import { randomBytes } from "node:crypto";
import { derive, digest } from "#platform/crypto/derive.ts";
import type { AppContext } from "#platform/http/app.ts";
import type { CookieJar } from "#platform/http/cookies.ts";

const COOKIE = "r";
const BYTES = 32;

/** The key of this browser's drafts, or undefined when it holds none. */
export function findCookieKey(cookies: CookieJar, c: AppContext): Buffer | undefined {
  return readKey(cookies.read(c, COOKIE));
}

/** Gives this browser a key for its drafts, which goes with the browser's session. */
export function giveCookieKey(cookies: CookieJar, c: AppContext): Buffer {
  const key = randomBytes(BYTES);
  cookies.write(c, COOKIE, key.toString("base64url"));
  return key;
}

export function removeCookieKey(cookies: CookieJar, c: AppContext): void {
  cookies.remove(c, COOKIE);
}

/** The hidden field that holds the key where cookies are blocked. */
export const DRAFT_FIELD = "draft";

/** A key as a cookie or a hidden field holds it; undefined when it is none. */
export function readKey(typed: string | undefined): Buffer | undefined {
  const key = Buffer.from(typed ?? "", "base64url");
  return key.length === BYTES ? key : undefined;
}

export function draftKeyOf(cookieKey: Uint8Array, draftId: string): Buffer {
  return derive(cookieKey, draftContext(draftId));
}

/** What makes a report exactly one, however often its draft is sent. */
export function submissionOf(draftKey: Uint8Array): string {
  return derive(draftKey, "submission").toString("hex");
}

/** What finds every draft of a browser without saying its key. */
export function ownerOf(cookieKey: Uint8Array): string {
  return digest(derive(cookieKey, "owner"));
}

/** What a sealed draft is bound to, so that no row opens in another's place. */
export function draftContext(draftId: string): string {
  return `draft ${draftId}`;
}
