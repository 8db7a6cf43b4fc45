import { type PgTable, getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { type SQLiteColumn, type SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import { isPostgres } from "./columns.ts";

/** The columns of a table's primary key, in their order: what its rows can be walked by in pieces. */
export function primaryKeyOf(table: SQLiteTable): readonly SQLiteColumn[] {
  // Types always follow SQLite's builder, as in columns.ts.
  const { columns, primaryKeys } = isPostgres
    ? (postgresConfig(table as unknown as PgTable) as unknown as ReturnType<typeof sqliteConfig>)
    : sqliteConfig(table);
  const [several] = primaryKeys;
  if (!several) return columns.filter(({ primary }) => primary);
  // On PostgreSQL a key of several columns holds stand-ins for them.
  return several.columns.flatMap(({ name }) => columns.filter((column) => column.name === name));
}
