import type { FormState } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";

export const signInPage = view<{ form: FormState }>("accounts/sign-in");
export const setupPage = view<{
  form: FormState;
  languages: readonly Option[];
  /** Nobody but this person could ever open what the desk receives. */
  noRecovery: boolean;
}>("accounts/setup");
export const setupDone = view<{ recoveryCode: string }>("accounts/setup-done");
export const accountPage = view<{ name: string; email: string; languages: readonly Option[]; language: string }>(
  "accounts/account",
);
