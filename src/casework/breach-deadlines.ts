import { recordAudit } from "#audit/index.ts";
import type { Clocks } from "#country/index.ts";
import { findInstitution, listDesksAt } from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { describeError } from "#platform/log.ts";
import type { Platform } from "#platform/platform.ts";
import { countEscalated, type Deadline, markBreached, selectPassed, updateEscalatedTo } from "./deadline-store.ts";
import { startDeadlines } from "./deadlines.ts";
import { listExclusions } from "./exclusion-store.ts";
import { recordMissed } from "./record-missed.ts";
import { findCaseById, insertEvent } from "./store.ts";

interface BreachNeeds extends Pick<Platform, "db" | "log" | "now"> {
  readonly country: Clocks;
}

const AT_ONCE = 100;

/**
 * Marks every deadline that has passed, tells the body above, and starts that body's own clock. Each is one transaction
 * that only one server wins, so that it may run on several at once, and goes on where a stopped one ended. One that fails
 * is logged and tried again the next time: the others must not wait for it.
 * @returns how many it marked
 */
export async function breachDeadlines(needs: BreachNeeds): Promise<number> {
  const { db, log, now } = needs;
  const failed = new Set<string>();
  let marked = 0;
  for (;;) {
    const rows = await db.read((reader) => selectPassed(reader, now(), AT_ONCE + failed.size));
    const fresh = rows.filter(({ id }) => !failed.has(id));
    if (fresh.length === 0) return marked;
    for (const { id } of fresh) {
      const done = await breach(needs, id).catch((error) => {
        failed.add(id);
        log.error(describeError(error), "a deadline was not marked");
        return false;
      });
      marked += done ? 1 : 0;
    }
  }
}

async function breach({ db, now, country }: BreachNeeds, id: string): Promise<boolean> {
  const at = now();
  return db.write(async (tx) => {
    const row = await markBreached(tx, id, at);
    if (!row) return false;
    await recordMissed(tx, row, at);
    await escalate(tx, country, row, at);
    return true;
  });
}

/** Tells the body that supervises; another deadline that the same body misses in the same case goes one higher. */
async function escalate(tx: Writer, country: Clocks, row: Deadline, at: number): Promise<void> {
  const above = await findAbove(tx, row, 1 + (await countEscalated(tx, row.caseId, row.institutionId)));
  if (above === undefined) return;
  await updateEscalatedTo(tx, row.id, above);
  const told = { duty: row.duty, institution: above };
  const { caseId } = row;
  await insertEvent(tx, { id: randomToken(), caseId, at, kind: "escalated", byReporter: false, detail: told });
  const subject = { kind: "case", id: caseId } as const;
  const detail = { deadline: row.id, institution: above };
  await recordAudit(tx, { action: "case.deadlineEscalated", by: { kind: "system" }, subject, at, detail });
  const [file, [desk]] = [await findCaseById(tx, caseId), await listDesksAt(tx, above)];
  if (!file || !desk) return;
  const cause = { caseId, starts: "deadline.breached", id: row.id, at, urgency: file.urgency } as const;
  await startDeadlines(tx, country, cause, desk.id);
}

const HIGHEST = 10;

/** The body so many levels above, or the highest there is; never one that a conflict of interest keeps away. */
async function findAbove(tx: Reader, { caseId, institutionId }: Deadline, levels: number): Promise<string | undefined> {
  const away = new Set((await listExclusions(tx, caseId)).flatMap((each) => each.institutionId ?? []));
  let found: string | undefined;
  let id = (await findInstitution(tx, institutionId))?.supervisorId ?? undefined;
  for (let level = 0, steps = 0; id !== undefined && level < levels && steps < HIGHEST; steps++) {
    const body = await findInstitution(tx, id);
    if (body && !away.has(body.id)) {
      found = body.id;
      level += 1;
    }
    id = body?.supervisorId ?? undefined;
  }
  return found;
}
