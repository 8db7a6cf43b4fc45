import { isMarked, markOf } from "#platform/crypto/mark.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Database, Writer } from "#platform/db/database.ts";
import type { AuditEntry } from "./store.ts";

type Pepper = Pick<Secrets, "pepper">;

/** Whose secrets mark what a transaction records: recording is done in too many places to hand them to each. */
const pepperOf = new WeakMap<Writer, Pepper>();

/**
 * The same store, whose every transaction marks what it records under the pepper, so that a row which somebody put in
 * past the service is never taken for one of its own.
 */
export function markingAudit(db: Database, { pepper }: Pepper): Database {
  return {
    ...db,
    write: (work, options) =>
      db.write((tx) => {
        pepperOf.set(tx, { pepper });
        return work(tx);
      }, options),
  };
}

/** The mark of an entry (hexadecimal). Throws where the store was opened without `markingAudit`. */
export function markEntry(tx: Writer, entry: AuditEntry): string {
  const pepper = pepperOf.get(tx);
  if (!pepper) throw new Error("a transaction that marks nothing cannot record");
  return markOf(pepper, "audit entry", JSON.stringify(columnsOf(entry)));
}

/** Whether this service recorded exactly this entry. */
export function isRecorded(pepper: Pepper, entry: AuditEntry, mark: string): boolean {
  return isMarked(pepper, "audit entry", mark, JSON.stringify(columnsOf(entry)));
}

/** Every column of an entry, in the order in which they are hashed. */
export function columnsOf({ id, at, actorKind, actorId, action, subjectKind, subjectId, detail }: AuditEntry) {
  return [id, at, actorKind, actorId, action, subjectKind, subjectId, detail];
}
