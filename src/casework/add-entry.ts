import type { Account } from "#accounts/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { type EntryKind, nextStatuses } from "./case.ts";
import { meetDeadlines } from "./deadlines.ts";
import { statusEvent } from "./events.ts";
import { queueNotice } from "./notice.ts";
import { newEntryId, sealEntry } from "./seal-entry.ts";
import { type CaseRow, findRecipient, hasEntry, insertEntry, insertEvent, updateCase } from "./store.ts";
import { findCaseOf, workOnCase } from "./work-on-case.ts";

type Needs = Pick<Platform, "db" | "secrets" | "now">;

/** Adds a note that the reporter can never open. Returns false where the case does not exist for this person. */
export async function addNote(
  needs: Needs,
  by: Account,
  number: string,
  { text, once }: { readonly text: string; readonly once?: string | undefined },
): Promise<boolean> {
  const file = await needs.db.read((reader) => findCaseOf(reader, by.id, number));
  if (!file) return false;
  const row = await sealFor(needs, file, { kind: "note", compartment: "file", authorId: by.id, once }, text);
  const done = await workOnCase(needs, by, number, async ({ tx, record }) => {
    if (await hasEntry(tx, row.id)) return true;
    await insertEntry(tx, row);
    await record("case.noteAdded");
    return true;
  });
  return done ?? false;
}

/** Writes to the reporter: the message, the step in the timeline and the neutral notice are one transaction. */
export async function sendMessage(
  needs: Needs,
  by: Account,
  number: string,
  message: { readonly text: string; readonly asks: boolean; readonly once?: string | undefined },
): Promise<boolean> {
  const file = await needs.db.read((reader) => findCaseOf(reader, by.id, number));
  if (!file) return false;
  const { once } = message;
  const author = { kind: "message-to-reporter", compartment: "conversation", authorId: by.id, once } as const;
  const row = await sealFor(needs, file, author, message.text);
  const done = await workOnCase(needs, by, number, async ({ tx, file: current, at, record }) => {
    if (await hasEntry(tx, row.id)) return true;
    await insertEntry(tx, row);
    await record("case.messageSent", await tellTimeline(tx, current, { asks: message.asks, at }));
    await meetDeadlines(tx, { caseId: file.id, deskId: file.deskId, duties: ["answer"] }, at);
    await queueNotice(tx, file.id, at);
    return true;
  });
  return done ?? false;
}

/** Puts a message into the timeline; a question makes the case wait. Returns what the audit keeps of it, in codes. */
async function tellTimeline(
  tx: Writer,
  file: CaseRow,
  { asks, at }: { readonly asks: boolean; readonly at: number },
): Promise<Readonly<Record<string, string>>> {
  const id = randomToken();
  const kind = asks ? "question" : "answer";
  const event = { caseId: file.id, at, byReporter: false };
  await insertEvent(tx, { ...event, id, kind, detail: {} });
  if (!asks || !nextStatuses(file.status).includes("info_needed")) return { kind };
  await updateCase(tx, file.id, file.version, { status: "info_needed" });
  await insertEvent(tx, statusEvent(id, { ...event, status: "info_needed" }));
  return { kind, from: file.status, to: "info_needed" };
}

interface Authored {
  readonly kind: EntryKind;
  readonly compartment: "conversation" | "file";
  readonly authorId: string;
  /** The same for every try to send one form; undefined where a form had none. */
  readonly once?: string | undefined;
}

/** Seals a text of a member of staff to a compartment of the case; anyone may add, only holders may read. */
export async function sealFor(
  needs: Needs,
  file: CaseRow,
  { kind, compartment, authorId, once }: Authored,
  text: string,
) {
  const to = await needs.db.read((reader) => findRecipient(reader, needs, file.id, compartment));
  const id = newEntryId(needs, { caseId: file.id, kind, once, text });
  const sealed = await sealEntry(to.recipient, { caseId: file.id, entryId: id, kind }, text);
  return { id, caseId: file.id, compartmentId: to.id, kind, at: needs.now(), authorKind: "person", authorId, sealed };
}
