import type { Lane } from "#platform/crypto/lane.ts";
import { type KeyPair, keyPairFrom } from "#platform/crypto/seal.ts";
import { stretch } from "#platform/crypto/stretch.ts";
import type { Platform } from "#platform/platform.ts";

/** The two halves of a stretched code: what a report is looked up by, and what opens it. */
export interface StretchedCode {
  readonly lookup: string;
  readonly keys: KeyPair;
}

const HALF = 32;

/** Stretches a code, for sending and for following alike: were they two recipes, no code would open its report. */
export async function stretchCode(
  { secrets }: Pick<Platform, "secrets">,
  lane: Lane,
  code: string,
): Promise<StretchedCode> {
  const stretched = await stretch(secrets, lane, { secret: code, salt: secrets.codeSalt, length: 2 * HALF });
  const keys = await keyPairFrom(stretched.subarray(HALF));
  return { lookup: stretched.subarray(0, HALF).toString("hex"), keys };
}
