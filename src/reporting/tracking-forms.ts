import { z } from "zod";
import { onceField } from "#platform/http/form.ts";
import { readCode } from "./code.ts";

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
  once: onceField,
});

export const NotSafeForm = z.object({ once: onceField });
