import { newCaseKeys } from "#casework/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import { DRAFT_LIFE_MS } from "./draft.ts";
import { draftKeyOf, ownerOf } from "./draft-key.ts";
import { insertDraft, sealDraft } from "./draft-store.ts";

/**
 * Begins an empty draft of this browser and returns its id; every tab that begins has its own.
 * @param trapped whoever begins filled in the box that people do not see
 */
export async function startDraft(
  { db, now }: Pick<Platform, "db" | "now">,
  cookieKey: Buffer,
  trapped = false,
): Promise<string> {
  const id = randomToken();
  const startedAt = now();
  const content = { answers: {}, keys: await newCaseKeys(), startedAt, ...(trapped ? { trapped } : {}) };
  const row = {
    id,
    owner: ownerOf(cookieKey),
    sealed: sealDraft(draftKeyOf(cookieKey, id), id, content),
    version: 1,
    expiresAt: startedAt + DRAFT_LIFE_MS,
    sentAt: null,
  };
  await db.write((tx) => insertDraft(tx, row), { durable: false });
  return id;
}
