import { isPostgres } from "./columns.ts";
import type { Database } from "./database.ts";
import type { DatabasePlace } from "./migrate.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

/** Opens the engine that `DATABASE_URL` names; the schema must already be migrated. */
export function openDatabase(place: DatabasePlace): Database {
  return isPostgres && place.url ? openPostgres(place.url) : openSqlite(place.file);
}
