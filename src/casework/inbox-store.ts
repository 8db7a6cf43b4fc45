import { and, asc, eq, gt, inArray, lt, lte, or, type SQL } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { rankOf } from "./case.ts";
import { caseFile, caseForm } from "./schema.ts";
import { SHELF_RANK, SHELF_URGENCY } from "./shelf.ts";
import type { CaseRow } from "./store.ts";

export interface InboxFilter {
  readonly deskId: string;
  /** A status, or undefined for every open case. */
  readonly status: string | undefined;
  readonly form: string | undefined;
  readonly territory: string | undefined;
  /** The shelf instead of the list. */
  readonly shelf: boolean;
  /** What arrived until then has lain on the shelf too long and stands in the list. */
  readonly overdueUntil: number;
}

/** Where a page of the inbox begins: after this row of the order urgency, age, id. */
export interface InboxPlace {
  readonly rank: number;
  readonly receivedAt: number;
  readonly id: string;
}

interface PageOfInbox {
  readonly after: InboxPlace | undefined;
  readonly most: number;
}

/**
 * One page of the inbox, the most urgent and then the oldest first; codes only, nothing is opened. What has lain on
 * the shelf too long comes back by the clock alone: two ranges of one index are merged, and no job can forget it.
 */
export async function listInbox(reader: Reader, filter: InboxFilter, page: PageOfInbox): Promise<CaseRow[]> {
  const { inbox, shelf, overdue } = rangesAt(filter.overdueUntil);
  if (filter.shelf) return selectRows(reader, filter, page, shelf);
  const rows = await selectRows(reader, filter, page, inbox);
  const back = onShelf(page);
  if (!back) return rows;
  const returned = (await selectRows(reader, filter, back, overdue)).map((row) => ({ ...row, rank: RETURNED_RANK }));
  return [...rows, ...returned].sort(byPlace).slice(0, page.most);
}

/** What stands in the list, what lies on the shelf, and what has lain there too long. */
export function rangesAt(overdueUntil: number) {
  const shelved = eq(caseFile.rank, SHELF_RANK);
  return {
    inbox: [lt(caseFile.rank, SHELF_RANK)],
    shelf: [shelved, gt(caseFile.receivedAt, overdueUntil)],
    overdue: [shelved, lte(caseFile.receivedAt, overdueUntil)],
  };
}

const MOST_COUNTED = 100;

/** How many cases lie on the shelf, counted up to a hundred. */
export async function countShelf(reader: Reader, deskId: string, overdueUntil: number): Promise<number> {
  const rows = await reader
    .select({ id: caseFile.id })
    .from(caseFile)
    .where(and(eq(caseFile.deskId, deskId), eq(caseFile.open, true), ...rangesAt(overdueUntil).shelf))
    .limit(MOST_COUNTED);
  return rows.length;
}

/** Where what comes back from the shelf stands in the list. */
const RETURNED_RANK = rankOf(SHELF_URGENCY, false);

/** The place where a page of the list begins among what comes back; undefined where all of that stood before it. */
function onShelf({ after, most }: PageOfInbox): PageOfInbox | undefined {
  if (!after || after.rank < RETURNED_RANK) return { after: undefined, most };
  return after.rank === RETURNED_RANK ? { after: { ...after, rank: SHELF_RANK }, most } : undefined;
}

function byPlace(one: InboxPlace, other: InboxPlace): number {
  return one.rank - other.rank || one.receivedAt - other.receivedAt || (one.id < other.id ? -1 : 1);
}

/** The rows of one range of ranks, as a query: the tests look at how it is answered. */
export function selectRows(
  reader: Reader,
  filter: Pick<InboxFilter, "deskId" | "status" | "form" | "territory">,
  page: PageOfInbox,
  range: readonly SQL[],
) {
  const conditions: (SQL | undefined)[] = [
    eq(caseFile.deskId, filter.deskId),
    filter.status ? eq(caseFile.status, filter.status) : eq(caseFile.open, true),
    filter.territory ? eq(caseFile.territory, filter.territory) : undefined,
    filter.form
      ? inArray(
          caseFile.id,
          reader.select({ id: caseForm.caseId }).from(caseForm).where(eq(caseForm.form, filter.form)),
        )
      : undefined,
    page.after && laterThan(page.after),
    ...range,
  ];
  return reader
    .select()
    .from(caseFile)
    .where(and(...conditions))
    .orderBy(asc(caseFile.rank), asc(caseFile.receivedAt), asc(caseFile.id))
    .limit(page.most);
}

function laterThan({ rank, receivedAt, id }: InboxPlace): SQL | undefined {
  const sameRank = eq(caseFile.rank, rank);
  return or(
    gt(caseFile.rank, rank),
    and(sameRank, gt(caseFile.receivedAt, receivedAt)),
    and(sameRank, eq(caseFile.receivedAt, receivedAt), gt(caseFile.id, id)),
  );
}
