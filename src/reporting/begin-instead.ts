import type { AppContext } from "#platform/http/app.ts";
import { ownerOf } from "./draft-key.ts";
import { readDraft } from "./draft-store.ts";
import type { DraftHandle } from "./open-draft.ts";
import { begin, type StartNeeds } from "./start-page.ts";

const FIRST_PAGE = /\/1$/;

/**
 * Two tabs that begin at once in a fresh browser get two keys, of which it keeps one. On the first page of a draft
 * that holds no answer and that this browser cannot open, it begins one of its own; a form is sent there again.
 * Returns undefined for every other page.
 */
export async function beginInstead(
  c: AppContext,
  needs: StartNeeds,
  { cookieKey, draftId }: DraftHandle,
): Promise<Response | undefined> {
  if (!FIRST_PAGE.test(c.req.path) || c.req.header("sec-purpose") !== undefined) return undefined;
  const row = await readDraft(needs.db, draftId);
  if (row?.version !== 1 || row.expiresAt <= needs.now() || row.owner === ownerOf(cookieKey)) return undefined;
  const begun = await begin(c, needs, { trapped: false, place: undefined });
  // The same method once more, so that an answer about danger is not asked for twice.
  return begun.status === 303 && c.req.method === "POST"
    ? new Response(null, { status: 307, headers: begun.headers })
    : begun;
}
