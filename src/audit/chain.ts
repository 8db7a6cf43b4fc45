import { derive, keyedDigest } from "#platform/crypto/derive.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Database, Writer } from "#platform/db/database.ts";
import { columnsOf, isRecorded } from "./mark-entry.ts";
import { type AuditEntry, type AuditLink, deletePending, insertLinks, lastLink, listPending } from "./store.ts";

const BATCH = 500;

export interface ChainNeeds {
  readonly db: Database;
  readonly secrets: Pick<Secrets, "pepper">;
}

/**
 * Makes the hash of a link: of the one before and of every column of its entry, under a key that lies outside the
 * database. Whoever holds the database alone can rewrite its rows, but not the hashes that fit them.
 */
export function hashUnder({ pepper }: ChainNeeds["secrets"]): (previous: string, entry: AuditEntry) => string {
  const key = derive(pepper, "audit chain");
  return (previous, entry) => keyedDigest(key, JSON.stringify([previous, ...columnsOf(entry)]));
}

/** Stands in the place of the hash before the first link. */
export const START = "";

/**
 * Gives waiting entries their place in the chain; one that this service did not record gets none, waits no longer, and
 * is found as inserted from then on.
 * A chain inside serialisable transactions would lose writes under many writers, so it follows within a second.
 */
export async function chainAudit({ db, secrets }: ChainNeeds): Promise<void> {
  const hashOf = hashUnder(secrets);
  let full = true;
  while (full) {
    full = await db.write(async (tx) => {
      const pending = await listPending(tx, BATCH);
      if (pending.length === 0) return false;
      const last = await lastLink(tx);
      let position = last?.position ?? 0;
      let hash = last?.hash ?? START;
      const own = pending.filter(({ entry, mark, linked }) => linked === null && isRecorded(secrets, entry, mark));
      const links = own.map(({ entry }): AuditLink => {
        position += 1;
        hash = hashOf(hash, entry);
        return { position, entryId: entry.id, hash };
      });
      if (links.length > 0) await insertLinks(tx, links);
      await deletePending(
        tx,
        pending.map(({ entry }) => entry.id),
      );
      await assertStored(tx, hash, pending[0]?.entry.id);
      return pending.length === BATCH;
    });
  }
}

/** Somebody with the database's password can make it swallow rows in silence, so that the record stands still. */
async function assertStored(tx: Writer, hash: string, gone: string | undefined): Promise<void> {
  const [last, [next]] = [await lastLink(tx), await listPending(tx, 1)];
  if ((last?.hash ?? START) !== hash || next?.entry.id === gone) throw new Error("the record's chain takes no rows");
}
