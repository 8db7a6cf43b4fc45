import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "#platform/db/database.ts";
import { openDatabase } from "#platform/db/open.ts";
import { claimJob, deleteEndedJobs, enqueue } from "#platform/jobs/store.ts";
import { type JobHandlers, newWorker, type Routine } from "#platform/jobs/worker.ts";
import { newLog, silentLog } from "#platform/log.ts";
import { openTestDatabase, type TestDatabase } from "../../support/database.ts";

let database: TestDatabase;
let clock: number;

beforeEach(async () => {
  database = await openTestDatabase();
  clock = 1_000_000;
});
afterEach(() => database.close());

function workerOn(db: Database, handlers: JobHandlers, log = silentLog, routines: readonly Routine[] = []) {
  return newWorker({ db, log, now: () => clock }, handlers, routines);
}

const ask = (kind: string, payload: Record<string, string> = {}, runAt = 0) =>
  database.db.write((tx) => enqueue(tx, kind, payload, runAt));

async function onlyJob(): Promise<Record<string, number | string | null>> {
  const [row] = await database.raw("select attempts, run_at, ended_at, outcome from job");
  const number = (value: unknown) => (value === null || value === undefined ? null : Number(value));
  return {
    attempts: number(row?.attempts),
    runAt: number(row?.run_at),
    endedAt: number(row?.ended_at),
    outcome: (row?.outcome ?? null) as string | null,
  };
}

describe("a job", () => {
  it("runs once with what it was given, and is then over", async () => {
    const seen: unknown[] = [];
    const worker = workerOn(database.db, { greet: async (payload) => void seen.push(payload) });
    await ask("greet", { to: "desk-1" });
    expect(await worker.runDue()).toBe(1);
    expect(await worker.runDue()).toBe(0);
    expect(seen).toEqual([{ to: "desk-1" }]);
    expect(await onlyJob()).toMatchObject({ endedAt: clock, outcome: "done" });
  });

  it("of a transaction that was rolled back never runs", async () => {
    const worker = workerOn(database.db, {
      greet: async () => {
        throw new Error("it ran");
      },
    });
    const failing = database.db.write(async (tx) => {
      await enqueue(tx, "greet", {}, 0);
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    expect(await worker.runDue()).toBe(0);
    expect(await database.raw("select id from job")).toEqual([]);
  });

  it("waits for its time, and the oldest goes first", async () => {
    const order: string[] = [];
    const worker = workerOn(database.db, { note: async ({ name = "" }) => void order.push(name) });
    await ask("note", { name: "later" }, clock + 5000);
    await ask("note", { name: "second" }, clock - 1);
    await ask("note", { name: "first" }, clock - 2);
    expect(await worker.runDue()).toBe(2);
    clock += 5000;
    expect(await worker.runDue()).toBe(1);
    expect(order).toEqual(["first", "second", "later"]);
  });

  it("is done once each when two workers share the work", async () => {
    const done: string[] = [];
    const handlers: JobHandlers = {
      count: async ({ n = "" }) => {
        await pause(1);
        done.push(n);
      },
    };
    await database.db.write(async (tx) => {
      for (let n = 0; n < 24; n++) await enqueue(tx, "count", { n: String(n) }, 0);
    });
    const other = openDatabase(database.place);
    const counts = await Promise.all([workerOn(database.db, handlers).runDue(), workerOn(other, handlers).runDue()]);
    await other.close();
    expect(counts[0] + counts[1]).toBe(24);
    expect(new Set(done).size).toBe(24);
    expect(done).toHaveLength(24);
  });

  it("that fails is tried again after growing waits, then stays as failed for a person to see", async () => {
    let tries = 0;
    const worker = workerOn(database.db, {
      fail: async () => {
        tries++;
        throw new Error("not now");
      },
    });
    await ask("fail");
    const waits: number[] = [];
    for (let day = 0; day < 30 && (await onlyJob()).endedAt === null; day++) {
      await worker.runDue();
      const { runAt, endedAt } = await onlyJob();
      if (endedAt !== null) break;
      waits.push(Number(runAt) - clock);
      expect(await worker.runDue()).toBe(0);
      clock = Number(runAt);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512].map((seconds) => seconds * 1000));
    expect(tries).toBe(10);
    expect(await onlyJob()).toMatchObject({ attempts: 10, outcome: "failed" });
    clock += 86_400_000;
    expect(await worker.runDue()).toBe(0);
  });

  it("that fails does not keep the next one waiting", async () => {
    let done = 0;
    const worker = workerOn(database.db, {
      fail: async () => Promise.reject(new Error("no")),
      work: async () => void done++,
    });
    await ask("fail", {}, 1);
    await ask("work", {}, 2);
    expect(await worker.runDue()).toBe(2);
    expect(done).toBe(1);
  });

  it("that nobody knows how to do is kept and tried again, since a newer server may know", async () => {
    await ask("unheard-of");
    expect(await workerOn(database.db, {}).runDue()).toBe(1);
    expect(await onlyJob()).toMatchObject({ attempts: 1, endedAt: null });
  });

  it("leaves in the log its kind and the kind of error, never the error's words or what it was given", async () => {
    const lines: string[] = [];
    const log = newLog((line) => void lines.push(line));
    const worker = workerOn(database.db, { fail: async () => Promise.reject(new TypeError("a child's words")) }, log);
    await ask("fail", { sealed: "ciphertext" });
    await worker.runDue();
    expect(lines.join("")).toContain('"job":"fail"');
    expect(lines.join("")).toContain("TypeError");
    expect(lines.join("")).not.toMatch(/child's words|ciphertext/);
  });

  it("that a dead worker had claimed is taken over after a minute, not before", async () => {
    await ask("greet");
    const dead = await database.db.write((tx) => claimJob(tx, clock));
    expect(dead?.kind).toBe("greet");
    let done = 0;
    const worker = workerOn(database.db, { greet: async () => void done++ });
    clock += 59_000;
    expect(await worker.runDue()).toBe(0);
    clock += 2000;
    expect(await worker.runDue()).toBe(1);
    expect(done).toBe(1);
  });

  it("that is over is deleted when its time has come, one that waits never", async () => {
    await ask("greet");
    await ask("waits", {}, clock + 1);
    await workerOn(database.db, { greet: async () => undefined }).runDue();
    await database.db.write((tx) => deleteEndedJobs(tx, clock));
    expect(await database.raw("select kind from job")).toHaveLength(2);
    await database.db.write((tx) => deleteEndedJobs(tx, clock + 1));
    expect(await database.raw("select kind from job")).toEqual([{ kind: "waits" }]);
  });
});

describe("a started worker", () => {
  it("does due jobs and routines until it is stopped, and waits for what is running", async () => {
    const seen: string[] = [];
    let finished = false;
    const slow: Routine = {
      name: "slow",
      everyMs: 10_000,
      run: async () => {
        await pause(200);
        finished = true;
      },
    };
    const often: Routine = { name: "often", everyMs: 5, run: async () => void seen.push("routine") };
    await ask("greet");
    const worker = workerOn(database.db, { greet: async () => void seen.push("job") }, silentLog, [slow, often]);
    worker.start();
    const turns = () => seen.filter((what) => what === "routine").length;
    await expect.poll(() => seen.includes("job") && turns() > 2, { timeout: 10_000 }).toBe(true);
    await worker.stop();
    expect(finished).toBe(true);
    const soFar = seen.length;
    await ask("greet");
    await pause(60);
    expect(seen).toHaveLength(soFar);
  });

  it("goes on when a routine fails, and says so without the error's words", async () => {
    const lines: string[] = [];
    let runs = 0;
    const failing: Routine = {
      name: "chain",
      everyMs: 5,
      run: async () => {
        runs++;
        throw new Error("a child's words");
      },
    };
    const worker = workerOn(
      database.db,
      {},
      newLog((line) => void lines.push(line)),
      [failing],
    );
    worker.start();
    await pause(80);
    await worker.stop();
    expect(runs).toBeGreaterThan(1);
    expect(lines.join("")).toContain('"routine":"chain"');
    expect(lines.join("")).not.toContain("child's words");
  });
});
