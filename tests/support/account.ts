import { type Authenticator, authenticatorFrom } from "./authenticator.ts";
import type { Seen, Visitor } from "./browser.ts";

/** A code that is shown once on a page. */
export function recoveryCodeOn({ text }: Pick<Seen, "text">): string {
  const [, code] = /<p class="code">([0-9A-Z-]{24})</.exec(text) ?? [];
  if (!code) throw new Error("no recovery code on this page");
  return code;
}

/** Gives the password and sets up an authenticator, as somebody does after the first invitation. */
export async function enrol(
  visitor: Visitor,
  { email, password, now }: { readonly email: string; readonly password: string; readonly now: number },
): Promise<Authenticator> {
  const signedIn = await visitor.post("/staff/session", { email, password });
  if (signedIn.path !== "/staff/second-factor") throw new Error(`signing in led to ${signedIn.path}`);
  const phone = authenticatorFrom(await visitor.get("/staff/second-factor"));
  const taken = await visitor.post("/staff/second-factor", { code: phone.codeAt(now) });
  if (taken.status !== 303) throw new Error(`the code was answered with ${taken.status}`);
  return phone;
}
