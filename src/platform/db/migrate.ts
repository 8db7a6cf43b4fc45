import { existsSync, mkdirSync, readFileSync } from "node:fs";
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

/** True where a database of this very schema lies; looking makes nothing. Throws what the driver throws. */
export async function isMigrated(place: DatabasePlace): Promise<boolean> {
  const wanted = isPostgres ? "postgres" : "sqlite";
  const journal = readFileSync(`${migrationsOf(wanted)}/meta/_journal.json`, "utf8");
  const { entries } = JSON.parse(journal) as { entries: readonly { readonly when: number }[] };
  const newest = Math.max(...entries.map(({ when }) => when));
  return (isPostgres ? await newestOnPostgres(place) : newestOnSqlite(place)) === newest;
}

async function newestOnPostgres({ url }: DatabasePlace): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query("select to_regclass('drizzle.__drizzle_migrations') as found");
    if (!rows[0]?.found) return 0;
    const newest = await client.query("select max(created_at) as newest from drizzle.__drizzle_migrations");
    return Number(newest.rows[0]?.newest ?? 0);
  } finally {
    await client.end();
  }
}

function newestOnSqlite({ file }: DatabasePlace): number {
  if (!existsSync(file)) return 0;
  const connection = new Sqlite(file, { readonly: true });
  try {
    const found = connection.prepare("select name from sqlite_master where name = '__drizzle_migrations'").all();
    if (found.length === 0) return 0;
    const [row] = connection.prepare("select max(created_at) as newest from __drizzle_migrations").all();
    return Number((row as { newest: number | null }).newest ?? 0);
  } finally {
    connection.close();
  }
}

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
