import { isPostgres } from "./columns.ts";
import type { Database } from "./database.ts";
import type { DatabasePlace } from "./migrate.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";

/**
 * Opens the engine that `DATABASE_URL` names; the schema must already be migrated.
 * @param watched refuses a write inside another one, for tests; a service is faster without
 */
export function openDatabase(place: DatabasePlace, watched = false): Database {
  return isPostgres && place.url ? openPostgres(place.url, watched) : openSqlite(place.file, watched);
}
