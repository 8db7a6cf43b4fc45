import type { Account } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import {
  type ContactPerson,
  deleteContactPerson,
  insertContactPerson,
  listContactPersons,
  updateContactPerson,
} from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { isChangedMeanwhile, type PartValues } from "./registry-part-changed.ts";

type Needs = Pick<Platform, "db" | "now">;
type By = Pick<Account, "id">;
type Row = Pick<ContactPerson, "name" | "role" | "phone">;

/** Adds a person whom colleagues of other institutions call; a form that is sent twice adds one. */
export async function addContact(
  { db, now }: Needs,
  by: By,
  { institutionId, row }: { readonly institutionId: string; readonly row: Row },
): Promise<void> {
  await db.write(async (tx) => {
    const there = await listContactPersons(tx, institutionId);
    const isSame = (each: Row) => each.name === row.name && each.role === row.role && each.phone === row.phone;
    if (there.some(isSame)) return;
    await insertContactPerson(tx, { ...row, id: randomToken(), institutionId });
    await record(tx, by, institutionId, now());
  });
}

interface ChangedContact {
  readonly contact: Pick<ContactPerson, "id" | "institutionId">;
  readonly row: Row;
  /** What the form said when it was shown. */
  readonly shown: PartValues | undefined;
}

/** Changes a contact person unless somebody else has meanwhile; gives what stands there then, and undefined when done. */
export async function changeContact(
  { db, now }: Needs,
  by: By,
  { contact: { id, institutionId }, row, shown }: ChangedContact,
): Promise<PartValues | undefined> {
  return db.write(async (tx) => {
    const kept = (await listContactPersons(tx, institutionId)).find((each) => each.id === id);
    // Somebody has removed them: what was written is written anew.
    if (!kept) await insertContactPerson(tx, { ...row, id, institutionId });
    else {
      const theirs = contactValues(kept);
      if (isChangedMeanwhile({ theirs, mine: contactValues(row), shown })) return theirs;
      await updateContactPerson(tx, id, row);
    }
    await record(tx, by, institutionId, now());
    return undefined;
  });
}

/** What the fields of a contact person say. */
export function contactValues({ name, role, phone }: Row): PartValues {
  return { name, role, phone: phone ?? "" };
}

/** Removes a contact person of an institution; whom somebody else has removed is gone already. */
export async function removeContact({ db, now }: Needs, by: By, contact: ContactPerson): Promise<void> {
  await db.write(async (tx) => {
    if (!(await deleteContactPerson(tx, contact.institutionId, contact.id))) return;
    await record(tx, by, contact.institutionId, now());
  });
}

function record(tx: Writer, by: By, institutionId: string, at: number): Promise<void> {
  return recordAudit(tx, {
    action: "institution.contactChanged",
    by: { kind: "person", id: by.id },
    subject: { kind: "institution", id: institutionId },
    at,
  });
}
