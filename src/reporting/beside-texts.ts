import type { Fields } from "#platform/http/app.ts";
import type { Answers } from "./draft.ts";
import type { AnswerName } from "./question.ts";
import { WRITTEN_FIELDS } from "./questions.ts";
import { replacedTexts } from "./seen-texts.ts";
import type { BesideForm } from "./views.ts";

const SAID_FIELD = "beside";
const besideField = (name: AnswerName) => `${SAID_FIELD}.${name}`;

/** The hidden fields that carry texts no page asks for. */
export const BESIDE_FIELDS: readonly string[] = WRITTEN_FIELDS.map(besideField);

/** What a form carries along of the texts above it: those that are stored need not travel. */
export function carriedBeside({ said, texts }: BesideForm): readonly { name: string; value: string }[] {
  const carried = said === "unasked" ? texts : [];
  return [
    { name: SAID_FIELD, value: said },
    ...carried.map(({ name, text }) => ({ name: besideField(name), value: text })),
  ];
}

/**
 * The texts that stood above a form which comes back in other words or with errors: whoever saw them has not answered
 * them yet, and would not see them again.
 * @param fields what the page asks for
 */
export function besideAgain(fields: readonly string[], stored: Answers, typed: Fields): BesideForm | undefined {
  const said = typed.get(SAID_FIELD)?.[0];
  if (said !== "clash" && said !== "unasked") return undefined;
  const texts = said === "clash" ? replacedBy(fields, stored, typed) : unaskedIn(typed);
  return texts.length > 0 ? { said, texts } : undefined;
}

function replacedBy(fields: readonly string[], stored: Answers, typed: Fields): BesideForm["texts"] {
  const given = Object.fromEntries([...typed].map(([name, [value = ""]]) => [name, value]));
  return replacedTexts(fields, stored, given).map((name) => ({ name, text: String(stored[name] ?? "") }));
}

function unaskedIn(typed: Fields): BesideForm["texts"] {
  return WRITTEN_FIELDS.flatMap((name) => (typed.get(besideField(name)) ?? []).map((text) => ({ name, text })));
}
