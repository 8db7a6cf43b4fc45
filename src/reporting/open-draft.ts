import type { Platform } from "#platform/platform.ts";
import type { DraftContent } from "./draft.ts";
import { draftKeyOf } from "./draft-key.ts";
import { readDraft, unsealDraft } from "./draft-store.ts";

/** One draft of one browser. */
export interface DraftHandle {
  readonly cookieKey: Buffer;
  readonly draftId: string;
}

export interface OpenDraft extends DraftContent {
  readonly sentAt: number | null;
  readonly version: number;
}

/** Opens a draft with the browser's key; undefined when it is gone, expired or another browser's. */
export async function openDraft(
  { db, now }: Pick<Platform, "db" | "now">,
  { cookieKey, draftId }: DraftHandle,
): Promise<OpenDraft | undefined> {
  const row = await readDraft(db, draftId);
  if (!row || row.expiresAt <= now()) return undefined;
  const content = unsealDraft(draftKeyOf(cookieKey, draftId), row);
  return content && { ...content, sentAt: row.sentAt, version: row.version };
}
