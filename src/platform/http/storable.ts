import { type AppContext, carried } from "./app.ts";
import { answerHtml } from "./compress.ts";
import { holds, tagOf } from "./entity-tag.ts";
import { guard } from "./guard.ts";
import { findRendered, keepRendered } from "./rendered-pages.ts";

const marked = carried<true>("mark of a storable page");

/**
 * Guards a page that anybody may open and that a browser may keep: home, help, about, privacy and their like.
 *
 * Every other answer is `no-store`, since a kept copy on a shared phone proves what was read there; a page says itself
 * that it is general enough. Such a page is `private, no-cache`: no school's or provider's proxy keeps it, and the
 * browser asks each time whether its copy still holds, so that a corrected number is never shown wrong. Asking costs
 * a 304 of a few hundred bytes instead of the page. The tag is made of the body alone: it is the same for everybody
 * and tells no browser from another.
 */
export const storable = guard("open", (c, next) => {
  marked.set(c, true);
  // A flood of visitors costs one rendering a second.
  const kept = isPlain(c) ? findRendered(c, c.req.path) : undefined;
  return kept === undefined ? next() : Promise.resolve(answerTagged(c, kept));
});

/** Asked for by somebody of whom nothing is known: no cookie, and nothing behind the address. */
function isPlain(c: AppContext): boolean {
  return c.req.method === "GET" && c.req.header("cookie") === undefined && !c.req.url.includes("?");
}

/** Answers 200 with a finished page, or 304 where this browser holds it already. */
export function answerWhole(c: AppContext, html: string): Response {
  if (!marked.find(c)) return answerHtml(c, html);
  if (isPlain(c)) keepRendered(c, c.req.path, html);
  return answerTagged(c, html);
}

function answerTagged(c: AppContext, html: string): Response {
  const tag = tagOf(html);
  c.header("Cache-Control", "private, no-cache");
  c.header("ETag", tag);
  if (!holds(c.req.header("if-none-match"), tag)) return answerHtml(c, html);
  c.header("Vary", "Accept-Encoding");
  return c.body(null, 304);
}
