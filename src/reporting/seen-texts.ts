import { keyedDigest } from "#platform/crypto/derive.ts";
import type { Fields, FormState } from "#platform/http/app.ts";
import { fieldsFrom, formState } from "#platform/http/form.ts";
import { type Answers, textAnswer } from "./draft.ts";
import { draftKeyOf } from "./draft-key.ts";
import type { DraftHandle } from "./open-draft.ts";
import type { AnswerName } from "./question.ts";
import { WRITTEN_FIELDS } from "./questions.ts";

/** The hidden field that says which stored texts a page has shown; it is missing where nothing was stored for the page. */
export const SEEN_FIELD = "seen";

/** Answers as their page shows them, with the mark of the texts among them. */
export function storedForm(
  handle: DraftHandle,
  fields: readonly string[],
  answers: Answers,
  errors: FormState["errors"] = [],
): FormState {
  return formState(withMark(fieldsFrom(answers), handle, fields, answers), errors);
}

/** A form beside which something else was saved meanwhile: as typed, and where nothing was typed, what was saved. */
export function clashForm(
  handle: DraftHandle,
  { fields, given }: { readonly fields: readonly string[]; readonly given: Answers },
  answers: Answers,
  typed: Fields,
): FormState {
  const texts = Object.fromEntries(writtenOf(fields).map((name) => [name, given[name] ?? answers[name]]));
  return formState(withMark(new Map([...typed, ...fieldsFrom(texts)]), handle, fields, answers));
}

/** The mark of the texts that are stored for a page; nobody can guess them from it. */
export function markOf({ cookieKey, draftId }: DraftHandle, fields: readonly string[], answers: Answers): string {
  const texts = writtenOf(fields).flatMap((name) => (textAnswer(answers, name) ? [[name, answers[name]]] : []));
  if (texts.length === 0) return "";
  return keyedDigest(draftKeyOf(cookieKey, draftId), `seen ${JSON.stringify(texts)}`).slice(0, 16);
}

/** The fields of a page whose stored text a form would replace with another one. */
export function replacedTexts(fields: readonly string[], stored: Answers, given: Answers): readonly AnswerName[] {
  return writtenOf(fields).filter((name) => {
    const text = textAnswer(stored, name);
    return text !== undefined && text !== "" && text !== textAnswer(given, name);
  });
}

/** Says of a page that it showed answers, of which none was a text. */
const NO_TEXTS = "-";

function withMark(form: Fields, handle: DraftHandle, fields: readonly string[], answers: Answers): Fields {
  const mark = markOf(handle, fields, answers) || (fields.some((name) => name in answers) ? NO_TEXTS : "");
  return new Map(form).set(SEEN_FIELD, [mark]);
}

/** In one order, so that the same texts have the same mark. */
function writtenOf(fields: readonly string[]): readonly AnswerName[] {
  return WRITTEN_FIELDS.filter((name) => fields.includes(name));
}
