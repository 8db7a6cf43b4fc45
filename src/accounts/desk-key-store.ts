import { and, desc, eq, inArray, isNotNull, like, notInArray, type SQLWrapper } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { deleteApartKeysHeldBy } from "./apart-key-store.ts";
import { RECOVERY } from "./recovery-holder.ts";
import { deskKey, deskKeyHolder } from "./schema.ts";

export type DeskKey = typeof deskKey.$inferSelect;
export type DeskKeyHolder = typeof deskKeyHolder.$inferSelect;

const NEXT = "key:";
/** How a desk's next key is called as a holder of the one before. */
export const nextKeyHolder = (deskKeyId: string) => NEXT + deskKeyId;

export async function insertDeskKey(tx: Writer, row: typeof deskKey.$inferInsert): Promise<void> {
  await tx.insert(deskKey).values(row);
}

export async function insertDeskKeyHolder(tx: Writer, row: DeskKeyHolder): Promise<void> {
  await tx.insert(deskKeyHolder).values(row);
}

/** Everybody and everything that holds a desk's key. */
export async function listDeskKeyHolders(reader: Reader, deskKeyId: string): Promise<DeskKeyHolder[]> {
  return reader.select().from(deskKeyHolder).where(eq(deskKeyHolder.deskKeyId, deskKeyId));
}

export async function newestDeskKey(reader: Reader, deskId: string): Promise<DeskKey | undefined> {
  const [key] = await reader
    .select()
    .from(deskKey)
    .where(eq(deskKey.deskId, deskId))
    .orderBy(desc(deskKey.generation))
    .limit(1);
  return key;
}

/** Whether any desk has a key, and so perhaps something that was sealed to it. */
export async function hasDeskKey(reader: Reader): Promise<boolean> {
  const rows = await reader.select({ id: deskKey.id }).from(deskKey).limit(1);
  return rows.length > 0;
}

/** A desk's key with its identity sealed to who or what holds it. */
export interface HeldDeskKey {
  readonly deskKeyId: string;
  readonly deskId: string;
  readonly holder: string;
  readonly sealed: Buffer;
}

/** The desk keys that any of these hold. */
export async function listDeskKeysHeldBy(reader: Reader, holders: readonly string[]): Promise<HeldDeskKey[]> {
  if (holders.length === 0) return [];
  return reader
    .select({
      deskKeyId: deskKey.id,
      deskId: deskKey.deskId,
      holder: deskKeyHolder.holder,
      sealed: deskKeyHolder.sealed,
    })
    .from(deskKeyHolder)
    .innerJoin(deskKey, eq(deskKey.id, deskKeyHolder.deskKeyId))
    .where(inArray(deskKeyHolder.holder, [...holders]));
}

/** Takes from somebody all keys of one desk, or of all, and those for single cases likewise. */
export async function deleteDeskKeysHeldBy(tx: Writer, personId: string, deskId?: string): Promise<void> {
  await deleteWholeDeskKeysHeldBy(tx, personId, deskId);
  await deleteApartKeysHeldBy(tx, personId, deskId);
}

/** The same, but for those for single cases. */
export async function deleteWholeDeskKeysHeldBy(tx: Writer, holder: string, deskId?: string): Promise<void> {
  const ofDesk = tx
    .select({ id: deskKey.id })
    .from(deskKey)
    .where(eq(deskKey.deskId, deskId ?? ""));
  const which = deskId === undefined ? undefined : inArray(deskKeyHolder.deskKeyId, ofDesk);
  await tx.delete(deskKeyHolder).where(and(eq(deskKeyHolder.holder, holder), which));
}

/** Notes that somebody who held a desk's newest key has left, so that the next holder makes a newer one. */
export async function retireDeskKey(tx: Writer, deskKeyId: string, at: number): Promise<void> {
  await tx.update(deskKey).set({ retiredAt: at }).where(eq(deskKey.id, deskKeyId));
}

/** The desks whose newest key this person holds and somebody who left knew; asked with each look at a list of cases. */
export async function listRetiredKeysOf(reader: Reader, personId: string): Promise<DeskKey[]> {
  const held = reader
    .select({ id: deskKey.id })
    .from(deskKeyHolder)
    .innerJoin(deskKey, eq(deskKey.id, deskKeyHolder.deskKeyId))
    .where(and(eq(deskKeyHolder.holder, personId), isNotNull(deskKey.retiredAt)));
  const followed = reader
    .select({ id: deskKeyHolder.deskKeyId })
    .from(deskKeyHolder)
    .where(and(inArray(deskKeyHolder.deskKeyId, held), like(deskKeyHolder.holder, `${NEXT}%`)));
  return reader
    .select()
    .from(deskKey)
    .where(and(inArray(deskKey.id, held), notInArray(deskKey.id, followed)));
}

export interface NewestDeskKey extends DeskKey {
  /** The mark of the offline recovery identity as its holder; null where it is none. */
  readonly recoveryMark: string | null;
}

/** The newest keys of all desks, or of those whose key a person holds. */
export async function listNewestKeys(reader: Reader, personId?: string): Promise<NewestDeskKey[]> {
  // Who holds the key after a key opens that one too.
  const followed = reader
    .select({ id: deskKeyHolder.deskKeyId })
    .from(deskKeyHolder)
    .where(like(deskKeyHolder.holder, `${NEXT}%`));
  const held = reader
    .select({ id: deskKeyHolder.deskKeyId })
    .from(deskKeyHolder)
    .where(eq(deskKeyHolder.holder, personId ?? ""));
  const rows = await reader
    .select({ key: deskKey, recoveryMark: deskKeyHolder.mark })
    .from(deskKey)
    .leftJoin(deskKeyHolder, and(eq(deskKeyHolder.deskKeyId, deskKey.id), eq(deskKeyHolder.holder, RECOVERY)))
    .where(and(notInArray(deskKey.id, followed), personId === undefined ? undefined : inArray(deskKey.id, held)));
  return rows.map(({ key, recoveryMark }) => ({ ...key, recoveryMark }));
}

/** The desks whose keys these are; a key for a single case is none of a desk's own. */
export async function listDesksOfKeys(reader: Reader, deskKeyIds: readonly string[]): Promise<string[]> {
  if (deskKeyIds.length === 0) return [];
  const rows = await reader
    .selectDistinct({ deskId: deskKey.deskId })
    .from(deskKey)
    .where(inArray(deskKey.id, [...deskKeyIds]));
  return rows.map(({ deskId }) => deskId);
}

/** The keys of some desks, earlier ones too, as a query for a where-clause. */
export function selectDeskKeyIdsOf(reader: Reader, deskIds: SQLWrapper) {
  return reader.select({ id: deskKey.id }).from(deskKey).where(inArray(deskKey.deskId, deskIds));
}

/** Those of these desks that have a key, so that a report can be sealed to them. */
export async function listDesksWithKey(reader: Reader, deskIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (deskIds.length === 0) return new Set();
  const rows = await reader
    .select({ deskId: deskKey.deskId })
    .from(deskKey)
    .where(inArray(deskKey.deskId, [...deskIds]));
  return new Set(rows.map(({ deskId }) => deskId));
}
