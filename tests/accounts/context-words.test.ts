import { describe, expect, it } from "vitest";
import { isAboutService } from "#accounts/context-words.ts";
import { PasswordForm } from "#accounts/forms.ts";

describe("a password about this service", () => {
  it.each([
    "CuvamTe2026!!",
    "Чувам те 2026.",
    "ČuvamTeSrbija1",
    "trijaza-skola-1",
    "Lozinka123456",
    "admin.admin.2026",
  ])("is refused, in either script and with digits around it: %s", (password) => {
    expect(isAboutService(password)).toBe(true);
    const checked = PasswordForm.safeParse({ password: "x", newPassword: password });
    expect(checked.error?.issues.map(({ message }) => message)).toEqual(["accounts.password.breached"]);
  });

  it.each(["lipa breza vrba bor", "škola pod starom lipom", "123456789012", "moja baba peče admin kolače"])(
    "is none that only holds such a word: %s",
    (password) => expect(isAboutService(password)).toBe(false),
  );
});
