import { randomBytes } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { markingAudit } from "#audit/index.ts";
import { isPostgres } from "#platform/db/columns.ts";
import type { Database } from "#platform/db/database.ts";
import { openDatabase } from "#platform/db/open.ts";
import { SECRETS } from "./secrets.ts";

export interface TestDatabase {
  readonly db: Database;
  /** Where it lies, to look at it from outside or to open it twice. */
  readonly place: { readonly file: string; readonly url: string | undefined };
  /** Runs a statement past the application, as a thief or a careless administrator would. */
  raw(statement: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** The address of another database on the server that the tests were given. */
export function databaseUrl(name: string): string {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.pathname = `/${name}`;
  return url.href;
}

/** A fresh migrated database of the engine under test. */
export async function openTestDatabase(): Promise<TestDatabase> {
  return isPostgres ? openOnPostgres() : openOnSqlite();
}

/** A copy of a database as it is, whose connections were closed before. */
export function openCopyOf({ place }: TestDatabase): Promise<TestDatabase> {
  return isPostgres ? openOnPostgres(nameIn(place)) : openOnSqlite(place.file);
}

const nameIn = ({ url }: TestDatabase["place"]) => new URL(url ?? "").pathname.slice(1);

/** Forgets a database whose connections were closed before. */
export async function dropDatabase({ place }: TestDatabase): Promise<void> {
  if (isPostgres) await query(databaseUrl("postgres"), `drop database ${nameIn(place)} with (force)`);
  else rmSync(dirname(place.file), { recursive: true, force: true });
}

async function openOnSqlite(template: string = inject("template")): Promise<TestDatabase> {
  const { default: Sqlite } = await import("better-sqlite3");
  const folder = mkdtempSync(join(tmpdir(), "cuvam-te-test-"));
  const file = join(folder, "test.sqlite");
  copyFileSync(template, file);
  const place = { file, url: undefined };
  const db = markingAudit(openDatabase(place, true), SECRETS);
  return {
    db,
    place,
    async raw(statement) {
      const connection = new Sqlite(file);
      try {
        const prepared = connection.prepare(statement);
        if (prepared.reader) return prepared.all() as Record<string, unknown>[];
        prepared.run();
        return [];
      } finally {
        connection.close();
      }
    },
    async close() {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openOnPostgres(template: string = inject("template")): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await query(databaseUrl("postgres"), `create database ${name} template ${template}`);
  const place = { file: "", url: databaseUrl(name) };
  const db = markingAudit(openDatabase(place, true), SECRETS);
  return {
    db,
    place,
    raw: (statement) => query(databaseUrl(name), statement),
    async close() {
      await db.close();
      await query(databaseUrl("postgres"), `drop database ${name} with (force)`);
    },
  };
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
