import { afterEach, beforeEach, expect, it } from "vitest";
import type { Database } from "#platform/db/database.ts";
import { findDraft, insertDraft, readDraft } from "#reporting/draft-store.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";

const DRAFTS = ["one", "two", "three"].map((id) => {
  return { id, owner: `owner of ${id}`, sealed: Buffer.from(id), version: 1, expiresAt: 9, sentAt: null };
});
let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
  await database.db.write(async (tx) => {
    for (const row of DRAFTS) await insertDraft(tx, row);
  });
});
afterEach(() => database.close());

it("gives many who ask at once the own draft each, nobody another's, whatever stands in an address, and asks the store once", async () => {
  let asked = 0;
  const db: Database = {
    ...database.db,
    read(work) {
      asked += 1;
      return database.db.read(work);
    },
  };
  const wanted = ["three", "nobody's", "one", 'it\'s "quoted", [odd]', "two\0", "two", "one"];
  const found = await Promise.all(wanted.map((id) => readDraft(db, id)));
  expect(found.map((row) => row?.owner)).toEqual(
    ["three", "", "one", "", "", "two", "one"].map((id) => (id ? `owner of ${id}` : undefined)),
  );
  expect(asked).toBe(1);
});

it("sees inside a transaction what that transaction has written", async () => {
  const [first] = DRAFTS;
  await database.db.write(async (tx) => {
    await insertDraft(tx, { ...first!, id: "four" });
    expect((await findDraft(tx, "four"))?.owner).toBe("owner of one");
    expect(await findDraft(tx, "five")).toBeUndefined();
  });
});
