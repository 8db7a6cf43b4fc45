import { hash } from "node:crypto";

/** Enough of the hash that two pages never share a tag by chance, and few bytes in a header. */
const LENGTH = 16;

/** A weak tag of a text, the same in every encoding (RFC 9110, 8.8.3); all who see the same text get the same tag. */
export function tagOf(text: string): string {
  return `W/"${hash("sha256", text, "base64url").slice(0, LENGTH)}"`;
}

/** True where a browser that sends this `If-None-Match` holds what has this tag (RFC 9110, 13.1.2). */
export function holds(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (each: string) => each.trim().replace(/^W\//, "");
  return ifNoneMatch.split(",").some((each) => opaque(each) === "*" || opaque(each) === opaque(tag));
}
