import type { AppContext } from "./app.ts";
import { answerHtml, packLikeAnother, textOf } from "./compress.ts";
import { findRendered, keepRendered } from "./rendered-pages.ts";

/**
 * Answers with a page that holds nothing of anybody: it is rendered once a second and packed once for all who see it.
 * @param name everything that makes this page another than the next one
 * @param make answers with the page itself; called where none is kept
 */
export async function answerSamePage(c: AppContext, name: string, make: () => Promise<Response>): Promise<Response> {
  const kept = findRendered(c, name);
  const response = kept === undefined ? await make() : answerHtml(c, kept);
  if (kept === undefined) keepRendered(c, name, textOf(response));
  packLikeAnother(response);
  return response;
}
