import { changeSetting } from "#institutions/index.ts";
import { type KeyPair, newKeyPair } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { hasDeskKey } from "./desk-key-store.ts";
import { findStoredRecipient, markedRecipient } from "./recovery-recipient.ts";

/**
 * Makes the key that opens every desk, and stores only to whom is sealed. Once a desk has a key nobody makes another
 * here: an administrator never opens a case, and could give themselves all of them so.
 * @param replaces the end of the recipient that the form was shown with; a page that is loaded again makes no other key
 * @returns the pair, whose identity is shown once, or undefined where a desk has its key already, or another was made since
 */
export async function makeRecoveryKey(
  { db, secrets, now }: Pick<Platform, "db" | "secrets" | "now">,
  by: Pick<Account, "id">,
  replaces: string,
): Promise<KeyPair | undefined> {
  const keys = await newKeyPair();
  const value = markedRecipient(secrets, keys.recipient);
  return db.write(async (tx) => {
    if (await hasDeskKey(tx)) return undefined;
    const before = await findStoredRecipient(tx, secrets);
    if (!(before ?? "").endsWith(replaces) || (before !== undefined && replaces === "")) return undefined;
    await changeSetting(tx, { kind: "person", id: by.id }, now(), { name: "recovery", value });
    return keys;
  });
}
