import { readFileSync } from "node:fs";
import { getTableColumns } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import * as casework from "#casework/schema.ts";

const PAGE = readFileSync(new URL("../SECURITY.md", import.meta.url), "utf8");
/** Names of rows and their order, which say nothing about anybody. */
const MACHINERY = [
  "id",
  "submission",
  "version",
  "position",
  "recipient",
  "case_id",
  "compartment_id",
  "desk_id",
  "holder_id",
];

/** Columns that hold neither sealed bytes nor machinery, as "table.column". */
function clearColumns(): string[] {
  return Object.entries(casework).flatMap(([table, made]) =>
    Object.values(getTableColumns(made))
      .filter(({ name }) => !/^sealed/.test(name) && !MACHINERY.includes(name))
      .map(({ name }) => `${table}.${name}`),
  );
}

describe("SECURITY.md", () => {
  it("names every column of a case that is not sealed", () => {
    const columns = clearColumns();
    expect(columns.length).toBeGreaterThan(25);
    expect(columns.filter((column) => !PAGE.includes(`\`${column.split(".")[1]}\``))).toEqual([]);
  });
});
