import { setTimeout as pause } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import type { Database, Reader, WriteOptions, Writer } from "./database.ts";
import { asStorageError, isRetryable } from "./errors.ts";
import { keepStatements } from "./keep-statements.ts";
import { nestedWrites } from "./nested-writes.ts";

/** How long a write waits for another process (an import by command) before it says that nothing was stored. */
const LOCK_WAIT_MS = 6000;

function openConnection(file: string): Sqlite.Database {
  const connection = new Sqlite(file, { timeout: 0 });
  connection.pragma("journal_mode = wal");
  connection.pragma("foreign_keys = on");
  connection.pragma("trusted_schema = off");
  connection.pragma("secure_delete = on");
  return connection;
}

/**
 * Opens SQLite as one queued writer and one reader that refuses writes.
 * @param file path of the database file; it must already be migrated
 * @param watched refuses a write inside another one
 */
export function openSqlite(file: string, watched: boolean): Database {
  const writer = openConnection(file);
  const reader = openConnection(file);
  keepStatements(writer);
  keepStatements(reader);
  reader.pragma("query_only = on");
  const nested = nestedWrites(watched);
  const writing = drizzle(writer);
  const reading = drizzle(reader);
  let queue: Promise<unknown> = Promise.resolve();

  async function transaction<T>(work: (tx: Writer) => Promise<T>, options: WriteOptions): Promise<T> {
    writer.pragma(`synchronous = ${options.durable === false ? "normal" : "full"}`);
    await begin(writer);
    try {
      const result = await nested.run(() => work(writing));
      writer.exec("commit");
      return result;
    } catch (error) {
      if (writer.inTransaction) writer.exec("rollback");
      throw error;
    }
  }

  return {
    engine: "sqlite",
    read: (work) => translated(() => work(reading)),
    snapshot: (work) => translated(() => atOneMoment(file, work)),
    write(work, options = {}) {
      nested.refuse();
      const turn = queue.then(() => translated(() => transaction(work, options)));
      queue = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await queue;
      reader.close();
      writer.close();
      nested.end();
    },
  };
}

/** A connection of its own, so that a long look holds up neither the reader nor the writer. */
async function atOneMoment<T>(file: string, work: (reader: Reader) => Promise<T>): Promise<T> {
  const connection = openConnection(file);
  try {
    connection.pragma("query_only = on");
    connection.exec("begin");
    // The moment is that of the first reading, not of `begin`.
    connection.prepare("select count(*) from sqlite_master").get();
    return await work(drizzle(connection));
  } finally {
    connection.close();
  }
}

/** Waits for the lock between ticks: SQLite's own timeout would stop the whole server while it waits. */
async function begin(connection: Sqlite.Database): Promise<void> {
  const until = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      connection.exec("begin immediate");
      return;
    } catch (error) {
      if (!isRetryable(asStorageError(error)) || Date.now() > until) throw error;
      await pause(20);
    }
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asStorageError(error);
  }
}
