import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, or, type SQL } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { rankOf } from "./case.ts";
import { openTo } from "./exclusion-store.ts";
import { caseFile, caseForm } from "./schema.ts";
import { SHELF_RANK, SHELF_URGENCY } from "./shelf.ts";
import type { CaseRow } from "./store.ts";

export interface InboxFilter {
  readonly deskId: string;
  /** Who looks: what a conflict of interest keeps from them stands in no list and no count. */
  readonly viewerId: string;
  /** A status, or undefined for every open case. */
  readonly status: string | undefined;
  readonly form: string | undefined;
  readonly territory: string | undefined;
  /** Only what nobody has opened yet, or what should have been opened by now. */
  readonly only?: "new" | "late" | undefined;
  /** What arrived before then and is not opened is late; undefined where nothing can be. */
  readonly lateBefore?: number | undefined;
  /** The shelf instead of the list. */
  readonly shelf: boolean;
  /** What arrived until then has lain on the shelf too long and stands in the list. */
  readonly overdueUntil: number;
}

/** A row's place in the order urgency, age, id. */
export interface InboxPlace {
  readonly rank: number;
  readonly receivedAt: number;
  readonly id: string;
}

interface PageOfInbox {
  /** The row that the page begins behind; undefined from the end that is read first. */
  readonly from: InboxPlace | undefined;
  /** Reads towards the top, and gives the rows in that order. */
  readonly backwards?: boolean;
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
  const order = page.backwards ? -1 : 1;
  return [...rows, ...returned].sort((one, other) => order * byPlace(one, other)).slice(0, page.most);
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

/** Everything that stands in the list, in one condition: counting needs no order. */
export function listed(overdueUntil: number): SQL | undefined {
  return or(lt(caseFile.rank, SHELF_RANK), lte(caseFile.receivedAt, overdueUntil));
}

/** Where what comes back from the shelf stands in the list. */
const RETURNED_RANK = rankOf(SHELF_URGENCY, false);

/** Where a case stands in the list that the filter shows. */
export function placeOf({ rank, receivedAt, id }: InboxPlace, { shelf, overdueUntil }: InboxFilter): InboxPlace {
  const back = !shelf && rank === SHELF_RANK && receivedAt <= overdueUntil;
  return { rank: back ? RETURNED_RANK : rank, receivedAt, id };
}

/** The page as it begins among what comes back; undefined where all of that stands on the other side of its place. */
function onShelf(page: PageOfInbox): PageOfInbox | undefined {
  const { from, backwards = false } = page;
  if (!from) return page;
  if (from.rank === RETURNED_RANK) return { ...page, from: { ...from, rank: SHELF_RANK } };
  return from.rank > RETURNED_RANK === backwards ? { ...page, from: undefined } : undefined;
}

function byPlace(one: InboxPlace, other: InboxPlace): number {
  return one.rank - other.rank || one.receivedAt - other.receivedAt || (one.id < other.id ? -1 : 1);
}

/** The rows of one range of ranks, as a query: the tests look at how it is answered. */
export function selectRows(reader: Reader, filter: Chosen, page: PageOfInbox, range: readonly SQL[]) {
  const inOrder = page.backwards ? desc : asc;
  return reader
    .select()
    .from(caseFile)
    .where(and(...conditionsOf(reader, filter), page.from && beyond(page.from, page.backwards), ...range))
    .orderBy(inOrder(caseFile.rank), inOrder(caseFile.receivedAt), inOrder(caseFile.id))
    .limit(page.most);
}

type Chosen = Pick<InboxFilter, "deskId" | "viewerId" | "status" | "form" | "territory" | "only" | "lateBefore">;

/** What a filter asks of a case, whether it lies on the shelf or not. */
export function conditionsOf(reader: Reader, filter: Chosen): (SQL | undefined)[] {
  const { status, form, territory, only, lateBefore } = filter;
  const withForm = () =>
    reader
      .select({ id: caseForm.caseId })
      .from(caseForm)
      .where(eq(caseForm.form, form ?? ""));
  return [
    eq(caseFile.deskId, filter.deskId),
    ...openTo(reader, filter.viewerId),
    status ? eq(caseFile.status, status) : eq(caseFile.open, true),
    territory ? eq(caseFile.territory, territory) : undefined,
    form ? inArray(caseFile.id, withForm()) : undefined,
    only ? isNull(caseFile.firstReadAt) : undefined,
    only === "late" ? lt(caseFile.receivedAt, lateBefore ?? 0) : undefined,
  ];
}

function beyond({ rank, receivedAt, id }: InboxPlace, backwards = false): SQL | undefined {
  const further = backwards ? lt : gt;
  const sameRank = eq(caseFile.rank, rank);
  return or(
    further(caseFile.rank, rank),
    and(sameRank, further(caseFile.receivedAt, receivedAt)),
    and(sameRank, eq(caseFile.receivedAt, receivedAt), further(caseFile.id, id)),
  );
}
