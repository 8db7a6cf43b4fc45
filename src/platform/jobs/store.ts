import { and, asc, eq, inArray, isNull, lt, lte, sql } from "drizzle-orm";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import { job } from "./schema.ts";

export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, string>>;
  readonly attempts: number;
}

/** A claim that a dead server left behind is free again after this time. */
const CLAIM_MS = 60_000;
const MOST_ATTEMPTS = 10;

/** Writes a job in the transaction of what causes it: either both happened or neither. */
export async function enqueue(tx: Writer, kind: string, payload: Job["payload"], runAt: number): Promise<void> {
  await tx.insert(job).values({ id: randomToken(), kind, payload, runAt, attempts: 0, claimedUntil: 0 });
}

/** Takes the oldest due job so that no other worker takes it too; taking it is a try, even if the server dies of it. */
export async function claimJob(tx: Writer, now: number): Promise<Job | undefined> {
  const due = tx
    .select({ id: job.id })
    .from(job)
    .where(and(isNull(job.endedAt), lte(job.runAt, now), lt(job.claimedUntil, now)))
    .orderBy(asc(job.runAt))
    .limit(1);
  const [claimed] = await tx
    .update(job)
    .set({ claimedUntil: now + CLAIM_MS, attempts: sql`${job.attempts} + 1` })
    .where(inArray(job.id, due))
    .returning({ id: job.id, kind: job.kind, payload: job.payload, attempts: job.attempts });
  return claimed;
}

export async function endJob(tx: Writer, id: string, now: number): Promise<void> {
  await tx.update(job).set({ endedAt: now, outcome: "done" }).where(eq(job.id, id));
}

/** Tries again after 2, 4, 8 … seconds, at most an hour; after ten tries the job stays as failed for a person to see. */
export async function postponeJob(tx: Writer, { id, attempts }: Job, now: number): Promise<void> {
  const wait = Math.min(3_600_000, 1000 * 2 ** attempts);
  const ended = attempts >= MOST_ATTEMPTS ? { endedAt: now, outcome: "failed" } : {};
  await tx
    .update(job)
    .set({ runAt: now + wait, claimedUntil: 0, ...ended })
    .where(eq(job.id, id));
}

export async function deleteEndedJobs(tx: Writer, before: number): Promise<void> {
  await tx.delete(job).where(lt(job.endedAt, before));
}
