import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { isPostgres } from "#platform/db/columns.ts";
import { RECOVERY_KEYS } from "../support/app.ts";
import { databaseUrl } from "../support/database.ts";
import { newFolder } from "./stores.ts";

/** The environment of a service. */
export type Place = Readonly<Record<string, string>>;

/** A folder in which services lie beside each other, and what was written on paper for them. */
export interface Places {
  readonly path: string;
  /** The recovery key, for a service and for who restores it. */
  readonly keys: Place;
  /** The environment of a service in a folder of its own, on a database of its own that nobody has made yet. */
  placeIn(name: string, postgres?: boolean): Promise<Place>;
  remove(): Promise<void>;
}

export function newPlaces(): Places {
  const { path, remove } = newFolder();
  const databases: string[] = [];
  const identityFile = join(path, "identity");
  writeFileSync(identityFile, `# written on paper\n${RECOVERY_KEYS.identity}\n`);
  return {
    path,
    keys: { RECOVERY_RECIPIENT: RECOVERY_KEYS.recipient, RECOVERY_IDENTITY_FILE: identityFile },
    async placeIn(name, postgres = isPostgres) {
      const at = join(path, "places", name);
      const places = { DATA_DIR: join(at, "store"), SECRETS_FILE: join(at, "secrets.json") };
      mkdirSync(at, { recursive: true });
      if (!postgres) return places;
      const database = `backup_${randomBytes(6).toString("hex")}`;
      databases.push(database);
      await administer(`create database ${database}`);
      return { ...places, DATABASE_URL: databaseUrl(database) };
    },
    async remove() {
      for (const database of databases) await administer(`drop database if exists ${database} with (force)`);
      remove();
    },
  };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl("postgres") });
  await client.connect();
  await client.query(statement);
  await client.end();
}
