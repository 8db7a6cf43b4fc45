import { wasReceived } from "#casework/index.ts";
import type { Language } from "#messages/messages.ts";
import { derive } from "#platform/crypto/derive.ts";
import { notTaken } from "#platform/http/errors.ts";
import type { Answers } from "./draft.ts";
import { draftKeyOf, submissionOf } from "./draft-key.ts";
import { type DraftHandle, openDraft } from "./open-draft.ts";
import { saveStep } from "./save-step.ts";
import { type SendNeeds, sendReport } from "./send-report.ts";
import { startOnePage } from "./start-draft.ts";
import type { Address } from "./voice.ts";

export type OnePageOutcome =
  | { readonly ok: true; readonly sentAt: number }
  /** This key sent a report before, and what came now may say something else. */
  | { readonly ok: false };

/** The draft of a key that came in a form: one key is one draft, and so one report and one code. */
export function handleOf(key: Buffer): DraftHandle {
  return { cookieKey: key, draftId: derive(key, "one page", 16).toString("base64url") };
}

/** Who sends, as far as that matters for what becomes of it. */
interface Sender {
  readonly language: Language;
  /** How they have chosen to be spoken with. */
  readonly chosen: Address | undefined;
  /** They filled in the box that people do not see. */
  readonly trapped: boolean;
  /** Since when the page lay open, where that is known. */
  readonly openedAt: number | undefined;
}

/**
 * Makes the whole report a draft and sends it as the journey does, exactly once for one key.
 * @throws NoDeskOpen when nobody could read it; StorageError or a `Refusal` when it is not safely stored
 */
export async function sendOnePage(
  needs: SendNeeds,
  handle: DraftHandle,
  given: Answers,
  { language, chosen, trapped, openedAt }: Sender,
): Promise<OnePageOutcome> {
  const draft = await openDraft(needs, handle);
  if (!draft) {
    const submission = submissionOf(draftKeyOf(handle.cookieKey, handle.draftId));
    if (await wasReceived(needs.db, submission)) return { ok: false };
    await startOnePage(needs, handle, { trapped, openedAt });
  }
  // What an earlier try held and this one does not was taken back.
  const fields = [...Object.keys(draft?.answers ?? {}), ...Object.keys(given)];
  const saved = await saveStep(needs, handle, { fields, given });
  if (!saved.ok && saved.because === "gone") throw notTaken();
  if (!saved.ok) return outcomeOf(needs, handle, given);
  const sent = await sendReport(needs, handle, language, chosen);
  if (!sent.ok) throw notTaken();
  return outcomeOf(needs, handle, given);
}

/** Whether what was sent under this key holds these words: of two tries at once only one's are stored. */
async function outcomeOf(needs: SendNeeds, handle: DraftHandle, given: Answers): Promise<OnePageOutcome> {
  const draft = await openDraft(needs, handle);
  if (!draft || !isSame(draft.answers, given)) return { ok: false };
  return { ok: true, sentAt: draft.sentAt ?? needs.now() };
}

/** Whether this key has sent a report already. */
export async function wasSentBefore(needs: SendNeeds, handle: DraftHandle): Promise<boolean> {
  const draft = await openDraft(needs, handle);
  if (draft) return draft.sentAt !== null;
  return wasReceived(needs.db, submissionOf(draftKeyOf(handle.cookieKey, handle.draftId)));
}

function isSame(stored: Answers, given: Answers): boolean {
  const names = new Set([...Object.keys(stored), ...Object.keys(given)]);
  return [...names].every((name) => JSON.stringify(stored[name]) === JSON.stringify(given[name]));
}
