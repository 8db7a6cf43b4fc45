import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, type SQL } from "drizzle-orm";
import type { Duty } from "#country/index.ts";
import { selectDeskIdsBelow } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Deadline } from "./deadline-store.ts";
import { notExcluded, openTo } from "./exclusion-store.ts";
import { caseFile, deadline } from "./schema.ts";

/** Whose deadlines somebody looks at: those of the own desks, or of the bodies below the own ones. */
export type Whose =
  | { readonly of: "own"; readonly viewerId: string; readonly deskIds: readonly string[] }
  | { readonly of: "below"; readonly viewerId: string; readonly institutionIds: readonly string[] };

const REVIEW: Duty = "review";

/** Nothing that a conflict of interest keeps from the viewer, and of the own desks nothing that does not open. */
function visible(reader: Reader, whose: Whose): SQL | undefined {
  if (whose.of === "own") {
    // Whoever looks at a deadline that a body below has missed opens no case by that.
    const review = and(eq(deadline.duty, REVIEW), notExcluded(reader, whose.viewerId));
    return and(inArray(deadline.deskId, [...whose.deskIds]), or(and(...openTo(reader, whose.viewerId)), review));
  }
  const below = selectDeskIdsBelow(reader, whose.institutionIds);
  return and(inArray(deadline.deskId, below), notExcluded(reader, whose.viewerId));
}

/** A place in the list, to go on from. */
export type DuePlace = Pick<Deadline, "dueAt" | "id">;

export interface DueRow {
  readonly deadline: Deadline;
  readonly number: string;
}

export interface DuePage {
  /** Only what is late at this moment; absent for what runs too. */
  readonly lateAt?: number | undefined;
  readonly after?: DuePlace | undefined;
  readonly before?: DuePlace | undefined;
  readonly most: number;
}

/** What is owed, what ends first at the top; with `before`, the last of what stands above that place. */
export async function listDue(reader: Reader, whose: Whose, page: DuePage): Promise<DueRow[]> {
  const rows = await selectDue(reader, whose, page);
  return page.before ? rows.reverse() : rows;
}

/** The same as a query, since a test looks at how it is answered; with `before`, backwards. */
export function selectDue(reader: Reader, whose: Whose, { lateAt, after, before, most }: DuePage) {
  return reader
    .select({ deadline, number: caseFile.number })
    .from(deadline)
    .innerJoin(caseFile, eq(caseFile.id, deadline.caseId))
    .where(
      and(
        isNull(deadline.metAt),
        isNull(deadline.endedAt),
        lateAt === undefined ? undefined : lt(deadline.dueAt, lateAt),
        after && or(gt(deadline.dueAt, after.dueAt), and(eq(deadline.dueAt, after.dueAt), gt(deadline.id, after.id))),
        before &&
          or(lt(deadline.dueAt, before.dueAt), and(eq(deadline.dueAt, before.dueAt), lt(deadline.id, before.id))),
        visible(reader, whose),
      ),
    )
    .orderBy(...(before ? [desc(deadline.dueAt), desc(deadline.id)] : [asc(deadline.dueAt), asc(deadline.id)]))
    .limit(most);
}

/** A deadline of a body below that one of these desks has to look at, where nothing keeps it from the viewer. */
export async function findReview(
  reader: Reader,
  whose: Whose & { readonly of: "own" },
  id: string,
): Promise<Deadline | undefined> {
  const [row] = await reader
    .select({ deadline })
    .from(deadline)
    .innerJoin(caseFile, eq(caseFile.id, deadline.caseId))
    .where(and(eq(deadline.id, id), eq(deadline.duty, REVIEW), isNull(deadline.metAt), visible(reader, whose)));
  return row?.deadline;
}

/** What became of the clocks that were due in a period. */
export interface DueFigures {
  readonly inTime: number;
  readonly late: number;
  readonly unmet: number;
}

/**
 * Of the deadlines that were due after one moment and until another: met in time, met late, still unmet. They are counted
 * by when the rule said, so that no later act changes which are counted; what ended before the rule said is none of them.
 */
export async function countDue(
  reader: Reader,
  whose: Whose,
  { after, until }: { readonly after: number; readonly until: number },
): Promise<DueFigures> {
  // What ended in time that was granted was unmet when the rule's was over.
  const counts = or(
    isNull(deadline.endedAt),
    isNotNull(deadline.breachedAt),
    gt(deadline.endedAt, deadline.firstDueAt),
  );
  const period = and(gt(deadline.firstDueAt, after), lte(deadline.firstDueAt, until), counts);
  const counted = async (which: SQL | undefined) => {
    const [row] = await reader
      .select({ rows: count() })
      .from(deadline)
      .innerJoin(caseFile, eq(caseFile.id, deadline.caseId))
      .where(and(period, which, visible(reader, whose)));
    return row?.rows ?? 0;
  };
  return {
    // By what the rule said, so that more time that is granted later improves nothing.
    inTime: await counted(lte(deadline.metAt, deadline.firstDueAt)),
    late: await counted(gt(deadline.metAt, deadline.firstDueAt)),
    unmet: await counted(isNull(deadline.metAt)),
  };
}
