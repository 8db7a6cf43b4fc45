import { and, eq, gt, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { CannotOpen } from "#platform/crypto/seal.ts";
import { lock, unlock } from "#platform/crypto/secret-box.ts";
import { among, listed } from "#platform/db/among.ts";
import type { Database, Reader, Writer } from "#platform/db/database.ts";
import { prepareNamed } from "#platform/db/prepare-named.ts";
import { readTogether } from "#platform/db/read-together.ts";
import { CODE_SHOWN_MS, DRAFT_LIFE_MS, type DraftContent } from "./draft.ts";
import { draftContext } from "./draft-key.ts";
import { draft } from "./schema.ts";

export type DraftRow = typeof draft.$inferSelect;

export async function insertDraft(tx: Writer, row: DraftRow): Promise<void> {
  await tx.insert(draft).values(row);
}

/** A draft inside a transaction, as it stands there. */
export async function findDraft(reader: Reader, id: string): Promise<DraftRow | undefined> {
  return (await findDrafts(reader, [id])).get(id);
}

const together = new WeakMap<Database, (id: string) => Promise<DraftRow | undefined>>();

/** What an id may look like; one of something else is nobody's. */
const ID = /^[\w-]{1,64}$/;

/** The same for the pages of many browsers at once: the store is asked for all of them in one query. */
export async function readDraft(db: Database, id: string): Promise<DraftRow | undefined> {
  // An address that the store cannot take must not fail the query that others wait for as well.
  if (!ID.test(id)) return undefined;
  const read = together.get(db) ?? readTogether((ids) => db.read((reader) => findDrafts(reader, ids)));
  together.set(db, read);
  return read(id);
}

const prepared = new WeakMap<Reader, ReturnType<typeof prepareFind>>();

/** Every page of a journey asks this: written once for each connection, it costs a third. */
async function findDrafts(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, DraftRow>> {
  const find = prepared.get(reader) ?? prepareFind(reader);
  prepared.set(reader, find);
  const rows = await find.execute({ ids: listed(ids) });
  return new Map(rows.map((row) => [row.id, row]));
}

const prepareFind = (reader: Reader) =>
  prepareNamed(reader.select().from(draft).where(among(draft.id, "ids")), "find_drafts");

export async function updateDraft(tx: Writer, { id, sealed, version, expiresAt }: DraftRow): Promise<void> {
  await tx.update(draft).set({ sealed, version, expiresAt }).where(eq(draft.id, id));
}

/** Marks a draft as sent; the first time counts, since the code is shown for a while after it. */
export async function markSent(tx: Writer, id: string, at: number, expiresAt: number): Promise<void> {
  await tx
    .update(draft)
    .set({ sentAt: at, expiresAt })
    .where(and(eq(draft.id, id), isNull(draft.sentAt)));
}

/** Moves the end of a browser's drafts that have not ended; the code of a sent one is shown no longer than elsewhere. */
export async function endDraftsAt(tx: Writer, owner: string, at: number, now: number): Promise<void> {
  const alive = and(eq(draft.owner, owner), gt(draft.expiresAt, now));
  await tx
    .update(draft)
    .set({ expiresAt: at })
    .where(and(alive, or(isNull(draft.sentAt), gt(draft.sentAt, at - CODE_SHOWN_MS))));
}

/** Gives a browser's drafts that have not ended their whole life again, and the code of a sent one what is left of it. */
export async function endDraftsAsUsual(tx: Writer, owner: string, now: number): Promise<void> {
  const alive = and(eq(draft.owner, owner), gt(draft.expiresAt, now));
  await tx
    .update(draft)
    .set({ expiresAt: now + DRAFT_LIFE_MS })
    .where(and(alive, isNull(draft.sentAt)));
  await tx
    .update(draft)
    .set({ expiresAt: sql`${draft.sentAt} + ${CODE_SHOWN_MS}` })
    .where(and(alive, isNotNull(draft.sentAt)));
}

export async function deleteDraft(tx: Writer, id: string): Promise<void> {
  await tx.delete(draft).where(eq(draft.id, id));
}

export async function deleteDraftsOf(tx: Writer, owner: string): Promise<void> {
  await tx.delete(draft).where(eq(draft.owner, owner));
}

export async function deleteExpired(tx: Writer, now: number): Promise<void> {
  await tx.delete(draft).where(lt(draft.expiresAt, now));
}

export function sealDraft(draftKey: Uint8Array, draftId: string, content: DraftContent): Buffer {
  return lock(draftKey, JSON.stringify(content), draftContext(draftId));
}

/** Opens a row with a browser's key; undefined when the row is another browser's. */
export function unsealDraft(draftKey: Uint8Array, { id, sealed }: DraftRow): DraftContent | undefined {
  try {
    // What opens was sealed here, so its shape is known.
    return JSON.parse(unlock(draftKey, sealed, draftContext(id)).toString("utf8")) as DraftContent;
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
}
