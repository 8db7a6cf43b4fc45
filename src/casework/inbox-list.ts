import { listDesksOf } from "#accounts/index.ts";
import { type Country, readLateBefore } from "#country/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { listAskedAbout } from "./access-store.ts";
import { countInbox } from "./counts-store.ts";
import type { InboxQuery, ListQuery } from "./forms.ts";
import { type InboxFilter, type InboxPlace, listInbox, placeOf } from "./inbox-store.ts";
import { LIKELY_SPAM, overdueUntil } from "./shelf.ts";
import { type CaseRow, listForms } from "./store.ts";

export const ROWS_A_PAGE = 20;

interface Asked {
  readonly country: Country;
  readonly personId: string;
  readonly query: ReturnType<typeof InboxQuery.parse>;
  readonly now: number;
}

/** One page of a person's desk with its counts; `place.before` and `place.after` are where its neighbours begin. */
export async function readInbox(reader: Reader, { country, personId, query, now }: Asked) {
  const desks = await listDesksOf(reader, personId);
  const desk = desks.find((each) => each.id === query.desk) ?? desks[0];
  const nothing = {
    rows: [],
    forms: [],
    asked: new Set<string>(),
    counts: undefined,
    before: undefined,
    after: undefined,
  };
  if (!desk) return { desks, desk, ...nothing };
  const filter = filterOf(country, { query, deskId: desk.id, viewerId: personId, now });
  const page = await pageOf(reader, filter, query);
  const ids = page.rows.map((row) => row.id);
  const [forms, asked] = [await listForms(reader, ids), await listAskedAbout(reader, ids)];
  return { desks, desk, ...page, forms, asked, counts: await countInbox(reader, filter) };
}

/** The case behind this one in the list that somebody came from, as it stands by now; undefined behind the last. */
export async function findNext(
  reader: Reader,
  file: CaseRow,
  { country, personId, query, now }: Pick<Asked, "country" | "personId" | "now"> & { readonly query: ListQuery },
): Promise<CaseRow | undefined> {
  const filter = filterOf(country, { query, deskId: file.deskId, viewerId: personId, now });
  const [next] = await listInbox(reader, filter, { from: placeOf(file, filter), most: 1 });
  return next;
}

interface Looking extends Pick<InboxFilter, "deskId" | "viewerId"> {
  readonly query: ListQuery;
  readonly now: number;
}

function filterOf(country: Country, { query, deskId, viewerId, now }: Looking): InboxFilter {
  const { status, form, territory, only } = query;
  const times = { lateBefore: readLateBefore(country, now), overdueUntil: overdueUntil(country, now) };
  return { deskId, viewerId, status, form, territory, only, shelf: query.shelf === LIKELY_SPAM, ...times };
}

/** The rows behind or before a place; a page towards the top that is not full begins at the top instead. */
async function pageOf(reader: Reader, filter: InboxFilter, query: Asked["query"]) {
  const most = ROWS_A_PAGE + 1;
  const before = placeFrom(query.before);
  if (before) {
    const found = await listInbox(reader, filter, { from: before, backwards: true, most });
    const rows = found.slice(0, ROWS_A_PAGE).reverse();
    if (found.length > ROWS_A_PAGE) return { rows, before: rows[0], after: rows.at(-1) };
  }
  const from = before ? undefined : placeFrom(query.after);
  const found = await listInbox(reader, filter, { from, most });
  const rows = found.slice(0, ROWS_A_PAGE);
  return { rows, before: from && rows[0], after: found.length > ROWS_A_PAGE ? rows.at(-1) : undefined };
}

function placeFrom(text: string | undefined): InboxPlace | undefined {
  const [rank, receivedAt, id] = text?.split(".") ?? [];
  return rank && receivedAt && id ? { rank: Number(rank), receivedAt: Number(receivedAt), id } : undefined;
}
