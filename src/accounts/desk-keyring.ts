import { CannotOpen, openText } from "#platform/crypto/seal.ts";
import type { Reader } from "#platform/db/database.ts";
import { type HeldDeskKey, listDeskKeysHeldBy, nextKeyHolder } from "./desk-key-store.ts";

/** The desk keys that somebody can open; each is opened when it is needed, and once. */
export interface DeskKeyring {
  /** The ids of the keys, with the desks they belong to. */
  readonly keys: ReadonlyMap<string, string>;
  /** The identity of one of them. Throws `CannotOpen` where the identity that holds it is another. */
  open(deskKeyId: string): Promise<string>;
}

/** What a person holds: the keys sealed to that person, through each of them the desk's earlier ones. */
export async function listReachableDeskKeys(reader: Reader, holder: string): Promise<HeldDeskKey[]> {
  const reached: HeldDeskKey[] = [];
  for (let holders = [holder]; holders.length > 0; ) {
    const rows = await listDeskKeysHeldBy(reader, holders);
    const fresh = rows.filter(({ deskKeyId }) => !reached.some((each) => each.deskKeyId === deskKeyId));
    reached.push(...rows);
    holders = [...new Set(fresh.map(({ deskKeyId }) => nextKeyHolder(deskKeyId)))];
  }
  return reached;
}

/** @param identity opens the keys that are sealed to `holder` */
export function openDeskKeyring(reached: readonly HeldDeskKey[], holder: string, identity: string): DeskKeyring {
  const opened = new Map<string, Promise<string>>();
  function open(deskKeyId: string, through: readonly string[] = []): Promise<string> {
    // Rows that somebody wrote into the database could lead back to where they began.
    if (through.includes(deskKeyId)) return Promise.reject(new CannotOpen());
    const known = opened.get(deskKeyId);
    if (known) return known;
    const opening = openOne(deskKeyId, [...through, deskKeyId]);
    opened.set(deskKeyId, opening);
    return opening;
  }
  async function openOne(deskKeyId: string, through: readonly string[]): Promise<string> {
    const ways = reached.filter((each) => each.deskKeyId === deskKeyId);
    for (const [at, way] of ways.entries()) {
      try {
        return await openBy(way, through);
      } catch (error) {
        // An earlier recovery identity held the older keys, and the present one opens them through the newest.
        if (!(error instanceof CannotOpen) || at === ways.length - 1) throw error;
      }
    }
    throw new CannotOpen();
  }
  async function openBy(held: HeldDeskKey, through: readonly string[]): Promise<string> {
    if (held.holder === holder) return openText(identity, held.sealed);
    const next = reached.find((each) => nextKeyHolder(each.deskKeyId) === held.holder);
    if (!next) throw new CannotOpen();
    return openText(await open(next.deskKeyId, through), held.sealed);
  }
  return {
    keys: new Map(reached.map(({ deskKeyId, deskId }) => [deskKeyId, deskId])),
    open: (deskKeyId) => open(deskKeyId),
  };
}
