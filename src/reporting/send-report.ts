import { hasShelf, insertCase, type PreparedCase, prepareCase, type SpamSign } from "#casework/index.ts";
import type { Country } from "#country/index.ts";
import type { Language } from "#messages/messages.ts";
import { isUniqueViolation } from "#platform/db/errors.ts";
import type { Platform } from "#platform/platform.ts";
import { codeOf } from "./code.ts";
import { type Answers, CODE_SHOWN_MS, mandatoryMissing } from "./draft.ts";
import { draftKeyOf, submissionOf } from "./draft-key.ts";
import { findDraft, markSent } from "./draft-store.ts";
import { type DraftHandle, type OpenDraft, openDraft } from "./open-draft.ts";
import { caseFrom } from "./report-content.ts";
import { spamSigns } from "./spam-signs.ts";
import { stretchCode } from "./stretch-code.ts";
import type { Address } from "./voice.ts";
import { type Closed, findClosed } from "./where-open.ts";

export interface SendNeeds extends Pick<Platform, "db" | "secrets" | "lanes" | "budgets" | "mail" | "now"> {
  readonly country: Country;
}

export type SendOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly because: "gone" }
  | { readonly ok: false; readonly because: "missing"; readonly answers: Answers }
  /** This person may not report from where it happens. */
  | { readonly ok: false; readonly because: "not-open"; readonly answers: Answers; readonly closed: Closed };

/**
 * Makes the draft a case, durably and exactly once however often it is sent.
 * @param chosen how the person has chosen to be spoken with
 * @throws NoDeskOpen when nobody could read it; StorageError when it is not safely stored
 */
export async function sendReport(
  needs: SendNeeds,
  handle: DraftHandle,
  language: Language,
  chosen?: Address,
): Promise<SendOutcome> {
  const draft = await openDraft(needs, handle);
  if (!draft) return { ok: false, because: "gone" };
  if (draft.sentAt !== null) return { ok: true };
  if (mandatoryMissing(draft.answers).length > 0) return { ok: false, because: "missing", answers: draft.answers };
  const closed = await findClosed(needs, draft);
  if (closed) return { ok: false, because: "not-open", answers: draft.answers, closed };

  const draftKey = draftKeyOf(handle.cookieKey, handle.draftId);
  const parts = caseFrom(draft.answers, needs.mail !== undefined, draft);
  const { lookup, keys } = await stretchCode(needs, needs.lanes.submission, codeOf(draftKey));
  const code = { lookup, recipient: keys.recipient };
  const newCase = { submission: submissionOf(draftKey), keys: draft.keys, language, code, ...parts };
  const prepared = await prepareCase(needs, { ...newCase, spamSigns: signsOf(needs, draft, chosen) });
  const stored = await storeOnce(needs, { id: handle.draftId, version: draft.version }, prepared);
  // Somebody saved a page in the meantime: what is sent must hold it.
  return stored ? { ok: true } : sendReport(needs, handle, language, chosen);
}

/** Without a deadline nothing may be put aside, so no sign counts then; nor for somebody who signed in. */
function signsOf(needs: SendNeeds, draft: OpenDraft, chosen: Address | undefined): readonly SpamSign[] {
  return hasShelf(needs.country) && !draft.from ? spamSigns(needs, { ...draft, chosen }) : [];
}

/**
 * Stored once: a try whose answer was lost is found again, and a clash of two tries at once is tried anew.
 * @returns false when the draft was changed since it was sealed; nothing is stored then
 */
async function storeOnce(
  { db, now }: SendNeeds,
  { id, version }: { readonly id: string; readonly version: number },
  prepared: PreparedCase,
): Promise<boolean> {
  const at = now();
  const store = () =>
    db.write(async (tx) => {
      const draft = await findDraft(tx, id);
      if (draft && draft.sentAt === null && draft.version !== version) return false;
      await insertCase(tx, prepared);
      await markSent(tx, id, at, at + CODE_SHOWN_MS);
      return true;
    });
  try {
    return await store();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return store();
  }
}
