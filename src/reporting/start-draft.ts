import { newCaseKeys } from "#casework/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import { isUniqueViolation } from "#platform/db/errors.ts";
import type { Platform } from "#platform/platform.ts";
import { DRAFT_LIFE_MS, type DraftContent } from "./draft.ts";
import { draftKeyOf, ownerOf } from "./draft-key.ts";
import { type DraftRow, deleteDraft, findDraft, insertDraft, sealDraft } from "./draft-store.ts";
import type { DraftHandle } from "./open-draft.ts";

/** What a draft holds from its beginning: answers that were given before, who sends it, and whether a machine began it. */
export type Beginning = Partial<Pick<DraftContent, "answers" | "from" | "trapped">>;

/** Begins a draft of this browser and returns its id; every tab that begins has its own. */
export async function startDraft(
  { db, now }: Pick<Platform, "db" | "now">,
  cookieKey: Buffer,
  beginning: Beginning = {},
): Promise<string> {
  const draftId = randomToken();
  const content = { answers: {}, ...beginning, keys: await newCaseKeys(), startedAt: now() };
  const row = emptyDraft({ cookieKey, draftId }, content, content.startedAt);
  await db.write((tx) => insertDraft(tx, row), { durable: false });
  return draftId;
}

/** What is known of a report on one page when its draft begins. */
export interface OnePageBeginning {
  readonly trapped?: boolean;
  /** Since when the page lay open, where that is known. */
  readonly openedAt?: number | undefined;
}

/** Begins the draft of a key that came in a form, unless it lives already: two tries at once begin one. */
export async function startOnePage(
  { db, now }: Pick<Platform, "db" | "now">,
  handle: DraftHandle,
  { trapped = false, openedAt = now() }: OnePageBeginning = {},
): Promise<void> {
  const begun = { answers: {}, keys: await newCaseKeys(), startedAt: openedAt, onePage: true } as const;
  const content = { ...begun, ...(trapped ? { trapped } : {}) };
  const row = emptyDraft(handle, content, now());
  const start = async (tx: Writer) => {
    const known = await findDraft(tx, row.id);
    if (known && known.expiresAt > now()) return;
    await deleteDraft(tx, row.id);
    await insertDraft(tx, row);
  };
  await db.write(start, { durable: false }).catch((error) => {
    if (!isUniqueViolation(error)) throw error;
  });
}

function emptyDraft({ cookieKey, draftId }: DraftHandle, content: DraftContent, at: number): DraftRow {
  return {
    id: draftId,
    owner: ownerOf(cookieKey),
    sealed: sealDraft(draftKeyOf(cookieKey, draftId), draftId, content),
    // An institution's draft is never begun once more as if it were the public's.
    version: content.from ? 2 : 1,
    expiresAt: at + DRAFT_LIFE_MS,
    sentAt: null,
  };
}
