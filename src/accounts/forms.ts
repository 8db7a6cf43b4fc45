import { z } from "zod";
import { LANGUAGES } from "#messages/messages.ts";
import { tidyEmail } from "./create-account.ts";

export const SignInForm = z.object({
  email: z
    .string("accounts.email.missing")
    .trim()
    .min(1, "accounts.email.missing")
    .max(200, "errors.field.tooLong")
    .transform(tidyEmail),
  password: z.string("accounts.password.missing").min(1, "accounts.password.missing").max(500, "errors.field.tooLong"),
});

export const SetupForm = z.object({
  name: z.string("accounts.name.missing").trim().min(1, "accounts.name.missing").max(100, "errors.field.tooLong"),
  email: z.email("accounts.email.wrong").max(200, "errors.field.tooLong"),
  password: z.string("accounts.password.missing").min(12, "accounts.password.short").max(500, "errors.field.tooLong"),
  language: z.enum(LANGUAGES, "errors.field.unknown"),
});

export const LanguageForm = z.object({ language: z.enum(LANGUAGES, "errors.field.unknown") });
