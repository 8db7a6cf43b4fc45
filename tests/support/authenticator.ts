import { Secret, TOTP } from "otpauth";
import type { Seen } from "./browser.ts";

/** What a phone does: it is given a secret once, and shows a code for each half minute. */
export interface Authenticator {
  codeAt(now: number): string;
}

/** Sets up an authenticator with what a page offers to type. */
export function authenticatorFrom({ text }: Pick<Seen, "text">): Authenticator {
  const typed = /<p class="code small"[^>]*>([A-Z2-7 ]+)</.exec(text)?.[1];
  if (!typed) throw new Error("this page offers no authenticator");
  const totp = new TOTP({ secret: Secret.fromBase32(typed.replaceAll(" ", "")) });
  return { codeAt: (now) => totp.generate({ timestamp: now }) };
}
