import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";

type Queries = BetterSQLite3Database<Record<string, never>>;

export type Reader = Pick<Queries, "select" | "selectDistinct" | "with" | "$with">;
export type Writer = Reader & Pick<Queries, "insert" | "update" | "delete">;

export interface WriteOptions {
  /** `false` only for drafts: a power cut may lose the last ones; a report is always durable. */
  readonly durable?: boolean;
}

/** Everything a feature knows about storage. */
export interface Database {
  readonly engine: "sqlite" | "postgres";
  /** Runs queries on a connection that itself refuses writes. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs queries that all see the store at one moment, while others go on writing; for what reads everything. Throws `StorageError`. */
  snapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs `work` as one serialised transaction; only database calls, and a turn for requests, may be awaited inside. Throws `StorageError`. */
  write<T>(work: (tx: Writer) => Promise<T>, options?: WriteOptions): Promise<T>;
  close(): Promise<void>;
}
