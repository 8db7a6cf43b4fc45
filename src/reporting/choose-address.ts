import type { Country } from "#country/index.ts";
import type { AppContext } from "#platform/http/app.ts";
import type { CookieJar } from "#platform/http/cookies.ts";
import { offeredOf } from "#platform/http/language.ts";
import { closesSoon } from "#platform/http/school-computer.ts";
import { isSecretField } from "#platform/http/secret-fields.ts";
import type { OtherVoice, Speaking } from "#platform/views/parts.ts";
import { type Answers, textAnswer } from "./draft.ts";
import { type Address, isAddress, otherAddress, type Speech, speechOf } from "./voice.ts";

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

/** Speaks so from now on, where nobody was asked: whoever reports from work is an adult. */
export function rememberAddress(cookies: CookieJar, c: AppContext, address: Address): void {
  cookies.write(c, COOKIE, address);
}

/** How to speak with the person of this request, whose report has these answers so far. */
export function speechTo(c: AppContext, { cookies }: { readonly cookies: CookieJar }, answers: Answers): Speech {
  return speechOf(textAnswer(answers, "role"), chosenAddress(cookies, c));
}

/**
 * What a form offers so that its page comes back in other words or in another language, as it was typed.
 * @param path where the form goes in every language, below it; undefined where its buttons say the language by themselves
 */
export function speakingOf(c: AppContext, country: Country, address: Address, path?: string): Speaking {
  const other = otherAddress(address);
  return {
    other: { address: other, go: other },
    languages: offeredOf(c, country.languages).map(({ tag, name }) => ({
      tag,
      name,
      action: path && `/${tag}${path}`,
    })),
    closes: closesSoon(c),
  };
}

/** What says how to speak, and what a button of the page before said. */
const SAID = new Set(["go", "voice"]);

/** The way to this page in the other words: asked for again, or sent again with everything that was typed. */
export function otherVoice(c: AppContext, address: Address): OtherVoice {
  const other = otherAddress(address);
  if (c.req.method !== "POST") return voiceLink(other, c.req.path, c.req.query());
  const typed = [...c.get("typed")].filter(([name]) => !SAID.has(name) && !isSecretField(name));
  return {
    other,
    path: c.req.path,
    typed: typed.flatMap(([name, values]) => values.map((value) => ({ name, value }))),
  };
}

/** A page asked for in these words. */
export function voiceLink(other: Address, path: string, query: Readonly<Record<string, string>> = {}): OtherVoice {
  return { other, path: `${path}?${new URLSearchParams({ ...query, voice: other })}`, typed: undefined };
}

export function forgetAddress(cookies: CookieJar, c: AppContext): void {
  cookies.remove(c, COOKIE);
}
