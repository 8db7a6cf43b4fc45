import { and, eq, inArray, isNotNull, ne, notInArray, or, type SQL } from "drizzle-orm";
import { deskHands } from "#institutions/index.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import type { HeldDeskKey } from "./desk-key-store.ts";
import { selectFormerHolders } from "./former-identity-store.ts";
import { RECOVERY } from "./recovery-holder.ts";
import { apartKey, apartKeyHolder, deskMember } from "./schema.ts";

export async function insertApartKey(tx: Writer, row: typeof apartKey.$inferInsert): Promise<void> {
  await tx.insert(apartKey).values(row);
}

/** Twice is once: two colleagues may share a key with a third at the same moment. */
export async function insertApartKeyHolder(tx: Writer, row: typeof apartKeyHolder.$inferInsert): Promise<void> {
  await tx.insert(apartKeyHolder).values(row).onConflictDoNothing();
}

/**
 * Puts what seals a key to a holder in the place of an earlier one.
 * @returns false where the key has gone meanwhile
 */
export async function replaceApartKeyHolder(tx: Writer, row: typeof apartKeyHolder.$inferInsert): Promise<boolean> {
  const [key] = await tx.select({ id: apartKey.id }).from(apartKey).where(eq(apartKey.id, row.apartKeyId));
  if (!key) return false;
  const target = [apartKeyHolder.apartKeyId, apartKeyHolder.holder];
  const { sealed, mark } = row;
  await tx.insert(apartKeyHolder).values(row).onConflictDoUpdate({ target, set: { sealed, mark } });
  return true;
}

/** A key for a single case as somebody holds it. */
export interface CoverableKey {
  readonly id: string;
  readonly deskId: string;
  readonly sealed: Buffer;
  /** The mark of the offline recovery identity as its holder; null where it is none. */
  readonly recoveryMark: string | null;
}

/** The keys for single cases that a person holds, or all as anybody holds them, with what says who else can recover them. */
export async function listApartKeysToCover(reader: Reader, personId: string | undefined): Promise<CoverableKey[]> {
  const recovery = selectRecoveryHolders(reader);
  return reader
    .select({ id: apartKey.id, deskId: apartKey.deskId, sealed: apartKeyHolder.sealed, recoveryMark: recovery.mark })
    .from(apartKey)
    .innerJoin(apartKeyHolder, eq(apartKeyHolder.apartKeyId, apartKey.id))
    .leftJoin(recovery, eq(recovery.id, apartKey.id))
    .where(personId === undefined ? ne(apartKeyHolder.holder, RECOVERY) : eq(apartKeyHolder.holder, personId));
}

/** Which keys for single cases were sealed to the offline recovery identity, with the mark of that. To be joined. */
export function selectRecoveryHolders(reader: Reader) {
  return reader
    .select({ id: apartKeyHolder.apartKeyId, mark: apartKeyHolder.mark })
    .from(apartKeyHolder)
    .where(eq(apartKeyHolder.holder, RECOVERY))
    .as("recovery");
}

/** Those of some keys for single cases that somebody holds, in the form of a desk's other keys. */
export async function listApartKeysHeldBy(
  reader: Reader,
  holder: string,
  ids: readonly string[],
): Promise<HeldDeskKey[]> {
  if (ids.length === 0) return [];
  return reader
    .select({
      deskKeyId: apartKey.id,
      deskId: apartKey.deskId,
      holder: apartKeyHolder.holder,
      sealed: apartKeyHolder.sealed,
    })
    .from(apartKeyHolder)
    .innerJoin(apartKey, eq(apartKey.id, apartKeyHolder.apartKeyId))
    .where(and(eq(apartKeyHolder.holder, holder), inArray(apartKey.id, [...ids])));
}

/** The ids of all that somebody holds, as a query for a where-clause. */
export function selectApartKeyIdsOf(reader: Reader, holder: string) {
  return reader.select({ id: apartKeyHolder.apartKeyId }).from(apartKeyHolder).where(eq(apartKeyHolder.holder, holder));
}

/** Who holds a key for a single case. */
export async function listApartKeyHolders(reader: Reader, id: string): Promise<ReadonlySet<string>> {
  const rows = await reader
    .select({ holder: apartKeyHolder.holder })
    .from(apartKeyHolder)
    .where(eq(apartKeyHolder.apartKeyId, id));
  return new Set(rows.map(({ holder }) => holder));
}

/** Removes a key that another one has taken the place of. */
export async function deleteApartKey(tx: Writer, id: string): Promise<void> {
  await tx.delete(apartKeyHolder).where(eq(apartKeyHolder.apartKeyId, id));
  await tx.delete(apartKey).where(eq(apartKey.id, id));
}

/** Takes from somebody, and from their former identities, all keys for single cases of one desk where they stand no more, or all of every desk. */
export async function deleteApartKeysHeldBy(tx: Writer, personId: string, deskId: string | undefined): Promise<void> {
  const lost =
    deskId === undefined
      ? undefined
      : and(
          inArray(apartKeyHolder.apartKeyId, selectIdsInHands(tx, deskId)),
          notInArray(apartKeyHolder.apartKeyId, selectIdsStillInHandsOf(tx, personId)),
        );
  await tx.delete(apartKeyHolder).where(and(isHeldBy(tx, personId), lost));
}

/** What somebody holds, or may hold again: what is sealed to a former identity of theirs is never anybody else's. */
function isHeldBy(reader: Reader, personId: string): SQL | undefined {
  return or(eq(apartKeyHolder.holder, personId), inArray(apartKeyHolder.holder, selectFormerHolders(reader, personId)));
}

/** The ids of all that somebody or a former identity of theirs holds, as a query for a where-clause. */
export function selectApartKeyIdsEverOf(reader: Reader, personId: string) {
  return reader.select({ id: apartKeyHolder.apartKeyId }).from(apartKeyHolder).where(isHeldBy(reader, personId));
}

/** A key for a single case with its identity sealed to a holder. */
export type HeldApartKey = Pick<typeof apartKeyHolder.$inferSelect, "apartKeyId" | "sealed">;

/** All that a holder holds. */
export function listApartKeysOf(reader: Reader, holder: string): Promise<HeldApartKey[]> {
  return reader
    .select({ apartKeyId: apartKeyHolder.apartKeyId, sealed: apartKeyHolder.sealed })
    .from(apartKeyHolder)
    .where(eq(apartKeyHolder.holder, holder));
}

/** The ids of the keys for single cases of every desk in whose hands' work somebody takes part. */
export async function listApartKeyIdsInHandsOf(reader: Reader, personId: string): Promise<ReadonlySet<string>> {
  const rows = await selectIdsStillInHandsOf(reader, personId);
  return new Set(rows.map(({ id }) => id));
}

/** Gives everything that one holder holds another's name; it stays sealed as it was. */
export async function renameApartKeyHolder(tx: Writer, from: string, to: string): Promise<void> {
  await tx.update(apartKeyHolder).set({ holder: to }).where(eq(apartKeyHolder.holder, from));
}

/** @returns false where it was gone before */
export async function deleteApartKeyHolder(tx: Writer, apartKeyId: string, holder: string): Promise<boolean> {
  const rows = await tx
    .delete(apartKeyHolder)
    .where(and(eq(apartKeyHolder.apartKeyId, apartKeyId), eq(apartKeyHolder.holder, holder)))
    .returning({ id: apartKeyHolder.apartKeyId });
  return rows.length > 0;
}

/** The keys for single cases of a desk, and of those it stands in for. */
export function selectIdsInHands(reader: Reader, deskId: string) {
  const hands = deskHands(reader);
  return reader
    .select({ id: apartKey.id })
    .from(apartKey)
    .innerJoin(hands, eq(hands.deskId, apartKey.deskId))
    .where(eq(hands.handId, deskId));
}

/** The keys for single cases of every desk in whose hands' work somebody takes part. */
function selectIdsStillInHandsOf(reader: Reader, personId: string) {
  const hands = deskHands(reader);
  return reader
    .select({ id: apartKey.id })
    .from(apartKey)
    .innerJoin(hands, eq(hands.deskId, apartKey.deskId))
    .innerJoin(deskMember, and(eq(deskMember.deskId, hands.handId), isNotNull(deskMember.admittedAt)))
    .where(eq(deskMember.personId, personId));
}
