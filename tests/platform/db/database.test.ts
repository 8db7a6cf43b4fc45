import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isPostgres, sql } from "#platform/db/columns.ts";
import type { Writer } from "#platform/db/database.ts";
import { isUniqueViolation, StorageError } from "#platform/db/errors.ts";
import { openDatabase } from "#platform/db/open.ts";
import { job } from "#platform/jobs/schema.ts";
import { draft } from "#reporting/schema.ts";
import { openTestDatabase, type TestDatabase } from "../../support/database.ts";
import { holdLock } from "./hold-lock.ts";
import { caughtFrom, sampleSql, sampleTable } from "./sample.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await database.raw(sampleSql);
});
beforeEach(async () => {
  await database.raw("delete from job");
  await database.raw("delete from draft");
});
afterAll(() => database.close());

const SECRET = "what a child wrote";
const jobRow = (id: string, attempts = 0) => ({ id, kind: "k", payload: {}, runAt: 1, attempts, claimedUntil: 0 });
const draftRow = (id: string, owner = "o") => ({ id, owner, sealed: Buffer.from("x"), version: 1, expiresAt: 1 });
const insertJob = (tx: Writer, id: string) => tx.insert(job).values(jobRow(id));
const jobIds = () =>
  database.db.read(async (reader) => (await reader.select({ id: job.id }).from(job)).map((r) => r.id));

async function addOne(tx: Writer): Promise<void> {
  const [row] = await tx.select().from(job).where(eq(job.id, "counter"));
  await tx
    .update(job)
    .set({ attempts: (row?.attempts ?? 0) + 1 })
    .where(eq(job.id, "counter"));
}

describe("a write", () => {
  it("returns what its work returns", async () => {
    expect(await database.db.write(async () => 7)).toBe(7);
  });

  it("sees its own rows before it is committed", async () => {
    const seen = await database.db.write(async (tx) => {
      await insertJob(tx, "mine");
      return tx.select({ id: job.id }).from(job);
    });
    expect(seen).toEqual([{ id: "mine" }]);
  });

  it("leaves nothing behind when its work throws, and the error passes unchanged", async () => {
    const surprise = new Error("after the insert");
    const failing = database.db.write(async (tx) => {
      await insertJob(tx, "gone");
      throw surprise;
    });
    await expect(failing).rejects.toBe(surprise);
    expect(await jobIds()).toEqual([]);
  });

  it("leaves nothing of two tables behind when the second refuses", async () => {
    await database.db.write((tx) => tx.insert(draft).values(draftRow("taken")));
    await caughtFrom(
      database.db.write(async (tx) => {
        await insertJob(tx, "first half");
        await tx.insert(draft).values(draftRow("taken"));
      }),
    );
    expect(await jobIds()).toEqual([]);
  });

  it("does not stop the next one by failing", async () => {
    const failing = database.db.write(async () => Promise.reject(new Error("no")));
    const next = database.db.write((tx) => insertJob(tx, "next"));
    await expect(failing).rejects.toThrow("no");
    await next;
    expect(await jobIds()).toEqual(["next"]);
  });

  it("is seen by nobody until it is committed", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let inserted = () => {};
    const insertedRow = new Promise<void>((resolve) => {
      inserted = resolve;
    });
    const writing = database.db.write(async (tx) => {
      await insertJob(tx, "half written");
      inserted();
      await gate;
    });
    await insertedRow;
    expect(await jobIds()).toEqual([]);
    release();
    await writing;
    expect(await jobIds()).toEqual(["half written"]);
  });

  it("inside a write is refused, and the outer one is rolled back", async () => {
    const nested = database.db.write(async (tx) => {
      await insertJob(tx, "outer");
      await database.db.write((inner) => insertJob(inner, "inner"));
    });
    await expect(nested).rejects.toThrow("write inside write");
    expect(await jobIds()).toEqual([]);
  });

  it("adds up when twenty read, add one and write at once", async () => {
    await database.db.write((tx) => tx.insert(job).values(jobRow("counter", 1)));
    await Promise.all(Array.from({ length: 20 }, () => database.db.write(addOne)));
    const [row] = await database.db.read((reader) => reader.select().from(job).where(eq(job.id, "counter")));
    expect(row?.attempts).toBe(21);
  });

  it("adds up between two servers on one database", async () => {
    const other = openDatabase(database.place);
    await database.db.write((tx) => tx.insert(job).values(jobRow("counter")));
    await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? other : database.db).write(addOne)));
    const [row] = await other.read((reader) => reader.select().from(job));
    await other.close();
    expect(row?.attempts).toBe(10);
  });

  it("that need not be durable is stored like any other", async () => {
    await database.db.write((tx) => tx.insert(draft).values(draftRow("quick")), { durable: false });
    expect(await database.raw("select id from draft")).toEqual([{ id: "quick" }]);
  });

  it.runIf(isPostgres)("is durable unless it says otherwise, even after one that was not", async () => {
    await database.db.write((tx) => insertJob(tx, "row"));
    const setting = sql<string>`current_setting('synchronous_commit')`;
    const ask = (tx: Writer) => tx.select({ setting }).from(job);
    expect(await database.db.write(ask, { durable: false })).toEqual([{ setting: "off" }]);
    expect(await database.db.write(ask)).toEqual([{ setting: "on" }]);
  });
});

describe("reading", () => {
  it("refuses every kind of write by the connection itself", async () => {
    await database.db.write((tx) => insertJob(tx, "stays"));
    const attempts = [
      (tx: Writer) => insertJob(tx, "smuggled"),
      (tx: Writer) => tx.update(job).set({ kind: "smuggled" }).where(eq(job.id, "stays")),
      (tx: Writer) => tx.delete(job).where(eq(job.id, "stays")),
    ];
    for (const attempt of attempts) {
      const error = await caughtFrom(database.db.read((reader) => attempt(reader as Writer) as Promise<unknown>));
      expect(error).toMatchObject({ name: "StorageError", fault: "refused" });
    }
    expect(await database.raw("select id, kind from job")).toEqual([{ id: "stays", kind: "k" }]);
  });

  it("sees what was committed before it", async () => {
    for (const id of ["a", "b", "c"]) {
      await database.db.write((tx) => insertJob(tx, id));
      expect(await jobIds()).toContain(id);
    }
  });
});

describe("an error of storage", () => {
  const told = (error: unknown) => `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;

  it("tells a unique violation apart", async () => {
    await database.db.write((tx) => insertJob(tx, "one"));
    const error = await caughtFrom(database.db.write((tx) => insertJob(tx, "one")));
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(new Error("unique"))).toBe(false);
  });

  it("tells a missing reference apart", async () => {
    const { desk } = await import("#institutions/schema.ts");
    const orphan = { id: "d", institutionId: "nobody", kind: "triage", name: { sr: "", en: "" }, fallbackId: null };
    const error = await caughtFrom(database.db.write((tx) => tx.insert(desk).values(orphan)));
    expect(error).toMatchObject({ name: "StorageError", fault: "reference" });
    expect(isUniqueViolation(error)).toBe(false);
  });

  it("holds neither SQL nor parameters, whatever was wrong", async () => {
    await database.db.write((tx) => insertJob(tx, SECRET));
    const faults: readonly (() => Promise<unknown>)[] = [
      () => database.db.write((tx) => insertJob(tx, SECRET)),
      () => database.db.write((tx) => tx.insert(job).values({ ...jobRow(SECRET), kind: null as unknown as string })),
      () => database.db.read((reader) => reader.select({ x: sql`nosuch(${SECRET})` }).from(job)),
      () => database.db.read(async (reader) => insertJob(reader as Writer, SECRET)),
    ];
    for (const fault of faults) {
      const error = await caughtFrom(fault());
      expect(error).toBeInstanceOf(StorageError);
      expect(told(error)).not.toContain(SECRET);
      expect(told(error)).not.toMatch(/insert into|select |values|params/i);
    }
  });
});

describe("a lock that another process holds", () => {
  it("makes a write say that it was not stored within a few seconds, while the server goes on", async () => {
    const release = await holdLock(database.place);
    try {
      let longest = 0;
      let last = performance.now();
      const pulse = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 10);
      const begun = performance.now();
      const tooLong = pause(10_000, "still waiting", { ref: false });
      const error = await Promise.race([caughtFrom(database.db.write((tx) => insertJob(tx, "late"))), tooLong]);
      clearInterval(pulse);
      expect(error).toMatchObject({ name: "StorageError", fault: expect.stringMatching(/^(busy|unreachable)$/) });
      expect(performance.now() - begun).toBeLessThan(8000);
      expect(longest).toBeLessThan(500);
    } finally {
      await release();
    }
    await database.db.write((tx) => insertJob(tx, "after"));
    expect(await jobIds()).toEqual(["after"]);
  });

  it("that is soon released only delays the write", async () => {
    const release = await holdLock(database.place);
    const writing = database.db.write((tx) => insertJob(tx, "patient"));
    setTimeout(() => void release(), 300);
    await writing;
    await release();
    expect(await jobIds()).toEqual(["patient"]);
  });
});

describe("a column of the kit comes back as it was written:", () => {
  const roundTrip = (values: Partial<typeof sampleTable.$inferInsert>) =>
    database.db.write(async (tx) => {
      await tx.delete(sampleTable);
      const row = { id: "x", words: "", sealed: Buffer.alloc(0), open: false, at: 0, detail: {}, ...values };
      await tx.insert(sampleTable).values(row);
      const [back] = await tx.select().from(sampleTable);
      return back;
    });
  const check = <T>(values: fc.Arbitrary<T>, property: (value: T) => Promise<void>) =>
    fc.assert(fc.asyncProperty(values, property), { numRuns: 40 });

  it("text, in any script", async () => {
    const words = fc.string({ unit: "grapheme", maxLength: 60 }).filter((text) => !text.includes("\u0000"));
    await check(words, async (text) => {
      expect((await roundTrip({ words: text }))?.words).toBe(text);
    });
  });

  it("bytes", async () => {
    await check(fc.uint8Array({ maxLength: 200 }), async (content) => {
      const back = (await roundTrip({ sealed: Buffer.from(content) }))?.sealed;
      expect(back).toBeInstanceOf(Buffer);
      expect(back?.equals(content)).toBe(true);
    });
  });

  it("flags", async () => {
    for (const open of [true, false]) expect((await roundTrip({ open }))?.open).toBe(open);
  });

  it("instants, as the same number of milliseconds", async () => {
    await check(fc.maxSafeInteger(), async (at) => {
      expect((await roundTrip({ at }))?.at).toBe(at);
    });
  });

  it("JSON", async () => {
    const anything = fc.jsonValue({ maxDepth: 3, stringUnit: "grapheme" });
    const storable = anything.filter((value) => !JSON.stringify(value).includes("\\u0000") && value !== null);
    await check(storable, async (detail) => {
      const expected: unknown = JSON.parse(JSON.stringify(detail).replace(/-0(?=[,\]}]|$)/g, "0"));
      expect((await roundTrip({ detail }))?.detail).toEqual(expected);
    });
  });

  it("nothing, as null", async () => {
    expect((await roundTrip({ endedAt: null }))?.endedAt).toBeNull();
  });
});
