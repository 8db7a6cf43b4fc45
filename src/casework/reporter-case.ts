import { recordAudit } from "#audit/index.ts";
import { openText } from "#platform/crypto/seal.ts";
import type { Platform } from "#platform/platform.ts";
import { type Deadline, listDeadlines } from "./deadline-store.ts";
import { findHeldByCode } from "./holder-store.ts";
import { type OpenedEntry, openEntries } from "./open-compartments.ts";
import { type CaseRow, type EventRow, findCaseById, listEvents, pageOfEntries } from "./store.ts";

type Needs = Pick<Platform, "db" | "now">;

/** What a code opens: the conversation of one case and nothing else. */
export interface ReporterKey {
  readonly caseId: string;
  readonly compartmentId: string;
  readonly identity: string;
}

export interface ReporterCase {
  readonly file: CaseRow;
  readonly events: readonly EventRow[];
  readonly deadlines: readonly Deadline[];
  readonly messages: readonly OpenedEntry[];
  /** Where the page before this one begins, or undefined on the first. */
  readonly earlier: number | undefined;
}

const MESSAGES = ["message-from-reporter", "message-to-reporter"];

/** Opens a case by the two halves of a stretched code; undefined for a code that opens nothing. */
export async function openByCode(
  { db, now }: Needs,
  code: { readonly lookup: string; readonly identity: string },
): Promise<ReporterKey | undefined> {
  const held = await db.read((reader) => findHeldByCode(reader, code.lookup));
  if (!held) return undefined;
  const identity = await openText(code.identity, held.sealed);
  const subject = { kind: "case", id: held.caseId } as const;
  await db.write((tx) => recordAudit(tx, { action: "report.tracked", by: { kind: "reporter" }, subject, at: now() }));
  return { caseId: held.caseId, compartmentId: held.compartmentId, identity };
}

/** The reporter's own view: the timeline and the messages, opened with the reporter's key. */
export async function readAsReporter(
  { db }: Needs,
  key: ReporterKey,
  below?: number | undefined,
): Promise<ReporterCase | undefined> {
  const found = await db.read(async (reader) => {
    const file = await findCaseById(reader, key.caseId);
    if (!file) return undefined;
    const page = await pageOfEntries(reader, file.id, MESSAGES, below);
    const deadlines = await listDeadlines(reader, file.id);
    return { file, page, events: await listEvents(reader, file.id), deadlines };
  });
  if (!found) return undefined;
  const { file, page, events, deadlines } = found;
  const messages = await openEntries(new Map([[key.compartmentId, key.identity]]), page.rows);
  return { file, events, deadlines, messages, earlier: page.earlier };
}
