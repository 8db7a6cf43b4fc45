import { z } from "zod";
import { isMessageKey, type Phrase } from "#messages/messages.ts";
import type { Fields, FormState } from "./app.ts";

export type FormResult<T> = { readonly ok: true; readonly input: T } | { readonly ok: false; readonly form: FormState };

/**
 * Checks typed fields against a form. Every message in the schema is a message key.
 * Fields whose name is in `lists` arrive as arrays, all others as their first value.
 */
export function checkForm<T>(schema: z.ZodType<T>, fields: Fields, lists: readonly string[] = []): FormResult<T> {
  const typed: Record<string, unknown> = {};
  for (const [name, values] of fields) typed[name] = lists.includes(name) ? values : values[0];
  for (const name of lists) typed[name] ??= [];
  const result = schema.safeParse(typed);
  if (result.success) return { ok: true, input: result.data };
  const errors = new Map<string, Phrase>();
  for (const issue of result.error.issues) {
    const field = String(issue.path[0] ?? "");
    if (!errors.has(field)) errors.set(field, phraseOf(issue));
  }
  return {
    ok: false,
    form: formState(
      fields,
      [...errors].map(([field, said]) => ({ field, phrase: said })),
    ),
  };
}

function phraseOf(issue: z.core.$ZodIssue): Phrase {
  const key = isMessageKey(issue.message) ? issue.message : "errors.field.unknown";
  return issue.code === "too_big" ? { key, values: { max: Number(issue.maximum) } } : { key };
}

/** A hidden field that names one sending of a form, so that a repeated one is not a second message. */
export const onceField = z
  .string()
  .regex(/^[\w-]{16,40}$/)
  .optional()
  // Nobody types it: one that was damaged on its way must not keep the words back.
  .catch(undefined);

/** A whole number above zero in an address, such as where a page begins; anything else is as if it were not there. */
export function wholeNumber(text: string | undefined): number | undefined {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** The state of a form from stored or typed fields, with or without errors. */
export function formState(fields: Fields, errors: FormState["errors"] = []): FormState {
  return {
    errors,
    field(name) {
      const values = fields.get(name) ?? [];
      return { value: values[0] ?? "", values, error: errors.find((error) => error.field === name)?.phrase };
    },
  };
}

/** Fields as a form would send them, from stored answers. */
export function fieldsFrom(answers: Readonly<Record<string, string | readonly string[] | undefined>>): Fields {
  const fields = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(answers)) {
    if (value !== undefined) fields.set(name, typeof value === "string" ? [value] : value);
  }
  return fields;
}
