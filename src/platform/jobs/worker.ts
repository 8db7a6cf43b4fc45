import type { Database } from "#platform/db/database.ts";
import { describeError, type Log } from "#platform/log.ts";
import { claimJob, endJob, type Job, postponeJob } from "./store.ts";

export type JobHandlers = Readonly<Record<string, (payload: Job["payload"]) => Promise<void>>>;

/** Something done again and again, such as chaining the audit; it must be harmless when two servers do it at once. */
export interface Routine {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

export interface Worker {
  /** Does every due job once and returns how many there were; for tests and for shutting down tidily. */
  runDue(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}

export interface WorkerNeeds {
  readonly db: Database;
  readonly log: Log;
  now(): number;
}

const PAUSE_MS = 1000;

/** Runs jobs one after another and routines at their pace, in the server's own process. */
export function newWorker({ db, log, now }: WorkerNeeds, handlers: JobHandlers, routines: readonly Routine[]): Worker {
  let stopped = false;
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();

  async function runOne(): Promise<boolean> {
    const claimed = await db.write((tx) => claimJob(tx, now()));
    if (!claimed) return false;
    try {
      const handle = handlers[claimed.kind];
      if (!handle) throw new Error(`no handler for job ${claimed.kind}`);
      await handle(claimed.payload);
      await db.write((tx) => endJob(tx, claimed.id, now()));
    } catch (error) {
      log.error({ job: claimed.kind, attempt: claimed.attempts, ...describeError(error) }, "job failed");
      await db.write((tx) => postponeJob(tx, claimed, now()));
    }
    return true;
  }

  async function runDue(): Promise<number> {
    let done = 0;
    while (!stopped && (await runOne())) done++;
    return done;
  }

  function repeat({ name, everyMs, run }: Routine): void {
    const again = () => {
      if (stopped) return;
      const turn = run()
        .catch((error) => log.error({ routine: name, ...describeError(error) }, "routine failed"))
        .finally(() => {
          running.delete(turn);
          timers.set(name, setTimeout(again, everyMs).unref());
        });
      running.add(turn);
    };
    again();
  }

  return {
    runDue,
    start() {
      const jobs: Routine = { name: "jobs", everyMs: PAUSE_MS, run: async () => void (await runDue()) };
      for (const routine of [jobs, ...routines]) repeat(routine);
    },
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
