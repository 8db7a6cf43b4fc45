import type { Reader } from "#platform/db/database.ts";
import { type HeldApartKey, listApartKeyIdsInHandsOf, listApartKeysOf } from "./apart-key-store.ts";
import { type FormerIdentity, formerHolder, listFormerIdentities } from "./former-identity-store.ts";

export interface KeptApart {
  /** The ids of the keys for single cases that a conflict of interest keeps from somebody. */
  keptApart(reader: Reader, personId: string): Promise<ReadonlySet<string>>;
}

export interface FormerStanding {
  /** What a former identity holds that no conflict of interest keeps from the person. */
  readonly open: readonly HeldApartKey[];
  /** Of that, what the person may have again now: whoever waits to be let in gets nothing yet. */
  readonly may: readonly HeldApartKey[];
}

/** What a former identity of somebody holds, as far as it is there for them. */
export async function standingOfFormer(
  { keptApart }: KeptApart,
  reader: Reader,
  personId: string,
  formerId: string,
): Promise<FormerStanding> {
  const held = await listApartKeysOf(reader, formerHolder(formerId));
  const kept = await keptApart(reader, personId);
  const inHands = await listApartKeyIdsInHandsOf(reader, personId);
  const open = held.filter(({ apartKeyId }) => !kept.has(apartKeyId));
  return { open, may: open.filter(({ apartKeyId }) => inHands.has(apartKeyId)) };
}

/** The former identities that somebody is shown, the newest first: those never opened, and those of which something waits. */
export async function listShownFormer(needs: KeptApart, reader: Reader, personId: string): Promise<FormerIdentity[]> {
  const shown: FormerIdentity[] = [];
  for (const former of await listFormerIdentities(reader, personId)) {
    const { open } = await standingOfFormer(needs, reader, personId, former.id);
    if (former.openedAt === null || open.length > 0) shown.push(former);
  }
  return shown;
}
