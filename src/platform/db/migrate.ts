import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { drizzle as drizzleSqlite } from "drizzle-orm/better-sqlite3";
import { migrate as migrateSqlite } from "drizzle-orm/better-sqlite3/migrator";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { isPostgres } from "./columns.ts";

/** Where a database lives: a file for SQLite, an address for PostgreSQL. */
export interface DatabasePlace {
  readonly file: string;
  readonly url: string | undefined;
}

const migrationsOf = (engine: string) => new URL(`../../../drizzle/${engine}`, import.meta.url).pathname;

/** Two servers may start at once: the second waits on this lock until the first has migrated. */
const ONE_MIGRATION_AT_A_TIME = "select pg_advisory_lock(72450601)";

/** Brings the database to the newest schema; running it again changes nothing. */
export async function migrate(place: DatabasePlace): Promise<void> {
  if (isPostgres) {
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    try {
      await client.query(ONE_MIGRATION_AT_A_TIME);
      await migratePostgres(drizzlePostgres(client), { migrationsFolder: migrationsOf("postgres") });
    } finally {
      await client.end();
    }
    return;
  }
  mkdirSync(dirname(place.file), { recursive: true, mode: 0o700 });
  const connection = new Sqlite(place.file);
  connection.pragma("journal_mode = wal");
  migrateSqlite(drizzleSqlite(connection), { migrationsFolder: migrationsOf("sqlite") });
  connection.close();
}
