import { type ChainNeeds, hashUnder, START } from "./chain.ts";
import { type ChainHead, fitsHead } from "./chain-head.ts";
import { isRecorded } from "./mark-entry.ts";
import { countStray, listPending, listPendingFrom } from "./store.ts";
import { walkLinks } from "./walk-links.ts";

const BATCH = 500;
/** More of one kind say nothing new. */
const MOST = 20;

export interface AuditFault {
  /**
   * `cut`: what was noted outside the database as the end of the chain is not there any more. `waiting`: entries that
   * got no place within a minute, since the service does not run or somebody keeps them from it.
   */
  readonly kind: "changed" | "removed" | "inserted" | "gap" | "cut" | "waiting";
  /** The position in the chain where it shows; 0 where it has none. */
  readonly position: number;
}

/**
 * Walks the whole chain and names every place where it does not hold; an empty list means it holds.
 * @param head the end of the chain as it was noted outside the database; undefined where nothing is noted
 * @param now the moment of a store that is in use; left out for one that was restored, where what waited waits still
 */
export async function verifyAudit({ db, secrets }: ChainNeeds, head?: ChainHead, now?: number): Promise<AuditFault[]> {
  const hashOf = hashUnder(secrets);
  const faults: AuditFault[] = [];
  let [position, hash] = [0, START];
  for await (const { link, entry } of walkLinks(db)) {
    if (link.position !== position + 1) faults.push({ kind: "gap", position: position + 1 });
    if (!entry) faults.push({ kind: "removed", position: link.position });
    else if (hashOf(hash, entry) !== link.hash) faults.push({ kind: "changed", position: link.position });
    position = link.position;
    hash = link.hash;
  }
  if (head && !(await db.read((reader) => fitsHead(reader, head))))
    faults.push({ kind: "cut", position: head.position });
  if (now !== undefined && (await waitsTooLong(db, now))) faults.push({ kind: "waiting", position: 0 });
  return [...faults, ...(await findOutside({ db, secrets }))];
}

const WAITS_MS = 60_000;

/** Whether an entry has waited for its place in the chain for more than a minute. */
export async function waitsTooLong(db: ChainNeeds["db"], now: number): Promise<boolean> {
  const [first] = await db.read((reader) => listPending(reader, 1));
  return first !== undefined && first.entry.at < now - WAITS_MS;
}

/** What stands outside the chain and should not: entries that this service did not record, and some that wait and are gone. */
async function findOutside({ db, secrets }: ChainNeeds): Promise<AuditFault[]> {
  let inserted = await db.read(countStray);
  let removed = 0;
  let after: string | undefined;
  for (;;) {
    const from: string | undefined = after;
    const pending = await db.read((reader) => listPendingFrom(reader, from, BATCH));
    for (const { entry, mark } of pending)
      if (entry === null) removed++;
      else if (!isRecorded(secrets, entry, mark)) inserted++;
    after = pending.at(-1)?.entryId;
    if (pending.length < BATCH) break;
  }
  const each = (kind: AuditFault["kind"], count: number) =>
    Array.from({ length: Math.min(count, MOST) }, (): AuditFault => ({ kind, position: 0 }));
  return [...each("inserted", inserted), ...each("removed", removed)];
}
