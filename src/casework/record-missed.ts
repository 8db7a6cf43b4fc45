import { recordAudit } from "#audit/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Deadline } from "./deadline-store.ts";
import { insertEvent } from "./store.ts";

/** Says in the timeline, for everybody who reads the case, who had until when; and in the record. */
export async function recordMissed(tx: Writer, row: Deadline, at: number): Promise<void> {
  const { caseId, duty, institutionId, dueAt } = row;
  const detail = { duty, institution: institutionId, due: String(dueAt) };
  await insertEvent(tx, { id: randomToken(), caseId, at, kind: "missed", byReporter: false, detail });
  const subject = { kind: "case", id: caseId } as const;
  const rule = { deadline: row.id, rule: `${row.ruleId} ${row.ruleVersion}` };
  await recordAudit(tx, { action: "case.deadlineMissed", by: { kind: "system" }, subject, at, detail: rule });
}
