import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import { renameApartKeyHolder } from "./apart-key-store.ts";
import { formerHolder, insertFormerIdentity } from "./former-identity-store.ts";
import type { Person } from "./person-store.ts";

/**
 * Keeps what an account is locked under, with the keys for single cases that are sealed to it, before another takes its
 * place: whoever gave the link may be kept away from a case that nobody else can open. It is kept whether or not there is
 * such a key.
 */
export async function keepFormerIdentity(tx: Writer, person: Person, at: number): Promise<void> {
  const { id: personId, recipient, passwordSalt, sealedByPassword, recoverySalt, sealedByRecovery } = person;
  const id = randomToken();
  const locked = { recipient, passwordSalt, sealedByPassword, recoverySalt, sealedByRecovery };
  await insertFormerIdentity(tx, { id, personId, ...locked, endedAt: at, openedAt: null });
  await renameApartKeyHolder(tx, personId, formerHolder(id));
}
