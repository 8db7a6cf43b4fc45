import { type Account, listDesksOf, listNames } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import { findInstitution } from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { findWay, type OpenedEntry, openEntries, openWay } from "./open-compartments.ts";
import {
  type CaseRow,
  type EventRow,
  findCase,
  insertEvent,
  listEntries,
  listEvents,
  listForms,
  touchCase,
} from "./store.ts";
import { caseFor } from "./work-on-case.ts";

const ENTRIES_A_PAGE = 20;
const MOST_EVENTS = 100;
const CONVERSATION = ["message-from-reporter", "message-to-reporter", "note"];
const SINGLE = ["report", "reporter-name", "withhold"];

export interface ReadCase {
  readonly file: CaseRow;
  readonly forms: readonly string[];
  /** The report, the confidential name and the withhold proposal, as far as they exist and open. */
  readonly single: readonly OpenedEntry[];
  /** The assessment that counts, or undefined. */
  readonly assessment: OpenedEntry | undefined;
  /** Messages and notes of this page, the oldest first. */
  readonly entries: readonly OpenedEntry[];
  /** Where the page before this one begins, or undefined on the first. */
  readonly earlier: number | undefined;
  readonly events: readonly EventRow[];
  readonly names: ReadonlyMap<string, string>;
  readonly institution: LocalText | undefined;
}

type Needs = Pick<Platform, "db" | "now">;

export interface Reading {
  /** The position below which entries are shown, for older pages. */
  readonly below?: number | undefined;
  /** False where the page shows less than what is new: then new words stay marked as unread. */
  readonly marks: boolean;
}

/**
 * Opens a case for a person of its desk; the reading is recorded in the transaction that reads.
 * @returns undefined where no such case exists for this person
 * @throws CannotOpen before anything is recorded when this person's keys do not open it
 */
export async function readCase(
  { db, now }: Needs,
  by: Account,
  number: string,
  { below = Number.MAX_SAFE_INTEGER, marks }: Reading = { marks: true },
): Promise<ReadCase | undefined> {
  const file = await caseFor({ db }, by, number);
  if (!file) return undefined;
  const open = await openWay(by, await db.read((reader) => findWay(reader, file.id, by.id)));
  const sealed = await db.write((tx) => readSealed(tx, by.id, { number, below, marks, at: now() }));
  if (!sealed) return undefined;
  const [assessment] = await openEntries(open, sealed.assessments);
  return {
    file: sealed.file,
    forms: sealed.forms.map((row) => row.form),
    single: await openEntries(open, sealed.single),
    assessment,
    entries: (await openEntries(open, sealed.entries)).reverse(),
    earlier: sealed.earlier,
    events: sealed.events,
    names: sealed.names,
    institution: sealed.institution?.name,
  };
}

/** Everything of one page as it lies in storage, with the record that it was read. */
async function readSealed(
  tx: Writer,
  personId: string,
  page: { number: string; below: number; marks: boolean; at: number },
) {
  const desks = await listDesksOf(tx, personId);
  const found = await findCase(
    tx,
    page.number,
    desks.map((desk) => desk.id),
  );
  if (!found) return undefined;
  const by = { kind: "person", id: personId } as const;
  await recordAudit(tx, { action: "case.read", by, subject: { kind: "case", id: found.id }, at: page.at });
  const file = page.marks ? await markRead(tx, found, page.at) : found;
  const entries = await listEntries(tx, file.id, CONVERSATION, { below: page.below, most: ENTRIES_A_PAGE + 1 });
  const newest = Number.MAX_SAFE_INTEGER;
  const institution = file.institutionId ? await findInstitution(tx, file.institutionId) : undefined;
  return {
    file,
    institution,
    forms: await listForms(tx, [file.id]),
    single: await listEntries(tx, file.id, SINGLE, { below: newest, most: SINGLE.length }),
    assessments: await listEntries(tx, file.id, ["assessment"], { below: newest, most: 1 }),
    entries: entries.slice(0, ENTRIES_A_PAGE),
    earlier: entries.length > ENTRIES_A_PAGE ? entries[ENTRIES_A_PAGE - 1]?.position : undefined,
    events: await listEvents(tx, file.id, MOST_EVENTS),
    names: await listNames(
      tx,
      entries.flatMap((row) => row.authorId ?? []),
    ),
  };
}

/** The first reading moves the case on; every reading clears the mark of unread words. */
async function markRead(tx: Writer, file: CaseRow, at: number): Promise<CaseRow> {
  const first = file.firstReadAt === null;
  if (!first && file.unreadSince === null) return file;
  const status = first && file.status === "received" ? "triage" : file.status;
  const change = { unreadSince: null, firstReadAt: file.firstReadAt ?? at, status };
  await touchCase(tx, file.id, change);
  if (first)
    await insertEvent(tx, { id: randomToken(), caseId: file.id, at, kind: "read", byReporter: false, detail: {} });
  return { ...file, ...change };
}
