import { recordAudit } from "#audit/index.ts";
import { findByIdentifier, listDesksAt } from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import { type NewPerson, prepareAccount, storeAccount } from "./create-account.ts";
import { prepareDeskKey, storeDeskKey } from "./desk-keys.ts";
import { insertDeskMember, newestDeskKey } from "./desk-store.ts";
import { countPeople, findPersonByEmail } from "./person-store.ts";

export interface AddPersonNeeds extends Pick<Platform, "db" | "secrets" | "lanes" | "now"> {
  readonly recoveryRecipient: string | undefined;
}

export type AddPersonRefusal = "notSetUp" | "emailTaken" | "noInstitution" | "noDesk" | "deskTaken";

export type AddedPerson =
  | { readonly ok: true; readonly password: string; readonly recoveryCode: string }
  | { readonly ok: false; readonly because: AddPersonRefusal };

/**
 * Makes an account with a password of its own making, and where an institution is named by its identifier, makes the
 * person the first member of its first desk, with the desk's key. Whoever comes to a desk that has a key is admitted by a
 * colleague, who alone can open it, also where all that were there have left.
 */
export async function addPerson(
  needs: AddPersonNeeds,
  person: Omit<NewPerson, "password">,
  identifier: string | undefined,
): Promise<AddedPerson> {
  const { db, now, recoveryRecipient } = needs;
  const password = randomToken(12);
  const account = await prepareAccount(needs, { ...person, password });
  const deskId = await db.read(async (reader) => {
    const institution = identifier === undefined ? undefined : await findByIdentifier(reader, identifier);
    return institution && (await listDesksAt(reader, institution.id))[0]?.id;
  });
  const key = deskId === undefined ? undefined : await prepareDeskKey(deskId, account.row, recoveryRecipient);
  const at = now();
  const by = { kind: "system" } as const;
  return db.write(async (tx) => {
    if ((await countPeople(tx)) === 0) return { ok: false, because: "notSetUp" };
    if (await findPersonByEmail(tx, account.row.email)) return { ok: false, because: "emailTaken" };
    if (identifier !== undefined && !(await findByIdentifier(tx, identifier)))
      return { ok: false, because: "noInstitution" };
    if (identifier !== undefined && deskId === undefined) return { ok: false, because: "noDesk" };
    if (deskId !== undefined && (await newestDeskKey(tx, deskId))) return { ok: false, because: "deskTaken" };
    await storeAccount(tx, account);
    if (deskId !== undefined && key) {
      const subject = { kind: "desk", id: deskId } as const;
      await insertDeskMember(tx, { deskId, personId: account.row.id, admittedAt: at });
      await storeDeskKey(tx, key, at);
      await recordAudit(tx, { action: "desk.keyMade", by, subject, at });
    }
    return { ok: true, password, recoveryCode: account.recoveryCode };
  });
}
