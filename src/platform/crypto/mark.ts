import { timingSafeEqual } from "node:crypto";
import { derive, keyedDigest } from "./derive.ts";
import type { Secrets } from "./secrets.ts";

/** What is marked, so that a mark of one thing is none of another. */
export type Marked =
  | "recovery recipient"
  | "person"
  | "desk key"
  | "desk key holder"
  | "apart key holder"
  | "compartment"
  | "audit entry"
  | "audit head";

type Pepper = Pick<Secrets, "pepper">;

/**
 * Marks to whom something is sealed (HMAC-SHA-256 under the pepper, in hexadecimal): whoever can only write the database
 * must not choose who opens what others write.
 * @param parts what belongs together, as ids and recipients
 */
export function markOf({ pepper }: Pepper, what: Marked, ...parts: readonly string[]): string {
  return keyedDigest(keyFor(pepper, what), JSON.stringify(parts));
}

/** Whether a mark was made by this service for exactly these parts. */
export function isMarked(secrets: Pepper, what: Marked, mark: string, ...parts: readonly string[]): boolean {
  const right = Buffer.from(markOf(secrets, what, ...parts));
  const given = Buffer.from(mark);
  return given.length === right.length && timingSafeEqual(given, right);
}

const keys = new WeakMap<Buffer, Map<Marked, Buffer>>();

/** Derived once for each secret: a list of desks asks for as many marks. */
function keyFor(pepper: Buffer, what: Marked): Buffer {
  const known = keys.get(pepper) ?? new Map<Marked, Buffer>();
  keys.set(pepper, known);
  const key = known.get(what) ?? derive(pepper, what);
  known.set(what, key);
  return key;
}
