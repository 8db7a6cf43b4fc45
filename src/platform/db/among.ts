import type { SQLWrapper } from "drizzle-orm";
import { isPostgres, sql } from "./columns.ts";

/** Whether a text is one of a list that a prepared query is given by name; `listed` makes the list for it. */
export const among = (column: SQLWrapper, name: string) =>
  isPostgres
    ? sql`${column} = any(${sql.placeholder(name)})`
    : sql`${column} in (select value from json_each(${sql.placeholder(name)}))`;

/** A list as the engine takes it for `among`: however long it is, the statement stays the same. */
export const listed = (texts: readonly string[]): unknown => (isPostgres ? texts : JSON.stringify(texts));
