import { z } from "zod";
import type { ReporterKey } from "#casework/index.ts";
import { derive } from "#platform/crypto/derive.ts";
import type { Fields } from "#platform/http/app.ts";
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

/** Says in its form which report a page shows; it opens nothing, and only this report's key makes it. */
export function shownFor({ identity }: ReporterKey): string {
  return derive(Buffer.from(identity), "form of a tracked report", 6).toString("base64url");
}

/** Whether a form may go to the report of this key: a page of before the update says nothing, and its cry must arrive. */
export function isShownFor(key: ReporterKey, fields: Fields): boolean {
  const shown = fields.get("shown")?.[0];
  return shown === undefined || shown === shownFor(key);
}
