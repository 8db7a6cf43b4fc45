import type { AppContext } from "#platform/http/app.ts";
import type { CookieJar } from "#platform/http/cookies.ts";
import { type Answers, textAnswer } from "./draft.ts";
import { type Address, isAddress, type Speech, speechOf } from "./voice.ts";

const COOKIE = "v";

/**
 * How somebody has chosen to be spoken with: by the link or the button that led here, which is then remembered until
 * the browser is closed, or earlier. No cookie is set before somebody chooses.
 */
export function chosenAddress(cookies: CookieJar, c: AppContext): Address | undefined {
  const typed = c.get("typed");
  const asked = [c.req.query("voice"), typed.get("go")?.[0], typed.get("voice")?.[0]].find(isAddress);
  if (asked) {
    cookies.write(c, COOKIE, asked);
    return asked;
  }
  const kept = cookies.read(c, COOKIE);
  return isAddress(kept) ? kept : undefined;
}

/** How to speak with the person of this request, whose report has these answers so far. */
export function speechTo(c: AppContext, { cookies }: { readonly cookies: CookieJar }, answers: Answers): Speech {
  return speechOf(textAnswer(answers, "role"), chosenAddress(cookies, c));
}

export function forgetAddress(cookies: CookieJar, c: AppContext): void {
  cookies.remove(c, COOKIE);
}
