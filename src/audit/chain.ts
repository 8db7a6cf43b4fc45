import { derive, keyedDigest } from "#platform/crypto/derive.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Database } from "#platform/db/database.ts";
import { columnsOf, isRecorded } from "./mark-entry.ts";
import {
  type AuditEntry,
  type AuditLink,
  countStray,
  deletePending,
  insertLinks,
  lastLink,
  listLinks,
  listPending,
  listPendingFrom,
} from "./store.ts";

const BATCH = 500;

export interface ChainNeeds {
  readonly db: Database;
  readonly secrets: Pick<Secrets, "pepper">;
}

/**
 * Makes the hash of a link: of the one before and of every column of its entry, under a key that lies outside the
 * database. Whoever holds the database alone can rewrite its rows, but not the hashes that fit them.
 */
function hashUnder({ pepper }: ChainNeeds["secrets"]): (previous: string, entry: AuditEntry) => string {
  const key = derive(pepper, "audit chain");
  return (previous, entry) => keyedDigest(key, JSON.stringify([previous, ...columnsOf(entry)]));
}

/** Stands in the place of the hash before the first link. */
const START = "";

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
      return pending.length === BATCH;
    });
  }
}

export interface AuditFault {
  readonly kind: "changed" | "removed" | "inserted" | "gap";
  /** The position in the chain where it shows; 0 where it has none. */
  readonly position: number;
}

/** Walks the whole chain and names every place where it does not hold; an empty list means it holds. */
export async function verifyAudit({ db, secrets }: ChainNeeds): Promise<AuditFault[]> {
  const hashOf = hashUnder(secrets);
  const faults: AuditFault[] = [];
  let position = 0;
  let hash = START;
  for (;;) {
    const rows = await db.read((reader) => listLinks(reader, position, BATCH));
    for (const { link, entry } of rows) {
      if (link.position !== position + 1) faults.push({ kind: "gap", position: position + 1 });
      if (!entry) faults.push({ kind: "removed", position: link.position });
      else if (hashOf(hash, entry) !== link.hash) faults.push({ kind: "changed", position: link.position });
      position = link.position;
      hash = link.hash;
    }
    if (rows.length < BATCH) break;
  }
  return (await findInserted({ db, secrets })) ? [...faults, { kind: "inserted", position: 0 }] : faults;
}

/** Whether some entry stands outside the chain that this service did not record: next to those that wait, or among them. */
async function findInserted({ db, secrets }: ChainNeeds): Promise<boolean> {
  if ((await db.read(countStray)) > 0) return true;
  let after: string | undefined = "";
  while (after !== undefined) {
    const from: string = after;
    const pending = await db.read((reader) => listPendingFrom(reader, from, BATCH));
    if (pending.some(({ entry, mark }) => !isRecorded(secrets, entry, mark))) return true;
    after = pending.length === BATCH ? pending.at(-1)?.entry.id : undefined;
  }
  return false;
}
