import { derive, keyedDigest, randomToken } from "#platform/crypto/derive.ts";
import { CannotOpen, openText, seal } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import type { EntryKind } from "./case.ts";

/** What an entry claims to be; it stands inside the seal too, so that no entry can be moved to another case. */
export interface EntryLabel {
  readonly caseId: string;
  readonly entryId: string;
  readonly kind: EntryKind;
}

/** What is about to be written. */
export interface NewEntry {
  readonly caseId: string;
  readonly kind: EntryKind;
  /** Names one sending of a form; undefined where a form had none. */
  readonly once: string | undefined;
  readonly text: string;
}

/**
 * The id of a new entry: the same words of one sending are one entry, however often they arrive, other words another.
 * Ids lie in clear, so the text goes in under a key: without it nobody can try which words an id stands for.
 */
export function newEntryId(
  { secrets }: { readonly secrets: Pick<Platform["secrets"], "pepper"> },
  { caseId, kind, once, text }: NewEntry,
): string {
  if (once === undefined) return randomToken();
  return keyedDigest(derive(secrets.pepper, "entry id"), JSON.stringify([caseId, kind, once, text]));
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
