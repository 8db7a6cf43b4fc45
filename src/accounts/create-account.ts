import { recordAudit } from "#audit/index.ts";
import { searchForm } from "#institutions/index.ts";
import type { Language } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { KeyPair } from "#platform/crypto/seal.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { makeIdentity } from "./person-key.ts";
import { insertPerson, type Person } from "./person-store.ts";
import { newRecoveryCode, tidyRecoveryCode } from "./recovery-code.ts";
import type { Role } from "./roles.ts";

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  readonly password: string;
}

/** A person ready to be stored, with what is shown to that person once and kept nowhere. */
export interface PreparedAccount {
  readonly row: Person;
  readonly keys: KeyPair;
  readonly recoveryCode: string;
}

/** @param id of a person who is there already and gets a new key */
export async function prepareAccount(
  needs: Pick<Platform, "secrets" | "lanes" | "now">,
  { email, name, role, language, password }: NewPerson,
  id = randomToken(),
): Promise<PreparedAccount> {
  const recoveryCode = newRecoveryCode();
  const { keys, ...locked } = await makeIdentity(needs, id, { password, recoveryCode: tidyRecoveryCode(recoveryCode) });
  const life = { createdAt: needs.now(), removedAt: null, signedInAt: null, sealedTotp: null, totpStep: null };
  const row = {
    ...{ id, email: tidyEmail(email), name, role, language, ...locked, ...life },
    searchName: searchForm(`${name} ${email}`),
  };
  return { row, keys, recoveryCode };
}

/** Stores a prepared person. Throws a unique `StorageError` when the e-mail is taken. */
export async function storeAccount(tx: Writer, { row }: PreparedAccount): Promise<void> {
  await insertPerson(tx, row);
  const subject = { kind: "person", id: row.id } as const;
  await recordAudit(tx, {
    action: "account.created",
    by: { kind: "system" },
    subject,
    at: row.createdAt,
    detail: { role: row.role },
  });
}

export function tidyEmail(typed: string): string {
  return typed.trim().toLowerCase();
}
