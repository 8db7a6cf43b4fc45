import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
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

interface Journal {
  readonly entries: readonly { readonly when: number; readonly tag: string }[];
}

/** Migrations as they were made, the newest last; both engines have the same names. */
function journal(): Journal["entries"] {
  const file = `${migrationsOf(isPostgres ? "postgres" : "sqlite")}/meta/_journal.json`;
  return (JSON.parse(readFileSync(file, "utf8")) as Journal).entries;
}

/** The name of the newest migration, the same on both engines: what a backup must have been made at to fit. */
export function schemaLevel(): string {
  return journal().at(-1)?.tag ?? "";
}

/** What lies at a place: nothing at all, a database of this very schema, or something else. */
export type Found = "nothing" | "same" | "other";

/** Looks what lies at a place; looking makes nothing. Throws what the driver throws. */
export async function findSchema(place: DatabasePlace): Promise<Found> {
  const newest = isPostgres ? await newestOnPostgres(place) : newestOnSqlite(place);
  if (newest === undefined) return "nothing";
  return newest === Math.max(...journal().map(({ when }) => when)) ? "same" : "other";
}

/** True where a database of this very schema lies; looking makes nothing. Throws what the driver throws. */
export async function isMigrated(place: DatabasePlace): Promise<boolean> {
  return (await findSchema(place)) === "same";
}

/** When the newest migration was made, 0 where tables lie that no migration made, undefined where none lies. */
async function newestOnPostgres({ url }: DatabasePlace): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query("select to_regclass('drizzle.__drizzle_migrations') as found");
    if (!rows[0]?.found) {
      const others = await client.query(
        "select 1 from information_schema.tables where table_schema = 'public' limit 1",
      );
      return others.rows.length > 0 ? 0 : undefined;
    }
    const newest = await client.query("select max(created_at) as newest from drizzle.__drizzle_migrations");
    return Number(newest.rows[0]?.newest ?? 0);
  } finally {
    await client.end();
  }
}

function newestOnSqlite({ file }: DatabasePlace): number | undefined {
  if (!existsSync(file)) return undefined;
  const connection = new Sqlite(file, { readonly: true });
  try {
    const names = connection.prepare("select name from sqlite_master").pluck().all();
    if (names.length === 0) return undefined;
    if (!names.includes("__drizzle_migrations")) return 0;
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
  keepToOwner(place.file);
  const connection = new Sqlite(place.file);
  connection.pragma("journal_mode = wal");
  migrateSqlite(drizzleSqlite(connection), { migrationsFolder: migrationsOf("sqlite") });
  connection.close();
}

/**
 * SQLite makes a file that everybody may read, and two beside it like it, perhaps in a folder that somebody made by hand.
 * One that is there is not opened: closing it would drop the locks that this process holds on it.
 */
function keepToOwner(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    try {
      chmodSync(each, 0o600);
    } catch (error) {
      // The two beside it go whenever the last connection of another process closes.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
}
