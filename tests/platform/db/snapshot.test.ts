import { afterEach, beforeEach, expect, it } from "vitest";
import type { Reader, Writer } from "#platform/db/database.ts";
import { job } from "#platform/jobs/schema.ts";
import { openTestDatabase, type TestDatabase } from "../../support/database.ts";
import { caughtFrom } from "./sample.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const jobRow = (id: string) => ({ id, kind: "k", payload: {}, runAt: 1, attempts: 0, claimedUntil: 0 });
const insertJob = (tx: Writer, id: string) => tx.insert(job).values(jobRow(id));
const idsIn = async (reader: Reader) => (await reader.select({ id: job.id }).from(job)).map(({ id }) => id).sort();

it("a snapshot sees one moment, while others write and are not held up", async () => {
  const { db } = database;
  await db.write((tx) => insertJob(tx, "before"));
  await db.snapshot(async (reader) => {
    // Written before the first look, and still after the moment.
    await db.write((tx) => insertJob(tx, "meanwhile"));
    expect(await idsIn(reader)).toEqual(["before"]);
    await db.write(async (tx) => {
      await tx.delete(job);
    });
    expect(await idsIn(reader)).toEqual(["before"]);
    expect(await db.read(idsIn)).toEqual([]);
  });
  expect(await db.snapshot(idsIn)).toEqual([]);
});

it("a snapshot refuses writes by its connection", async () => {
  const error = await caughtFrom(
    database.db.snapshot((reader) => insertJob(reader as Writer, "smuggled") as unknown as Promise<unknown>),
  );
  expect(error).toMatchObject({ name: "StorageError", fault: "refused" });
  expect(await database.db.read(idsIn)).toEqual([]);
});

it("a snapshot gives its work's result, and its work's own errors unchanged", async () => {
  const surprise = new Error("no row");
  expect(await database.db.snapshot(async () => 7)).toBe(7);
  await expect(database.db.snapshot(() => Promise.reject(surprise))).rejects.toBe(surprise);
  await database.db.write((tx) => insertJob(tx, "after"));
});
