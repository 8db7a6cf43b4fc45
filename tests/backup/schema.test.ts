import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getTableName, is, Table } from "drizzle-orm";
import { getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import { expect, it } from "vitest";
import { columnsOf, tableName } from "#backup/row-store.ts";
import { type Kept, TABLES } from "#backup/schema.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { primaryKeyOf } from "#platform/db/primary-key.ts";
import { filesBelow, ROOT } from "../platform/project-files.ts";

const listed = (tables: readonly Kept[]) => tables.map(({ table }) => tableName(table));

/** Tables that stand in no list or in two, and listed ones that are not there. */
function listFaults(there: readonly string[], names: readonly string[]): string[] {
  return [
    ...there.filter((name) => names.filter((each) => each === name).length !== 1),
    ...names.filter((name) => !there.includes(name)),
  ];
}

/** What the newest migration of an engine has made, as its generator wrote it down. */
function migratedTables(engine: string): string[] {
  const base = join(ROOT, "drizzle", engine, "meta");
  const { entries } = JSON.parse(readFileSync(join(base, "_journal.json"), "utf8")) as { entries: { idx: number }[] };
  const newest = String(entries.at(-1)?.idx).padStart(4, "0");
  const { tables } = JSON.parse(readFileSync(join(base, `${newest}_snapshot.json`), "utf8")) as {
    tables: Record<string, { name: string }>;
  };
  return Object.values(tables).map(({ name }) => name);
}

it.each(["sqlite", "postgres"])(
  "every table of %s lies in exactly one part of a backup, or in none with a reason",
  (engine) => {
    const there = migratedTables(engine);
    expect(there.length).toBeGreaterThan(30);
    expect(listFaults(there, listed(TABLES))).toEqual([]);
  },
);

it("every table of the program too, also one that no migration makes yet", async () => {
  const schemas = filesBelow("src", "schema.ts").filter(({ path }) => !path.startsWith("src/backup/"));
  const made = await Promise.all(schemas.map(({ path }) => import(join(ROOT, path)) as Promise<object>));
  const tables = made.flatMap((module) => Object.values(module)).filter((each): each is Table => is(each, Table));
  expect(listFaults(tables.map(getTableName), listed(TABLES))).toEqual([]);
});

it("a new table, one that is gone and one in two lists would be noticed", () => {
  const names = listed(TABLES);
  expect(listFaults([...names, "chat"], names)).toEqual(["chat"]);
  expect(listFaults(names, [...names, "gone"])).toEqual(["gone"]);
  expect(listFaults(names, [...names, "holder"])).toEqual(["holder"]);
});

/** References to a table that comes later, or to one that is not restored. */
function orderFaults(tables: readonly Kept[]): string[] {
  const configOf = (isPostgres ? postgresConfig : sqliteConfig) as typeof sqliteConfig;
  const kept = tables.filter(({ part }) => part !== "none");
  return kept.flatMap(({ table }, at) => {
    const earlier = listed(kept.slice(0, at));
    return configOf(table)
      .foreignKeys.map((key) => tableName(key.reference().foreignTable))
      .filter((name) => !earlier.includes(name))
      .map((name) => `${tableName(table)} needs ${name}`);
  });
}

it("rows are restored after those they refer to", () => {
  expect(orderFaults(TABLES)).toEqual([]);
  expect(orderFaults([...TABLES].reverse())).toContain("holder needs compartment");
});

it("what opens a case lies in the part that is kept for a week, and nothing else does", () => {
  const holders = listed(TABLES.filter(({ part }) => part === "holders"));
  expect(holders).toEqual(["holder", "apart_key_holder", "notice_address"]);
});

it("every table that is kept has a key to walk by, and columns of known kinds", () => {
  for (const { table, part } of TABLES) {
    if (part === "none") continue;
    expect([tableName(table), primaryKeyOf(table).length]).not.toContain(0);
    expect(columnsOf(table).length).toBeGreaterThan(0);
  }
});
