import { and, type SQL, sql } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { conditionsOf, type InboxFilter, listed, rangesAt } from "./inbox-store.ts";
import { caseFile } from "./schema.ts";

/** Counting stops here: nobody decides otherwise about a thousand than about two. */
export const MOST_COUNTED = 999;

/** How many cases stand in each list of a desk, and how many the whole filter finds; at most one above the limit. */
export type InboxCounts = Readonly<Record<"all" | "new" | "waiting" | "late" | "spam" | "found", number>>;

/** Counts every list of the inbox in one statement, each along an index and only up to the limit. */
export async function countInbox(reader: Reader, filter: InboxFilter): Promise<InboxCounts> {
  const inList = { ...filter, status: undefined, only: undefined, shelf: false };
  const onShelf = { ...inList, shelf: true };
  const [counts] = await reader
    .select({
      all: upToLimit(reader, inList),
      new: upToLimit(reader, { ...inList, only: "new" }),
      waiting: upToLimit(reader, { ...inList, status: "info_needed" }),
      late: upToLimit(reader, { ...inList, only: "late" }),
      spam: upToLimit(reader, onShelf),
      found: upToLimit(reader, filter),
    })
    .from(sql`(select 1) as one`);
  if (!counts) throw new Error("counting gave nothing");
  return counts;
}

function upToLimit(reader: Reader, filter: InboxFilter): SQL<number> {
  const range = filter.shelf ? rangesAt(filter.overdueUntil).shelf : [listed(filter.overdueUntil)];
  const some = reader
    .select({ one: sql`1`.as("one") })
    .from(caseFile)
    .where(and(...conditionsOf(reader, filter), ...range))
    .limit(MOST_COUNTED + 1);
  return sql<number>`(select count(*) from ${some.as("some")})`.mapWith(Number);
}
