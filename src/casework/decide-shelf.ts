import type { Account } from "#accounts/index.ts";
import type { Clocks } from "#country/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import { nextStatuses } from "./case.ts";
import type { ChangeOutcome } from "./change-case.ts";
import { followStatus } from "./follow-status.ts";
import { queueNotice } from "./notice.ts";
import { LIKELY_SPAM, offShelf, SPAM } from "./shelf.ts";
import { type CaseRow, insertEvent, updateCase } from "./store.ts";
import { type Work, workOnCase } from "./work-on-case.ts";

/** Decides about a case on the shelf: back to the inbox, or closed as spam, which its reporter sees as any closing. */
export async function decideShelf(
  needs: Pick<Platform, "db" | "now"> & { readonly country: Clocks },
  by: Account,
  number: string,
  { decision, version }: { readonly decision: "keep" | "spam"; readonly version: number },
): Promise<ChangeOutcome> {
  const outcome = await workOnCase(needs, by, number, async (work): Promise<ChangeOutcome> => {
    const { file } = work;
    if (file.version !== version || file.shelf !== LIKELY_SPAM) return "changed-meanwhile";
    if (decision === "keep") return takeOff(work);
    return nextStatuses(file.status).includes("closed") ? close(work, needs.country) : "not-allowed";
  });
  return outcome ?? "missing";
}

async function takeOff({ tx, file, record }: Work): Promise<ChangeOutcome> {
  await updateCase(tx, file.id, file.version, offShelf(file));
  await record("case.takenOffShelf");
  return "done";
}

async function close({ tx, file, at, record }: Work, country: Clocks): Promise<ChangeOutcome> {
  const change: Partial<CaseRow> = { ...offShelf(file), shelf: SPAM, status: "closed", open: false };
  await updateCase(tx, file.id, file.version, change);
  const event = { id: randomToken(), caseId: file.id, at, kind: "status", byReporter: false };
  await followStatus(tx, country, { file, status: "closed", event: event.id, at });
  await insertEvent(tx, { ...event, detail: { status: "closed" } });
  await record("case.spamConfirmed", { from: file.status });
  await queueNotice(tx, file.id, at);
  return "done";
}
