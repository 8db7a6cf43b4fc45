import { type Clocks, DUTIES, type Duty } from "#country/index.ts";
import type { Writer } from "#platform/db/database.ts";
import { type Cause, clocksFor, findOwner } from "./clocks.ts";
import { type Deadline, insertDeadlines, listOwed, updateOwed, type Which } from "./deadline-store.ts";
import { recordMissed } from "./record-missed.ts";

/** Starts the clocks of what happened, in its transaction. */
export async function startDeadlines(tx: Writer, country: Clocks, cause: Cause, deskId: string): Promise<void> {
  const owner = await findOwner(tx, deskId);
  if (owner) await insertDeadlines(tx, clocksFor(country, cause, owner));
}

/**
 * Notes that something owed was done. One that had passed stays passed, also where the job has not looked yet: doing it
 * late never makes it in time.
 */
export async function meetDeadlines(
  tx: Writer,
  which: Which & { readonly duties: readonly Duty[] },
  at: number,
): Promise<void> {
  for (const row of await listOwed(tx, which)) await meetDeadline(tx, row, at);
}

/** The same for one of them. */
export const meetDeadline = (tx: Writer, row: Deadline, at: number): Promise<void> =>
  settle(tx, row, { metAt: at }, at);

/** Ends what is owed, since nothing is to be done any more; what has passed stays passed and unmet. */
export async function endDeadlines(
  tx: Writer,
  which: Which & { readonly duties: readonly Duty[] },
  at: number,
): Promise<void> {
  for (const row of await listOwed(tx, which)) await settle(tx, row, { endedAt: at }, at);
}

async function settle(
  tx: Writer,
  row: Deadline,
  change: { readonly metAt: number } | { readonly endedAt: number },
  at: number,
): Promise<void> {
  const passed = row.breachedAt === null && row.dueAt < at;
  if (!(await updateOwed(tx, row.id, { ...change, breachedAt: passed ? row.dueAt : row.breachedAt }))) return;
  if (passed) await recordMissed(tx, row, at);
}

/** The same for what a desk may owe only once at a time: three messages want one answer, and the first sets the clock. */
export async function startUnlessOwed(tx: Writer, country: Clocks, cause: Cause, deskId: string): Promise<void> {
  const owner = await findOwner(tx, deskId);
  const owed = new Set((await listOwed(tx, { caseId: cause.caseId, deskId, duties: DUTIES })).map(({ duty }) => duty));
  const rows = owner ? clocksFor(country, cause, owner) : [];
  await insertDeadlines(
    tx,
    rows.filter(({ duty }) => !owed.has(duty)),
  );
}

/** Starts clocks anew under a higher urgency where they end sooner than what is owed; a lower one sets nothing back. */
export async function startSooner(tx: Writer, country: Clocks, cause: Cause, deskId: string): Promise<void> {
  const owner = await findOwner(tx, deskId);
  const owed = await listOwed(tx, { caseId: cause.caseId, deskId, duties: DUTIES });
  const sooner = (owner ? clocksFor(country, cause, owner) : []).filter(({ duty, dueAt: due }) => {
    const running = owed.filter((each) => each.duty === duty);
    return running.length > 0 && running.every((each) => due < each.dueAt);
  });
  await insertDeadlines(tx, sooner);
}
