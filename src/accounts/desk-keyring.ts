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
    reached.push(...fresh);
    holders = fresh.map(({ deskKeyId }) => nextKeyHolder(deskKeyId));
  }
  return reached;
}

/** @param identity opens the keys that are sealed to `holder` */
export function openDeskKeyring(reached: readonly HeldDeskKey[], holder: string, identity: string): DeskKeyring {
  const opened = new Map<string, Promise<string>>();
  function open(deskKeyId: string): Promise<string> {
    const known = opened.get(deskKeyId);
    if (known) return known;
    const opening = openOne(deskKeyId);
    opened.set(deskKeyId, opening);
    return opening;
  }
  async function openOne(deskKeyId: string): Promise<string> {
    const held = reached.find((each) => each.deskKeyId === deskKeyId);
    if (!held) throw new CannotOpen();
    if (held.holder === holder) return openText(identity, held.sealed);
    const next = reached.find((each) => nextKeyHolder(each.deskKeyId) === held.holder);
    if (!next) throw new CannotOpen();
    return openText(await open(next.deskKeyId), held.sealed);
  }
  return { keys: new Map(reached.map(({ deskKeyId, deskId }) => [deskKeyId, deskId])), open };
}
