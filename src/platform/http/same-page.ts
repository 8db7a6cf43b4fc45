import type { AppContext } from "./app.ts";
import { answerHtml, packLikeAnother, textOf } from "./compress.ts";

interface Rendered {
  readonly html: string;
  readonly until: number;
}

/** So long a rendered page is shown to the next who asks: what it says of the service may change meanwhile. */
const KEPT_MS = 1000;
/** The blank steps, in three languages and two voices, with what stands before and behind them. */
const MOST_KEPT = 400;

/** By what stands around the pages, which each service has made for itself. */
const rendered = new WeakMap<object, Map<string, Rendered>>();

/**
 * Answers with a page that holds nothing of anybody: it is rendered once a second and packed once for all who see it.
 * @param name everything that makes this page another than the next one
 * @param make answers with the page itself; called where none is kept
 */
export async function answerSamePage(c: AppContext, name: string, make: () => Promise<Response>): Promise<Response> {
  const frame = c.get("frame");
  const pages = rendered.get(frame) ?? new Map<string, Rendered>();
  rendered.set(frame, pages);
  const kept = pages.get(name);
  const now = performance.now();
  const isFresh = kept !== undefined && now < kept.until;
  const response = isFresh ? answerHtml(c, kept.html) : await make();
  if (!isFresh) {
    pages.delete(name);
    pages.set(name, { html: textOf(response), until: now + KEPT_MS });
    const [oldest] = pages.keys();
    if (pages.size > MOST_KEPT && oldest !== undefined) pages.delete(oldest);
  }
  packLikeAnother(response);
  return response;
}
