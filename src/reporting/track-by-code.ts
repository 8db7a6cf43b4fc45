import { setTimeout as pause } from "node:timers/promises";
import { openByCode, type ReporterKey } from "#casework/index.ts";
import { digest } from "#platform/crypto/derive.ts";
import { type Buckets, newBuckets } from "#platform/http/buckets.ts";
import type { Platform } from "#platform/platform.ts";
import { stretchCode } from "./stretch-code.ts";

type Needs = Pick<Platform, "db" | "secrets" | "lanes" | "now">;

/** One code may be tried ten times at once and then once a minute; it is counted by a digest that dies with the process. */
const TRIES = 10;
const TRY_REFILL_MS = 60_000;
/** Every answer to a code takes at least this long, whatever it is. */
const BAND_MS = 250;

export interface CodeGate {
  readonly buckets: Buckets;
}

export function newCodeGate(): CodeGate {
  return { buckets: newBuckets(TRIES, TRY_REFILL_MS) };
}

/**
 * Tries a code of 16 digits. A wrong code, an expired one and one that was tried too often have the same outcome
 * after the same time. Throws `LaneFull` when too many wait: that delays, it never refuses.
 */
export async function trackByCode(needs: Needs, gate: CodeGate, code: string): Promise<ReporterKey | undefined> {
  const band = pause(BAND_MS);
  const { lookup, keys } = await stretchCode(needs, needs.lanes.guessable, code);
  // Counted only once its turn has come: somebody who waits through a flood must not use up the own tries.
  const allowed = gate.buckets.take(digest(code), needs.now());
  const key = allowed ? await openByCode(needs, { lookup, identity: keys.identity }) : undefined;
  await band;
  return key;
}
