import { recordAudit } from "#audit/index.ts";
import type { Writer } from "#platform/db/database.ts";
import type { PreparedCase } from "./prepare-case.ts";
import { findBySubmission, insertRows } from "./store.ts";

/**
 * Writes a prepared case; one submission is one case, however often it arrives.
 * @returns false when this submission is stored already, and then nothing is written
 */
export async function insertCase(tx: Writer, prepared: PreparedCase): Promise<boolean> {
  if (await findBySubmission(tx, prepared.file.submission)) return false;
  await insertRows(tx, prepared);
  const { urgency, shelf } = prepared.file;
  await recordAudit(tx, {
    action: "report.received",
    by: { kind: "reporter" },
    subject: { kind: "case", id: prepared.file.id },
    at: prepared.file.receivedAt,
    detail: { urgency, ...(shelf ? { shelf } : {}) },
  });
  return true;
}
