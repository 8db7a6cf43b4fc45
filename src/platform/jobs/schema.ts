import { index, instant, integer, json, table, text } from "#platform/db/columns.ts";

export const job = table(
  "job",
  {
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    /** Codes, numbers and ciphertext only: a job holds no case key and no address in clear. */
    payload: json<Readonly<Record<string, string>>>("payload").notNull(),
    runAt: instant("run_at").notNull(),
    attempts: integer("attempts").notNull(),
    claimedUntil: instant("claimed_until").notNull(),
    endedAt: instant("ended_at"),
    outcome: text("outcome"),
  },
  (t) => [index("job_due").on(t.endedAt, t.runAt)],
);
