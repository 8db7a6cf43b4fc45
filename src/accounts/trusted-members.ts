import { isMarked, markOf } from "#platform/crypto/mark.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Reader } from "#platform/db/database.ts";
import { type DeskKey, listDeskKeyHolders, newestDeskKey } from "./desk-key-store.ts";
import { RECOVERY } from "./recovery-holder.ts";
import { listMembers, type Member } from "./team-store.ts";

type Pepper = Pick<Secrets, "pepper">;

/** The mark of a desk's key: whoever can only write the database makes no key that others seal to. */
export const deskKeyMark = (secrets: Pepper, { id, deskId, generation, recipient }: Omit<DeskKey, KeyRest>): string =>
  markOf(secrets, "desk key", id, deskId, String(generation), recipient);

type KeyRest = "mark" | "madeAt" | "retiredAt";

/** Whether this service made a desk's key. */
export const isOwnDeskKey = (secrets: Pepper, { mark, id, deskId, generation, recipient }: DeskKey): boolean =>
  isMarked(secrets, "desk key", mark, id, deskId, String(generation), recipient);

/** The mark of somebody who was let in to a desk's key, with the recipient to whom it was sealed. */
export const holderMark = (secrets: Pepper, deskKeyId: string, { id, recipient }: Holding): string =>
  markOf(secrets, "desk key holder", deskKeyId, id, recipient);

interface Holding {
  readonly id: string;
  readonly recipient: string;
}

/** Whether a person's recipient is the one that came with the account's password. */
export const hasOwnRecipient = (
  secrets: Pepper,
  { id, recipient, recipientMark }: Holding & { readonly recipientMark: string },
): boolean => isMarked(secrets, "person", recipientMark, id, recipient);

/**
 * The members of a desk to whom its next key may be sealed, by name: admitted, and each marked as one who was let in to
 * its newest key with the recipient that stands there now.
 */
export async function listTrustedMembers(reader: Reader, secrets: Pepper, deskId: string): Promise<Member[]> {
  const newest = await newestDeskKey(reader, deskId);
  if (!newest || !isOwnDeskKey(secrets, newest)) return [];
  const marks = new Map((await listDeskKeyHolders(reader, newest.id)).map(({ holder, mark }) => [holder, mark]));
  const members = await listMembers(reader, deskId);
  return members.filter(({ personId: id, recipient, admittedAt }) => {
    return admittedAt !== null && isMarked(secrets, "desk key holder", marks.get(id) ?? "", newest.id, id, recipient);
  });
}

/** Those of some people who are trusted members of one of these desks with the recipient they were read with. */
export async function keepTrusted<Person extends Holding>(
  reader: Reader,
  secrets: Pepper,
  deskIds: readonly string[],
  people: readonly Person[],
): Promise<Person[]> {
  const trusted = new Set<string>();
  const say = (id: string, recipient: string) => `${id} ${recipient}`;
  for (const deskId of deskIds)
    for (const { personId, recipient } of await listTrustedMembers(reader, secrets, deskId))
      trusted.add(say(personId, recipient));
  return people.filter(({ id, recipient }) => trusted.has(say(id, recipient)));
}

/** Whether a desk's key was sealed to this recovery recipient when it was made. */
export function isCoveredBy(
  secrets: Pepper,
  key: { readonly id: string; readonly recoveryMark: string | null },
  recipient: string,
): boolean {
  return isMarked(secrets, "desk key holder", key.recoveryMark ?? "", key.id, RECOVERY, recipient);
}
