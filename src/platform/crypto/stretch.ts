import { hashRaw } from "@node-rs/argon2";
import type { Lane } from "./lane.ts";
import type { Secrets } from "./secrets.ts";

/** OWASP's floor for Argon2id: 19 MiB, two passes, one lane; about 11 ms on one core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export interface Stretching {
  /** What is stretched: a code, a password or a recovery code. */
  readonly secret: string;
  readonly salt: Uint8Array;
  readonly length: number;
}

/** Stretches a guessable secret with Argon2id (RFC 9106), the pepper as its secret input, in the given lane. */
export function stretch(
  secrets: Pick<Secrets, "pepper">,
  lane: Lane,
  { secret, salt, length }: Stretching,
): Promise<Buffer> {
  return lane.run(() => hashRaw(secret, { ...COST, algorithm: 2, outputLen: length, salt, secret: secrets.pepper }));
}
