import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import { isOpenStatus, rankOf, type Urgency } from "./case.ts";
import type { ReporterKey } from "./reporter-case.ts";
import { newEntryId, sealEntry } from "./seal-entry.ts";
import { offShelf } from "./shelf.ts";
import { type CaseRow, findCaseById, findEvent, findRecipient, insertEntry, insertEvent, updateCase } from "./store.ts";

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
export async function addAsReporter(
  { db, now }: Pick<Platform, "db" | "now">,
  key: ReporterKey,
  words: ReporterWords,
): Promise<boolean> {
  const { recipient } = await db.read((reader) => findRecipient(reader, key.caseId, "conversation"));
  const kind = "message-from-reporter";
  const id = newEntryId(key.caseId, kind, words.once);
  const sealed = await sealEntry(recipient, { caseId: key.caseId, entryId: id, kind }, words.text);
  const at = now();
  return db.write(async (tx) => {
    const file = await findCaseById(tx, key.caseId);
    if (!file) return false;
    if (await findEvent(tx, id)) return true;
    const row = { id, caseId: file.id, compartmentId: key.compartmentId, kind, at };
    if (words.text) await insertEntry(tx, { ...row, authorKind: "reporter", authorId: null, sealed });
    await updateCase(tx, file.id, file.version, raised(file, words.notSafe, at));
    const event = words.notSafe ? "not-safe" : "added";
    await insertEvent(tx, { id, caseId: file.id, at, kind: event, byReporter: true, detail: {} });
    const action = words.notSafe ? "report.notSafe" : "report.answered";
    await recordAudit(tx, { action, by: { kind: "reporter" }, subject: { kind: "case", id: file.id }, at });
    return true;
  });
}

/** New words wait to be read, open a closed case again and take it off the shelf, since a person came back. */
function raised(file: CaseRow, notSafe: boolean, at: number): Partial<Omit<CaseRow, "id" | "version">> {
  const unread = { unreadSince: file.unreadSince ?? at, ...offShelf(file) };
  const reopened = isOpenStatus(file.status) ? statusAfterWords(file.status) : { status: "reopened", open: true };
  if (!notSafe) return { ...unread, ...reopened };
  // Only this feature writes the column.
  const urgency = file.urgency as Urgency;
  return { ...unread, ...reopened, notSafeAt: at, rank: rankOf(urgency, true) };
}

function statusAfterWords(status: string): { status?: string } {
  return status === "info_needed" ? { status: "triage" } : {};
}
