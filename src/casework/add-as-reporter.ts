import { recordAudit } from "#audit/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { isOpenStatus, rankOf, type Urgency } from "./case.ts";
import { statusEvent } from "./events.ts";
import type { ReporterKey } from "./reporter-case.ts";
import { newEntryId, sealEntry } from "./seal-entry.ts";
import { offShelf } from "./shelf.ts";
import { type CaseRow, findCaseById, findEvent, findRecipient, insertEntry, insertEvent, updateCase } from "./store.ts";

type Needs = Pick<Platform, "db" | "secrets" | "now">;

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
    await writeChange(tx, file, { event: known ? undefined : id, notSafe: words.notSafe, at });
    return true;
  });
}

const CRY_MS = 60_000;

/** Until when another press adds nothing to the cry that stands. */
const stoodUntil = (file: CaseRow) => (file.notSafeAt === null ? 0 : file.notSafeAt + CRY_MS);

/** The case as the words leave it, with the timeline's rows and the audit's. */
async function writeChange(
  tx: Writer,
  file: CaseRow,
  { event: id, notSafe, at }: { readonly event: string | undefined; readonly notSafe: boolean; readonly at: number },
): Promise<void> {
  const change = raised(file, notSafe, at);
  await updateCase(tx, file.id, file.version, change);
  const event = { caseId: file.id, at, byReporter: true };
  if (id) await insertEvent(tx, { ...event, id, kind: notSafe ? "not-safe" : "added", detail: {} });
  const moved = change.status === file.status ? undefined : { from: file.status, to: change.status };
  if (moved) await insertEvent(tx, statusEvent(id ?? randomToken(), { ...event, status: moved.to }));
  const action = notSafe ? "report.notSafe" : "report.answered";
  const subject = { kind: "case", id: file.id } as const;
  await recordAudit(tx, { action, by: { kind: "reporter" }, subject, at, detail: moved ?? {} });
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
