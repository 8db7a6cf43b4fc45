import { z } from "zod";
import { LANGUAGES } from "#messages/messages.ts";
import { isBreached } from "./breached-password.ts";
import { isAboutService } from "./context-words.ts";
import { tidyEmail } from "./create-account.ts";
import { ROLE_NAMES, type Role } from "./roles.ts";

export const SignInForm = z.object({
  email: z
    .string("accounts.email.missing")
    .trim()
    .min(1, "accounts.email.missing")
    .max(200, "errors.field.tooLong")
    .transform(tidyEmail),
  password: z.string("accounts.password.missing").min(1, "accounts.password.missing").max(500, "errors.field.tooLong"),
});

const nameField = z
  .string("accounts.name.missing")
  .trim()
  .min(1, "accounts.name.missing")
  .max(100, "errors.field.tooLong");
const emailField = z.email("accounts.email.wrong").max(200, "errors.field.tooLong");
/** Long, and none that is tried first; nothing else is asked (NIST SP 800-63B-4, 3.1.1.2). */
const newPassword = z
  .string("accounts.password.missing")
  .min(12, "accounts.password.short")
  .max(500, "errors.field.tooLong")
  .refine((password) => !isBreached(password) && !isAboutService(password), "accounts.password.breached");
const languageField = z.enum(LANGUAGES, "errors.field.unknown");
/** As short as it can be and as long as people write it with spaces. */
const codeField = z
  .string("accounts.code.missing")
  .trim()
  .min(1, "accounts.code.missing")
  .max(40, "accounts.code.wrong");
const recoveryField = z
  .string("accounts.recovery.missing")
  .trim()
  .min(1, "accounts.recovery.missing")
  .max(60, "accounts.recovery.wrong");

export const SetupForm = z.object({
  name: nameField,
  email: emailField,
  password: newPassword,
  language: languageField,
});

export const AcceptForm = z.object({ name: nameField, password: newPassword, language: languageField });

export const CodeForm = z.object({ code: codeField });
export const LostForm = z.object({ code: recoveryField });

/** An earlier password or an earlier recovery code; the field is named so that no page ever writes it back. */
export const FormerForm = z.object({
  former: z.string("accounts.former.unknown").max(40, "accounts.former.unknown"),
  formerPassword: z
    .string("accounts.former.missing")
    .min(1, "accounts.former.missing")
    .max(500, "errors.field.tooLong"),
});

export const RecoverForm = SignInForm.pick({ email: true }).extend({ recovery: recoveryField, password: newPassword });

export const PasswordForm = SignInForm.pick({ password: true }).extend({ newPassword });

/** What somebody is invited as; where the person works is part of the address. */
export const InviteForm = z.object({
  name: nameField,
  email: emailField,
  role: z.enum(ROLE_NAMES as [Role, ...Role[]], "errors.field.unknown"),
  language: languageField,
  leads: z.literal("yes").optional(),
  send: z.literal("yes").optional(),
});

export const LanguageForm = z.object({ language: languageField });

export const RoleForm = z.object({ role: z.enum(ROLE_NAMES as [Role, ...Role[]], "errors.field.unknown") });

/** The person behind or before whom a page of the list begins. */
const placeField = z
  .string()
  .regex(/^[\w-]{22}$/)
  .optional()
  .catch(undefined);
export const PeopleQuery = z.object({
  role: z
    .enum(ROLE_NAMES as [Role, ...Role[]])
    .optional()
    .catch(undefined),
  before: placeField,
  after: placeField,
});
