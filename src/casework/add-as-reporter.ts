import { recordAudit } from "#audit/index.ts";
import type { Clocks } from "#country/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { isOpenStatus, rankOf, type Urgency } from "./case.ts";
import { startDeadlines, startUnlessOwed } from "./deadlines.ts";
import { statusEvent } from "./events.ts";
import type { ReporterKey } from "./reporter-case.ts";
import { newEntryId, sealEntry } from "./seal-entry.ts";
import { offShelf } from "./shelf.ts";
import { type CaseRow, findCaseById, findEvent, findRecipient, insertEntry, insertEvent, updateCase } from "./store.ts";

interface Needs extends Pick<Platform, "db" | "secrets" | "now"> {
  readonly country: Clocks;
}

/** What the reporter adds: words, or the cry that it is not safe now, which lifts the case to the top at once. */
export interface ReporterWords {
  readonly text: string;
  readonly notSafe: boolean;
  /** The same for every try to send one form, so that a message is exactly one; undefined where a form had none. */
  readonly once: string | undefined;
}

/**
 * Adds the reporter's words to the case.
 * @returns false where the case is gone
 */
export async function addAsReporter(needs: Needs, key: ReporterKey, words: ReporterWords): Promise<boolean> {
  const { recipient } = await needs.db.read((reader) => findRecipient(reader, needs, key.caseId, "conversation"));
  const kind = "message-from-reporter";
  const id = newEntryId(needs, { caseId: key.caseId, kind, once: words.once, text: words.text });
  const sealed = await sealEntry(recipient, { caseId: key.caseId, entryId: id, kind }, words.text);
  const at = needs.now();
  return needs.db.write(async (tx) => {
    const file = await findCaseById(tx, key.caseId);
    if (!file) return false;
    const known = (await findEvent(tx, id)) !== undefined;
    // A cry counts again as soon as somebody has answered the one before, whichever page it is sent from.
    if (known && !(words.notSafe && file.notSafeAt === null)) return true;
    // The case stands on top already: pressing in fear changes nothing, and leaves the timeline and the desk their room.
    if (words.notSafe && words.text === "" && stoodUntil(file) > at) return true;
    const row = { id, caseId: file.id, compartmentId: key.compartmentId, kind, at };
    if (words.text && !known) await insertEntry(tx, { ...row, authorKind: "reporter", authorId: null, sealed });
    await writeChange(tx, needs.country, file, { event: known ? undefined : id, notSafe: words.notSafe, at });
    return true;
  });
}

const CRY_MS = 60_000;

/** Until when another press adds nothing to the cry that stands. */
const stoodUntil = (file: CaseRow) => (file.notSafeAt === null ? 0 : file.notSafeAt + CRY_MS);

/** The case as the words leave it, with the timeline's rows and the audit's. */
async function writeChange(
  tx: Writer,
  country: Clocks,
  file: CaseRow,
  { event: id, notSafe, at }: { readonly event: string | undefined; readonly notSafe: boolean; readonly at: number },
): Promise<void> {
  const change = raised(file, notSafe, at);
  await updateCase(tx, file.id, file.version, change);
  const event = { caseId: file.id, at, byReporter: true };
  if (id) await insertEvent(tx, { ...event, id, kind: notSafe ? "not-safe" : "added", detail: {} });
  const moved = change.status === file.status ? undefined : { from: file.status, to: change.status };
  if (moved) await insertEvent(tx, statusEvent(id ?? randomToken(), { ...event, status: moved.to }));
  await startClocks(tx, country, file, { id: id ?? `cry ${at}`, notSafe, reopens: moved?.to === "reopened", at });
  const action = notSafe ? "report.notSafe" : "report.answered";
  const subject = { kind: "case", id: file.id } as const;
  await recordAudit(tx, { action, by: { kind: "reporter" }, subject, at, detail: moved ?? {} });
}

interface Written {
  readonly id: string;
  readonly notSafe: boolean;
  readonly reopens: boolean;
  readonly at: number;
}

/** Words want an answer, a cry wants somebody at once, and a case that opens again a decision. */
async function startClocks(tx: Writer, country: Clocks, file: CaseRow, written: Written): Promise<void> {
  const { id, notSafe, reopens, at } = written;
  const cause = { caseId: file.id, id, at, urgency: notSafe ? "p0" : file.urgency };
  await startUnlessOwed(tx, country, { ...cause, starts: "reporter.wrote" }, file.deskId);
  if (reopens) await startDeadlines(tx, country, { ...cause, starts: "report.reopened" }, file.deskId);
}

/** New words wait to be read, open a closed case again and take it off the shelf, since a person came back. */
function raised(file: CaseRow, notSafe: boolean, at: number): Partial<CaseRow> & { readonly status: string } {
  const unread = { unreadSince: file.unreadSince ?? at, ...offShelf(file) };
  const reopened = isOpenStatus(file.status)
    ? { status: file.status === "info_needed" ? "triage" : file.status }
    : { status: "reopened", open: true };
  if (!notSafe) return { ...unread, ...reopened };
  // Only this feature writes the column.
  const urgency = file.urgency as Urgency;
  return { ...unread, ...reopened, notSafeAt: at, rank: rankOf(urgency, true) };
}
