import { asc, getTableColumns, getTableName, inArray, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import { sql } from "#platform/db/columns.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { primaryKeyOf } from "#platform/db/primary-key.ts";

/** What a value is on either engine: bytes are a Buffer, JSON is parsed. */
export type ColumnKind = "text" | "number" | "flag" | "bytes" | "json";

export interface Column {
  /** Its name in the program, and in the database. */
  readonly key: string;
  readonly name: string;
  readonly kind: ColumnKind;
  readonly nullable: boolean;
}

export type Row = Readonly<Record<string, unknown>>;

/** Rows of one piece; a sealed text may be long, and all of a piece are in memory at once. */
export const PIECE = 200;

const KINDS: Readonly<Record<string, ColumnKind>> = {
  string: "text",
  number: "number",
  boolean: "flag",
  buffer: "bytes",
  // The kit's own bytes on PostgreSQL.
  custom: "bytes",
  json: "json",
};

export const tableName = (table: SQLiteTable): string => getTableName(table);

/** The columns of a table. Throws for a kind of column that no backup can hold yet. */
export function columnsOf(table: SQLiteTable): readonly Column[] {
  return Object.entries(getTableColumns(table)).map(([key, { name, dataType, notNull }]) => {
    const kind = KINDS[dataType];
    if (!kind) throw new Error(`a backup cannot hold ${getTableName(table)}.${name}`);
    return { key, name, kind, nullable: !notNull };
  });
}

/** All rows of a table in the order of its key, a piece at a time. */
export async function* readRows(reader: Reader, table: SQLiteTable): AsyncGenerator<readonly Row[]> {
  const columns = primaryKeyOf(table);
  const own = Object.entries(getTableColumns(table));
  const keys = columns.map((column) => own.find(([, each]) => each === column)?.[0] ?? "");
  let after: SQL | undefined;
  for (;;) {
    const rows: Row[] = await reader
      .select()
      .from(table)
      .where(after)
      .orderBy(...columns.map((column) => asc(column)))
      .limit(PIECE);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PIECE) return;
    after = isAfter(
      columns,
      keys.map((key) => last[key]),
    );
  }
}

/** Compares whole keys at once, which both engines answer from the key's index. */
function isAfter(columns: readonly SQLiteColumn[], values: readonly unknown[]): SQL {
  const list = (parts: readonly unknown[]) =>
    sql.join(
      parts.map((part) => sql`${part}`),
      sql`, `,
    );
  return sql`(${list(columns)}) > (${list(values)})`;
}

export async function insertRows(tx: Writer, table: SQLiteTable, rows: readonly Row[]): Promise<void> {
  if (rows.length > 0) await tx.insert(table).values([...rows]);
}

export async function hasRows(reader: Reader, table: SQLiteTable): Promise<boolean> {
  const rows = await reader.select({ one: sql`1` }).from(table).limit(1);
  return rows.length > 0;
}

/** Those of the values that the column holds. */
export async function listPresent(
  reader: Reader,
  column: SQLiteColumn,
  values: readonly string[],
): Promise<ReadonlySet<unknown>> {
  const rows = await reader
    .select({ value: column })
    .from(column.table as SQLiteTable)
    .where(inArray(column, [...values]));
  return new Set(rows.map(({ value }) => value));
}
