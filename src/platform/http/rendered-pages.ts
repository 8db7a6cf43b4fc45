import type { AppContext } from "./app.ts";
import { offered } from "./language.ts";

interface Rendered {
  readonly html: string;
  readonly until: number;
}

/** So long a rendered page is shown to the next who asks: what it says of the service may change meanwhile. */
const KEPT_MS = 1000;
/** Some ten general pages and the blank steps, in three languages and in a child's and an adult's words. */
const MOST_KEPT = 400;

/** By what stands around the pages, which each service has made for itself. */
const rendered = new WeakMap<object, Map<string, Rendered>>();

function pagesOf(c: AppContext): Map<string, Rendered> {
  const frame = c.get("frame");
  const known = rendered.get(frame) ?? new Map<string, Rendered>();
  rendered.set(frame, known);
  return known;
}

/** What is offered stands around every page, and may be changed within the second. */
const fullName = (c: AppContext, name: string) => `${offered.find(c)?.join() ?? ""} ${name}`;

/** A page that was rendered within the last second, by everything that makes it another than the next one. */
export function findRendered(c: AppContext, name: string): string | undefined {
  const kept = pagesOf(c).get(fullName(c, name));
  return kept && performance.now() < kept.until ? kept.html : undefined;
}

/** Keeps a page for whoever asks within a second: it must hold nothing of anybody. */
export function keepRendered(c: AppContext, name: string, html: string): void {
  const pages = pagesOf(c);
  const full = fullName(c, name);
  pages.delete(full);
  pages.set(full, { html, until: performance.now() + KEPT_MS });
  const [oldest] = pages.keys();
  if (pages.size > MOST_KEPT && oldest !== undefined) pages.delete(oldest);
}
