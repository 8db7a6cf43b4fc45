import { z } from "zod";
import { onceField } from "#platform/http/form.ts";
import { URGENCIES } from "./case.ts";
import { DAYS } from "./decide-access.ts";
import { LIKELY_SPAM } from "./shelf.ts";

/** The longest text of one message or note; a report's own story has its own limit. */
const LONGEST = 10_000;

const text = z
  .string("casework.text.missing")
  .max(LONGEST, "errors.field.tooLong")
  .refine((value) => value.trim() !== "", "casework.text.missing");
const version = z.coerce.number("errors.field.unknown").int("errors.field.unknown");

export const UrgencyForm = z.object({
  urgency: z.enum(URGENCIES, "errors.field.unknown"),
  version,
  reason: z
    .string()
    .trim()
    .max(1000, "errors.field.tooLong")
    .transform((words) => words || undefined)
    .optional(),
});
export const StatusForm = z.object({ status: z.string("errors.field.unknown"), version });
export const ShelfForm = z.object({ decision: z.enum(["keep", "spam"], "errors.field.unknown"), version });
export const NoteForm = z.object({ note: text, noteOnce: onceField, once: onceField });
export const MessageForm = z.object({ message: text, asks: z.literal("yes").optional(), once: onceField });
export const AssessmentForm = z.object({ assessment: text, based: z.string().max(64) });

/** A person or an institution, by kind and id. */
export const ExclusionForm = z.object({
  whom: z.string("exclusions.missing").regex(/^(person|institution):.{1,64}$/, "errors.field.unknown"),
});

/** A supervisor's request to read a case. */
export const AccessForm = z.object({
  number: z
    .string("access.number.wrong")
    .trim()
    .regex(/^[0-9]{4}-[0-9]{6,12}$/, "access.number.wrong"),
  reason: z.string("access.reason.short").trim().min(10, "access.reason.short").max(2000, "errors.field.tooLong"),
  once: onceField,
});

/** By how many days a deadline is extended, and for what reason. */
export const ExtensionForm = z.object({
  days: z.coerce
    .number("deadlines.extend.days.wrong")
    .int("deadlines.extend.days.wrong")
    .positive("deadlines.extend.days.wrong"),
  reason: z
    .string("deadlines.extend.reason.missing")
    .trim()
    .min(1, "deadlines.extend.reason.missing")
    .max(1000, "errors.field.tooLong"),
  once: onceField,
});

/** For how many days a desk lets somebody in. */
export const GrantForm = z.object({ days: z.enum(DAYS, "access.days.wrong") });

const code = z
  .string()
  .regex(/^[a-z0-9_-]{1,40}$/)
  .optional()
  .catch(undefined);

const place = z
  .string()
  .regex(/^-?\d\.\d{1,15}\.[\w-]{1,40}$/)
  .optional()
  .catch(undefined);

/** The filters of the inbox; anything that is not a code counts as no filter. */
export const ListQuery = z.object({
  status: code,
  form: code,
  territory: code,
  /** What nobody has opened yet, or has not in time. */
  only: z.enum(["new", "late"]).optional().catch(undefined),
  shelf: z.literal(LIKELY_SPAM).optional().catch(undefined),
  desk: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .optional()
    .catch(undefined),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** The same with the row after or before which a page begins. */
export const InboxQuery = ListQuery.extend({ after: place, before: place });
