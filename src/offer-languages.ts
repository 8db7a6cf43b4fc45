import type { MiddlewareHandler } from "hono";
import type { Country } from "#country/index.ts";
import { findOfferedLanguages } from "#institutions/index.ts";
import { isLanguage } from "#messages/messages.ts";
import type { AppEnv } from "#platform/http/app.ts";
import { languageOf, offered } from "#platform/http/language.ts";
import type { Platform } from "#platform/platform.ts";
import { uiFor } from "#platform/views/ui.ts";

/** Staff choose among all languages; leaving and what no person reads wait for no database. */
const OTHERS = /^\/(staff|static|leave|healthz|readyz|favicon\.ico)(\/|$)/;

/**
 * Finds out which languages the public is offered. Whoever asks for a page in another one is led to the same page in
 * the first of them; a form is taken in every language, since what somebody typed before must not be lost.
 */
export function offerLanguages({ db }: Pick<Platform, "db">, country: Country): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const { path } = c.req;
    if (OTHERS.test(path)) return next();
    const tags = await findOfferedLanguages(db, country);
    offered.set(c, tags);
    const [, here] = path.split("/");
    if (!isLanguage(here)) {
      c.set("ui", uiFor(languageOf(path, c.req.header("accept-language"), tags), country));
      return next();
    }
    if (tags.includes(here) || c.req.method === "POST") return next();
    return c.redirect(`/${tags[0]}${path.slice(here.length + 1)}${new URL(c.req.url).search}`, 302);
  };
}
