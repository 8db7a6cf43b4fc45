import { and, asc, eq, gt, inArray, or, type SQL } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { caseFile, caseForm } from "./schema.ts";
import type { CaseRow } from "./store.ts";

export interface InboxFilter {
  readonly deskId: string;
  /** A status, or undefined for every open case. */
  readonly status: string | undefined;
  readonly form: string | undefined;
  readonly territory: string | undefined;
}

/** Where a page of the inbox begins: after this row of the order urgency, age, id. */
export interface InboxPlace {
  readonly rank: number;
  readonly receivedAt: number;
  readonly id: string;
}

/** One page of the inbox, the most urgent and then the oldest first; codes only, nothing is opened. */
export function listInbox(
  reader: Reader,
  filter: InboxFilter,
  page: { readonly after: InboxPlace | undefined; readonly most: number },
): Promise<CaseRow[]> {
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
