import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { isPostgres } from "#platform/db/columns.ts";
import { migrate } from "#platform/db/migrate.ts";
import { databaseUrl } from "./database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated SQLite file to copy, or the name of a migrated PostgreSQL database to clone. */
    template: string;
  }
}

/** Migrates one empty database; each test starts from a copy of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (isPostgres) {
    const name = `template_${process.pid}`;
    await administer(`create database ${name}`);
    await migrate({ file: "", url: databaseUrl(name) });
    project.provide("template", name);
    return () => administer(`drop database if exists ${name} with (force)`);
  }
  const folder = mkdtempSync(join(tmpdir(), "cuvam-te-template-"));
  const file = join(folder, "template.sqlite");
  await migrate({ file, url: undefined });
  project.provide("template", file);
  return async () => rmSync(folder, { recursive: true, force: true });
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(statement);
  await client.end();
}
