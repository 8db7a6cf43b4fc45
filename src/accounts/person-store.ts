import { and, count, eq, inArray, isNull, lt, or } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import type { LockedIdentity } from "./person-key.ts";
import { person, setupLink } from "./schema.ts";

export type Person = typeof person.$inferSelect;

export async function insertPerson(tx: Writer, row: Person): Promise<void> {
  await tx.insert(person).values(row);
}

export async function findPerson(reader: Reader, id: string): Promise<Person | undefined> {
  const [row] = await reader
    .select()
    .from(person)
    .where(and(eq(person.id, id), isNull(person.removedAt)));
  return row;
}

export async function findPersonByEmail(reader: Reader, email: string): Promise<Person | undefined> {
  const [row] = await reader
    .select()
    .from(person)
    .where(and(eq(person.email, email), isNull(person.removedAt)));
  return row;
}

/** The names of people by id, of those who left too: their notes keep their author. */
export async function listNames(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function updateLanguage(tx: Writer, id: string, language: string): Promise<void> {
  await tx.update(person).set({ language }).where(eq(person.id, id));
}

export async function updateSignedIn(tx: Writer, id: string, at: number): Promise<void> {
  await tx.update(person).set({ signedInAt: at }).where(eq(person.id, id));
}

/**
 * Notes the newest step of an authenticator whose code was taken.
 * @returns false where that step or a later one was taken before
 */
export async function updateTotpStep(tx: Writer, id: string, step: number): Promise<boolean> {
  const rows = await tx
    .update(person)
    .set({ totpStep: step })
    .where(and(eq(person.id, id), or(isNull(person.totpStep), lt(person.totpStep, step))))
    .returning({ id: person.id });
  return rows.length > 0;
}

/** Sets the sealed secret of an authenticator, or takes it away. */
export async function updateTotp(tx: Writer, id: string, sealedTotp: Buffer | null): Promise<void> {
  await tx
    .update(person)
    .set(sealedTotp ? { sealedTotp } : { sealedTotp, totpStep: null })
    .where(eq(person.id, id));
}

/** Ends an account and sets its e-mail free, so that the same person may be invited again. */
export async function closePerson(tx: Writer, id: string, at: number): Promise<void> {
  await tx
    .update(person)
    .set({ removedAt: at, email: `closed ${id}`, sealedTotp: null })
    .where(eq(person.id, id));
}

/** Gives an account another password and another key. */
export async function updateIdentity(tx: Writer, id: string, locked: LockedIdentity): Promise<void> {
  const { recipient, recipientMark, passwordSalt, sealedByPassword, recoverySalt, sealedByRecovery } = locked;
  await tx
    .update(person)
    .set({ recipient, recipientMark, passwordSalt, sealedByPassword, recoverySalt, sealedByRecovery })
    .where(eq(person.id, id));
}

interface Lock {
  readonly salt: Buffer;
  readonly sealed: Buffer;
}

/**
 * Replaces one lock of a person's identity, or both.
 * @param person as it was read before: whoever changed a lock meanwhile was first
 */
export async function updateLocks(
  tx: Writer,
  { id, recipient, recoverySalt, passwordSalt }: Person,
  { byPassword, byCode }: { readonly byPassword?: Lock; readonly byCode?: Lock },
): Promise<boolean> {
  const rows = await tx
    .update(person)
    .set({
      ...(byPassword ? { passwordSalt: byPassword.salt, sealedByPassword: byPassword.sealed } : {}),
      ...(byCode ? { recoverySalt: byCode.salt, sealedByRecovery: byCode.sealed } : {}),
    })
    .where(
      and(
        eq(person.id, id),
        eq(person.recipient, recipient),
        isNull(person.removedAt),
        eq(person.recoverySalt, recoverySalt),
        eq(person.passwordSalt, passwordSalt),
      ),
    )
    .returning({ id: person.id });
  return rows.length > 0;
}

export async function updateRole(tx: Writer, id: string, role: string): Promise<void> {
  await tx.update(person).set({ role }).where(eq(person.id, id));
}

export async function countPeople(reader: Reader): Promise<number> {
  const [row] = await reader.select({ people: count() }).from(person);
  return row?.people ?? 0;
}

export async function countRole(reader: Reader, role: string): Promise<number> {
  const [row] = await reader
    .select({ people: count() })
    .from(person)
    .where(and(eq(person.role, role), isNull(person.removedAt)));
  return row?.people ?? 0;
}

export async function insertSetupLink(tx: Writer, tokenHash: string, expiresAt: number): Promise<void> {
  await tx.delete(setupLink).where(lt(setupLink.expiresAt, Number.MAX_SAFE_INTEGER));
  await tx.insert(setupLink).values({ tokenHash, expiresAt });
}

export async function hasSetupLink(reader: Reader, tokenHash: string, now: number): Promise<boolean> {
  const [row] = await reader.select().from(setupLink).where(eq(setupLink.tokenHash, tokenHash));
  return row !== undefined && row.expiresAt > now;
}

export async function deleteSetupLink(tx: Writer, tokenHash: string): Promise<void> {
  await tx.delete(setupLink).where(eq(setupLink.tokenHash, tokenHash));
}
