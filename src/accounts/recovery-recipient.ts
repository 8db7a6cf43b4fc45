import { timingSafeEqual } from "node:crypto";
import { findSetting } from "#institutions/index.ts";
import { derive, keyedDigest } from "#platform/crypto/derive.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";

export interface RecoveryNeeds extends Pick<Platform, "db" | "secrets"> {
  /** What the environment says, which comes first. */
  readonly recoveryRecipient: string | undefined;
}

/** To whom the keys of desks are sealed besides their members; undefined where nobody keeps a recovery key. */
export async function findRecoveryRecipient(needs: RecoveryNeeds): Promise<string | undefined> {
  return needs.db.read((reader) => findRecoveryIn(reader, needs));
}

/** The same inside a transaction. */
export async function findRecoveryIn(
  reader: Reader,
  { secrets, recoveryRecipient }: Omit<RecoveryNeeds, "db">,
): Promise<string | undefined> {
  return recoveryRecipient ?? findStoredRecipient(reader, secrets);
}

/** The recipient that set-up stored; one that somebody wrote into the database without the pepper counts as none. */
export async function findStoredRecipient(
  reader: Reader,
  secrets: Pick<Secrets, "pepper">,
): Promise<string | undefined> {
  const [recipient = "", mark = ""] = (await findSetting(reader, "recovery"))?.split(" ") ?? [];
  const right = Buffer.from(markOf(secrets, recipient));
  const given = Buffer.from(mark);
  return given.length === right.length && timingSafeEqual(given, right) ? recipient : undefined;
}

/** A recipient as it is stored: whoever can only write the database must not choose who opens every desk. */
export function markedRecipient(secrets: Pick<Secrets, "pepper">, recipient: string): string {
  return `${recipient} ${markOf(secrets, recipient)}`;
}

const markOf = ({ pepper }: Pick<Secrets, "pepper">, recipient: string) =>
  keyedDigest(derive(pepper, "recovery recipient"), recipient);
