import type { Platform } from "#platform/platform.ts";
import { type Answers, DRAFT_LIFE_MS, mergeAnswers, textAnswer, type Workplace } from "./draft.ts";
import { draftKeyOf } from "./draft-key.ts";
import { findDraft, sealDraft, unsealDraft, updateDraft } from "./draft-store.ts";
import type { DraftHandle } from "./open-draft.ts";
import type { AnswerName } from "./question.ts";
import { markOf, replacedTexts } from "./seen-texts.ts";
import { searchedTypes } from "./steps.ts";

/** What one page asked for and what it was given. */
export interface StepInput {
  readonly fields: readonly string[];
  readonly given: Answers;
  /** The mark of the texts that its page had shown; where nobody says, whatever is stored may be replaced. */
  readonly seen?: string;
}

export type SaveOutcome =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly because: "gone" }
  | { readonly ok: false; readonly because: "sent"; readonly answers: Answers }
  /** Texts were saved meanwhile that this page had not shown and would replace. */
  | { readonly ok: false; readonly because: "clash"; readonly answers: Answers; readonly names: readonly AnswerName[] };

/**
 * A school that was chosen for another place or another kind of place is asked for anew; the own school of somebody who
 * reports from work stays, since it was not chosen for either.
 */
function withFittingSchool(before: Answers, after: Answers, from: Workplace | undefined): Answers {
  const isOwn = from !== undefined && after.institution === from.institutionId;
  if (isOwn && textAnswer(before, "territory") === textAnswer(after, "territory")) return after;
  const places = [before, after].map((each) => JSON.stringify([searchedTypes(each), textAnswer(each, "territory")]));
  if (!("institution" in before) || before.institution !== after.institution || places[0] === places[1]) return after;
  const { institution: _, ...others } = after;
  return others;
}

/**
 * Merges one page into the draft inside one transaction, so that two pages saved at once both stay, and so do two texts
 * for one page: the second one is not saved before its writer has seen the first.
 */
export function saveStep(
  { db, now }: Pick<Platform, "db" | "now">,
  handle: DraftHandle,
  { fields, given, seen }: StepInput,
): Promise<SaveOutcome> {
  const { cookieKey, draftId } = handle;
  const draftKey = draftKeyOf(cookieKey, draftId);
  return db.write(
    async (tx): Promise<SaveOutcome> => {
      const row = await findDraft(tx, draftId);
      if (!row || row.expiresAt <= now()) return { ok: false, because: "gone" };
      const content = unsealDraft(draftKey, row);
      if (!content) return { ok: false, because: "gone" };
      if (row.sentAt !== null) return { ok: false, because: "sent", answers: content.answers };
      const names = seen === undefined ? [] : replacedTexts(fields, content.answers, given);
      if (names.length > 0 && seen !== markOf(handle, fields, content.answers))
        return { ok: false, because: "clash", answers: content.answers, names };
      const answers = withFittingSchool(content.answers, mergeAnswers(content.answers, fields, given), content.from);
      const sealed = sealDraft(draftKey, draftId, { ...content, answers });
      await updateDraft(tx, { ...row, sealed, version: row.version + 1, expiresAt: now() + DRAFT_LIFE_MS });
      return { ok: true, answers };
    },
    { durable: false },
  );
}
