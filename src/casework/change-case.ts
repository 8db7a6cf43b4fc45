import type { Account } from "#accounts/index.ts";
import type { Clocks } from "#country/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import { isOpenStatus, nextStatuses, rankOf, type Urgency } from "./case.ts";
import { startSooner } from "./deadlines.ts";
import { followStatus } from "./follow-status.ts";
import { queueNotice } from "./notice.ts";
import { offShelf } from "./shelf.ts";
import { insertEvent, updateCase } from "./store.ts";
import { workOnCase } from "./work-on-case.ts";

interface Needs extends Pick<Platform, "db" | "now"> {
  readonly country: Clocks;
}

export type ChangeOutcome = "done" | "changed-meanwhile" | "not-allowed" | "not-safe" | "missing";

/** Sets the urgency; whoever sets it has read the case: nothing else lifts it any more, and it leaves the shelf. */
export async function changeUrgency(
  needs: Needs,
  by: Account,
  number: string,
  { urgency, version }: { readonly urgency: Urgency; readonly version: number },
): Promise<ChangeOutcome> {
  const outcome = await workOnCase(needs, by, number, async ({ tx, file, at, record }): Promise<ChangeOutcome> => {
    const change = { urgency, rank: rankOf(urgency, false), notSafeAt: null, shelf: null };
    if (!(await updateCase(tx, file.id, version, change))) return "changed-meanwhile";
    const cause = { caseId: file.id, starts: "report.received", id: `urgency ${version}`, at, urgency } as const;
    await startSooner(tx, needs.country, cause, file.deskId);
    await record("case.urgencyChanged", { from: file.urgency, to: urgency });
    return "done";
  });
  return outcome ?? "missing";
}

/** Moves a case to a status that the present one allows; a case whose reporter is not safe now stays open. */
export async function changeStatus(
  needs: Needs,
  by: Account,
  number: string,
  { status, version }: { readonly status: string; readonly version: number },
): Promise<ChangeOutcome> {
  const outcome = await workOnCase(needs, by, number, async ({ tx, file, at, record }): Promise<ChangeOutcome> => {
    if (file.version !== version) return "changed-meanwhile";
    if (!nextStatuses(file.status).includes(status)) return "not-allowed";
    if (file.notSafeAt !== null && !isOpenStatus(status)) return "not-safe";
    await updateCase(tx, file.id, version, { status, open: isOpenStatus(status), ...offShelf(file) });
    const event = { id: randomToken(), caseId: file.id, at, kind: "status", byReporter: false, detail: { status } };
    await insertEvent(tx, event);
    await followStatus(tx, needs.country, { file, status, event: event.id, at });
    await record("case.statusChanged", { from: file.status, to: status });
    await queueNotice(tx, file.id, at);
    return "done";
  });
  return outcome ?? "missing";
}
