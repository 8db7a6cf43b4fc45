import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Database, Reader, WriteOptions, Writer } from "./database.ts";
import { asStorageError, isRetryable } from "./errors.ts";
import { nestedWrites } from "./nested-writes.ts";

/** On small tables PostgreSQL takes neighbours for conflicts; eight writers at once need many short tries. */
const TRIES = 40;
/** A locked table must end in a page that says so, not in a request that hangs. */
const LIMITS = "-c lock_timeout=3000 -c statement_timeout=15000 -c idle_in_transaction_session_timeout=15000";

/**
 * Opens PostgreSQL with serialisable writes and a read-only pool.
 * @param url a `postgres://` address; the schema must already be migrated
 * @param watched refuses a write inside another one
 */
export function openPostgres(url: string, watched: boolean): Database {
  const shared = { connectionString: url, max: 8, connectionTimeoutMillis: 5000 };
  const writers = new pg.Pool({ ...shared, options: LIMITS });
  const readers = new pg.Pool({ ...shared, options: `${LIMITS} -c default_transaction_read_only=on` });
  // Broken connections are events too, idle in the pool or in use; unheard, they would end the process.
  for (const pool of [writers, readers]) {
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
  }
  const nested = nestedWrites(watched);
  const writing = drizzle(writers);
  const reading = drizzle(readers) as unknown as Reader;

  return {
    engine: "postgres",
    async read(work) {
      try {
        return await work(reading);
      } catch (error) {
        throw asStorageError(error);
      }
    },
    snapshot: (work) => atOneMoment(url, work),
    async write(work, options = {}) {
      nested.refuse();
      return nested.run(() => retried(() => transaction(writing, work, options)));
    },
    async close() {
      await Promise.all([writers.end(), readers.end()]);
      nested.end();
    },
  };
}

/** What reads everything may wait long between two statements, for a slow disk; each statement stays bounded. */
const SNAPSHOT_LIMITS = "-c statement_timeout=60000 -c lock_timeout=3000";

/** A connection of its own, so that a long look takes none from the pool. */
async function atOneMoment<T>(url: string, work: (reader: Reader) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, options: SNAPSHOT_LIMITS });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("begin transaction isolation level repeatable read, read only");
    // The moment is that of the first statement, not of `begin`.
    await client.query("select 1");
    return await work(drizzle(client) as unknown as Reader);
  } catch (error) {
    throw asStorageError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function transaction<T>(db: NodePgDatabase, work: (tx: Writer) => Promise<T>, options: WriteOptions): Promise<T> {
  return db.transaction(
    async (tx) => {
      const commit = options.durable === false ? "off" : "on";
      await tx.execute(sql.raw(`set local synchronous_commit = ${commit}`));
      return work(tx as unknown as Writer);
    },
    // What need not be durable touches one browser's own rows, where the first updater wins all the same.
    { isolationLevel: options.durable === false ? "repeatable read" : "serializable" },
  );
}

/** Serialisation failures are expected under load; without jitter the same writers meet again. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const fault = asStorageError(error);
      if (!isRetryable(fault) || attempt === TRIES) throw fault;
      await pause(Math.random() * 4 * 2 ** Math.min(attempt, 7));
    }
  }
}
