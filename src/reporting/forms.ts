import { z } from "zod";
import type { Country } from "#country/index.ts";
import type { Fields } from "#platform/http/app.ts";
import { checkForm, type FormResult } from "#platform/http/form.ts";
import type { Answers } from "./draft.ts";
import { mainCodes, otherCodes } from "./lists.ts";
import type { Choice, Question, Written } from "./question.ts";
import type { PageId } from "./questions.ts";

const TOO_LONG = "errors.field.tooLong";

/** Checks what one page was given; fields it does not ask for are left out. */
export function checkPage(
  country: Country,
  page: PageId,
  asked: readonly Question[],
  typed: Fields,
): FormResult<Answers> {
  const form = z.object(Object.fromEntries(asked.map((question) => [question.name, fieldOf(country, question)])));
  return checkAs(page === "4" ? toldTruthfully(form) : form, asked, typed);
}

/** The same for somebody who goes back from a page: what must be answered may still be missing. */
export function checkHalfPage(country: Country, asked: readonly Question[], typed: Fields): FormResult<Answers> {
  const fields = asked.map((question) => [question.name, fieldOf(country, question).optional()]);
  return checkAs(z.object(Object.fromEntries(fields)), asked, typed);
}

function checkAs(form: z.ZodObject, asked: readonly Question[], typed: Fields): FormResult<Answers> {
  const lists = asked.filter(({ kind }) => kind === "checkbox").map(({ name }) => name);
  return checkForm(form.transform(withoutEmpty), withoutBlank(typed), lists);
}

function fieldOf(country: Country, question: Question): z.ZodType {
  if (!("source" in question)) return written(question).optional();
  const code = codeOf(country, question);
  if (question.kind === "checkbox") return z.array(code).transform((codes) => [...new Set(codes)]);
  return question.required ? code : code.optional();
}

function written({ kind, longest }: Written): z.ZodType<string> {
  if (kind === "email") return z.email("journey.error.notice").max(longest, TOO_LONG);
  return z.string("errors.field.unknown").max(longest, TOO_LONG);
}

function codeOf(country: Country, { source, others, required }: Choice): z.ZodType<string> {
  const known = [...mainCodes(country, source), ...otherCodes(country, source, others)];
  const error = ({ input }: { input?: unknown }) =>
    (input === undefined ? required : undefined) ?? "errors.field.unknown";
  return z.enum(known, { error });
}

/** A form of violence or a story says what happened, and the notice about truthfulness goes with it. */
function toldTruthfully(form: z.ZodObject): z.ZodObject {
  const always = { when: () => true };
  return form
    .refine(({ forms, story }) => !isEmpty(forms) || !isEmpty(story), {
      path: ["forms"],
      message: "journey.error.forms",
      ...always,
    })
    .refine(({ truthful }) => !isEmpty(truthful), { path: ["truthful"], message: "journey.error.truthful", ...always });
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function withoutEmpty(given: Record<string, unknown>): Answers {
  const kept = Object.entries(given).filter(([, value]) => !isEmpty(value));
  // Each field above yields a text or a list of codes.
  return Object.fromEntries(kept) as Answers;
}

/** A field that holds only spaces was left empty. */
function withoutBlank(typed: Fields): Fields {
  const given = new Map<string, readonly string[]>();
  for (const [name, values] of typed) {
    const kept = values.map((value) => value.trim()).filter(Boolean);
    if (kept.length > 0) given.set(name, kept);
  }
  return given;
}
