import { expect, it } from "vitest";
import { selectAskedAbout } from "#casework/access-store.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { openTestDatabase } from "../support/database.ts";

it.runIf(!isPostgres)("the inbox finds what waits by an index, in one statement for all its rows", async () => {
  const database = await openTestDatabase();
  const { sql } = await database.db.read(async (reader) => selectAskedAbout(reader, ["one", "two"]).toSQL());
  const plan = await database.raw(`explain query plan ${sql.replaceAll("?", "'x'")}`);
  expect(plan.map(({ detail }) => detail)).toEqual(["SEARCH case_access USING INDEX case_access_live (case_id=?)"]);
  await database.close();
});
