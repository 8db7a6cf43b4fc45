import { digest, randomToken } from "#platform/crypto/derive.ts";
import { CannotOpen, openText, seal } from "#platform/crypto/seal.ts";
import type { EntryKind } from "./case.ts";

/** What an entry claims to be; it stands inside the seal too, so that no entry can be moved to another case. */
export interface EntryLabel {
  readonly caseId: string;
  readonly entryId: string;
  readonly kind: EntryKind;
}

/**
 * The id of a new entry.
 * @param once names one sending of a form: the same sending makes the same entry, however often it arrives
 */
export function newEntryId(caseId: string, kind: EntryKind, once: string | undefined): string {
  return once === undefined ? randomToken() : digest(`${caseId} ${kind} ${once}`);
}

const headOf = ({ caseId, entryId, kind }: EntryLabel) => `${caseId}\n${entryId}\n${kind}\n`;

export function sealEntry(recipient: string, label: EntryLabel, text: string): Promise<Buffer> {
  return seal(recipient, headOf(label) + text);
}

/** Opens an entry. Throws `CannotOpen` for a wrong key and for a text that belongs to another case, entry or kind. */
export async function openEntry(identity: string, label: EntryLabel, sealed: Uint8Array): Promise<string> {
  const content = await openText(identity, sealed);
  const head = headOf(label);
  if (!content.startsWith(head)) throw new CannotOpen();
  return content.slice(head.length);
}
