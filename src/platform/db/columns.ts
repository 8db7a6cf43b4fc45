import { sql } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";
import { variable } from "#platform/environment.ts";

/** The one place besides config.ts that reads the environment, since table objects exist from the first import. */
export const isPostgres = /^postgres(ql)?:/.test(variable(process.env, "DATABASE_URL") ?? "");

/** Types always follow SQLite's builder, so that store code is written once for both engines. */
function pick<T>(onSqlite: T, onPostgres: unknown): T {
  return isPostgres ? (onPostgres as T) : onSqlite;
}

const pgBytes = pg.customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

export const table = pick(sqlite.sqliteTable, pg.pgTable);
export const text = pick(
  (name: string) => sqlite.text(name),
  (name: string) => pg.text(name),
);
export const integer = pick(
  (name: string) => sqlite.integer(name),
  (name: string) => pg.bigint(name, { mode: "number" }),
);
export const flag = pick(
  (name: string) => sqlite.integer(name, { mode: "boolean" }),
  (name: string) => pg.boolean(name),
);
/** An instant in milliseconds since 1970 (UTC), the same number on both engines. */
export const instant = (name: string) => integer(name);
export const bytes = pick(
  (name: string) => sqlite.blob(name, { mode: "buffer" }),
  (name: string) => pgBytes(name),
);
export const json = <T>(name: string) =>
  pick(sqlite.text(name, { mode: "json" }).$type<T>(), pg.jsonb(name).$type<T>());
export const index = pick(sqlite.index, pg.index);
export const uniqueIndex = pick(sqlite.uniqueIndex, pg.uniqueIndex);
export const primaryKey = pick(sqlite.primaryKey, pg.primaryKey);
export { sql };
