import type { Account } from "#accounts/index.ts";
import type { Clocks } from "#country/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { sealFor } from "./add-entry.ts";
import { isOpenStatus, nextStatuses, rankOf, type Urgency } from "./case.ts";
import { startSooner } from "./deadlines.ts";
import { followStatus } from "./follow-status.ts";
import { queueNotice } from "./notice.ts";
import { codedIn, proposeUrgency } from "./propose-urgency.ts";
import { offShelf } from "./shelf.ts";
import { type CaseRow, insertEntry, insertEvent, listForms, updateCase } from "./store.ts";
import { sayReason } from "./urgency-reason.ts";
import { findCaseOf, workOnCase } from "./work-on-case.ts";

interface Needs extends Pick<Platform, "db" | "secrets" | "now"> {
  readonly country: Clocks;
}

export type ChangeOutcome = "done" | "changed-meanwhile" | "not-allowed" | "not-safe" | "no-reason" | "missing";

interface NewUrgency {
  readonly urgency: Urgency;
  readonly version: number;
  /** What makes it another one than the rules propose. */
  readonly reason?: string | undefined;
}

/**
 * Sets the urgency; whoever sets it has read the case: nothing else lifts it any more, and it leaves the shelf. Another
 * one than the rules propose needs a reason, which is sealed for the desks.
 */
export async function changeUrgency(
  needs: Needs,
  by: Account,
  number: string,
  { urgency, version, reason }: NewUrgency,
): Promise<ChangeOutcome> {
  const found = await needs.db.read((reader) => findCaseOf(reader, by.id, number));
  if (!found) return "missing";
  const author = { kind: "urgency-reason", compartment: "file", authorId: by.id } as const;
  const words = reason === undefined ? undefined : await sealFor(needs, found, author, sayReason({ urgency, reason }));
  const outcome = await workOnCase(needs, by, number, async ({ tx, file, at, record }): Promise<ChangeOutcome> => {
    if (file.version !== version) return "changed-meanwhile";
    if (!words && urgency !== file.urgency && urgency !== (await proposedFor(tx, file))) return "no-reason";
    await updateCase(tx, file.id, version, { urgency, rank: rankOf(urgency, false), notSafeAt: null, shelf: null });
    if (words) await insertEntry(tx, words);
    const cause = { caseId: file.id, starts: "report.received", id: `urgency ${version}`, at, urgency } as const;
    await startSooner(tx, needs.country, cause, file.deskId);
    await record("case.urgencyChanged", { from: file.urgency, to: urgency });
    return "done";
  });
  return outcome ?? "missing";
}

async function proposedFor(tx: Writer, { id, danger, frequency }: CaseRow): Promise<Urgency> {
  const forms = (await listForms(tx, [id])).map(({ form }) => form);
  return proposeUrgency({ ...codedIn({ danger, frequency }), forms });
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
