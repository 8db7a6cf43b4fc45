import { bytes, flag, instant, isPostgres, json, table, text } from "#platform/db/columns.ts";

/** One column of each kind; it exists only in tests. */
export const sampleTable = table("kit_sample", {
  id: text("id").primaryKey(),
  words: text("words").notNull(),
  sealed: bytes("sealed").notNull(),
  open: flag("open").notNull(),
  at: instant("at").notNull(),
  endedAt: instant("ended_at"),
  detail: json<unknown>("detail").notNull(),
});

export const sampleSql = isPostgres
  ? "create table kit_sample (id text primary key, words text not null, sealed bytea not null, open boolean not null, at bigint not null, ended_at bigint, detail jsonb not null)"
  : "create table kit_sample (id text primary key, words text not null, sealed blob not null, open integer not null, at integer not null, ended_at integer, detail text not null)";

/** What a promise was rejected with. */
export async function caughtFrom(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
