import { recordAudit } from "#audit/index.ts";
import { CannotOpen, openText, seal } from "#platform/crypto/seal.ts";
import { recipientOf } from "#platform/crypto/x25519.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import {
  deleteApartKeyHolder,
  type HeldApartKey,
  insertApartKeyHolder,
  listApartKeyHolders,
  listApartKeysOf,
} from "./apart-key-store.ts";
import {
  deleteFormerIdentity,
  type FormerIdentity,
  findFormerIdentity,
  formerHolder,
  updateFormerOpened,
} from "./former-identity-store.ts";
import { type KeptApart, standingOfFormer } from "./former-standing.ts";
import { openByPassword, openByRecovery } from "./person-key.ts";
import { findPerson } from "./person-store.ts";
import { recordRefusal } from "./record-refusal.ts";
import { tidyRecoveryCode } from "./recovery-code.ts";

export interface BringBackNeeds extends KeptApart, Pick<Platform, "db" | "secrets" | "lanes" | "now"> {}

export interface BroughtBack {
  /** How many cases open again. */
  readonly cases: number;
  /** Something waits until a colleague lets the person in again. */
  readonly more: boolean;
}

/**
 * Opens an identity that an account had before it was taken up anew, and seals what it holds to the present one. A link
 * that a colleague gave does none of that: it needs the earlier password or the earlier recovery code.
 * @returns `wrong` where what was typed opens nothing, `missing` where there is no such identity of this person
 */
export async function bringBackKeys(
  needs: BringBackNeeds,
  who: Account,
  { formerId, typed }: { readonly formerId: string; readonly typed: string },
): Promise<BroughtBack | "wrong" | "missing"> {
  const { db } = needs;
  const found = await db.read(async (reader) => ({
    former: await findFormerIdentity(reader, who.id, formerId),
    held: (await standingOfFormer(needs, reader, who.id, formerId)).may,
  }));
  const { former, held } = found;
  if (!former) return "missing";
  const identity = await openFormer(needs, former, typed);
  if (identity === undefined) {
    await recordRefusal(needs, who.id, "former");
    return "wrong";
  }
  const recipient = recipientOf(who.identity);
  const sealed = await sealAnew(identity, held, recipient);
  const at = needs.now();
  const subject = { kind: "person", id: who.id } as const;
  return db.write(async (tx) => {
    // Another link may have been used meanwhile, and the account have another key.
    if ((await findPerson(tx, who.id))?.recipient !== recipient) return "missing";
    if (!(await findFormerIdentity(tx, who.id, formerId))) return "missing";
    const { may } = await standingOfFormer(needs, tx, who.id, formerId);
    let cases = 0;
    for (const { apartKeyId } of may) {
      const anew = sealed.get(apartKeyId);
      if (anew && (await takeOver(tx, { apartKeyId, sealed: anew }, formerId, who.id))) cases += 1;
    }
    const more = await closeOrKeep(needs, tx, former, at);
    await recordAudit(tx, { action: "account.keysBroughtBack", by: subject, subject, at, detail: { cases } });
    return { cases, more };
  });
}

/** Takes either secret, as it was typed. */
async function openFormer(needs: BringBackNeeds, former: FormerIdentity, typed: string): Promise<string | undefined> {
  const locked = { ...former, id: former.personId };
  const byPassword = await openedOrNothing(() => openByPassword(needs, locked, typed));
  return byPassword ?? openedOrNothing(() => openByRecovery(needs, locked, tidyRecoveryCode(typed)));
}

/** By key; one that the identity does not open, such as a damaged one, must not keep the others back. */
async function sealAnew(
  identity: string,
  held: readonly HeldApartKey[],
  recipient: string,
): Promise<ReadonlyMap<string, Buffer>> {
  const anew = new Map<string, Buffer>();
  for (const { apartKeyId, sealed } of held) {
    const key = await openedOrNothing(() => openText(identity, sealed));
    if (key !== undefined) anew.set(apartKeyId, await seal(recipient, key));
  }
  return anew;
}

async function openedOrNothing(opening: () => Promise<string>): Promise<string | undefined> {
  try {
    return await opening();
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  }
}

/** @returns false where the person holds the key already, since a colleague shared it anew */
async function takeOver(tx: Writer, key: HeldApartKey, formerId: string, personId: string): Promise<boolean> {
  const { apartKeyId } = key;
  const held = (await listApartKeyHolders(tx, apartKeyId)).has(personId);
  await deleteApartKeyHolder(tx, apartKeyId, formerHolder(formerId));
  if (!held) await insertApartKeyHolder(tx, { ...key, holder: personId });
  return !held;
}

/** A former identity stays as long as it holds anything, also what is kept from the person now. */
async function closeOrKeep(
  needs: BringBackNeeds,
  tx: Writer,
  { id, personId }: FormerIdentity,
  at: number,
): Promise<boolean> {
  const left = await listApartKeysOf(tx, formerHolder(id));
  if (left.length === 0) await deleteFormerIdentity(tx, id);
  else await updateFormerOpened(tx, id, at);
  return (await standingOfFormer(needs, tx, personId, id)).open.length > 0;
}
