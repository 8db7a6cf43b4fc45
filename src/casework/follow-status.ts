import type { Clocks } from "#country/index.ts";
import type { Writer } from "#platform/db/database.ts";
import { isOpenStatus } from "./case.ts";
import { endDeadlines, meetDeadlines, startDeadlines } from "./deadlines.ts";
import type { CaseRow } from "./store.ts";

interface Step {
  /** As it was before. */
  readonly file: Pick<CaseRow, "id" | "deskId" | "urgency">;
  readonly status: string;
  /** The id of the timeline's row. */
  readonly event: string;
  readonly at: number;
}

/** What a new status means for the clocks of a case: closing it decides, and nobody waits for an answer; reopening starts. */
export async function followStatus(
  tx: Writer,
  country: Clocks,
  { file: { id: caseId, deskId, urgency }, status, event, at }: Step,
): Promise<void> {
  if (!isOpenStatus(status)) {
    await meetDeadlines(tx, { caseId, deskId, duties: ["open", "read", "decide"] }, at);
    await endDeadlines(tx, { caseId, deskId, duties: ["answer"] }, at);
  }
  if (status === "reopened")
    await startDeadlines(tx, country, { caseId, starts: "report.reopened", id: event, at, urgency }, deskId);
}
