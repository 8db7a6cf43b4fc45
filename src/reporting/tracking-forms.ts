import { z } from "zod";
import { readCode } from "./code.ts";

/** Names one sending of a form, so that a repeated one is not a second message. */
const once = z.string().regex(/^[\w-]{16,40}$/);

export const CodeForm = z.object({
  code: z
    .string("tracking.code.malformed")
    .transform((typed) => readCode(typed) ?? "")
    .refine((code) => code !== "", "tracking.code.malformed"),
});

export const AddForm = z.object({
  words: z
    .string("tracking.add.missing")
    .max(10_000, "errors.field.tooLong")
    .refine((text) => text.trim() !== "", "tracking.add.missing"),
  once: once.optional(),
});

export const NotSafeForm = z.object({ once: once.optional() });
