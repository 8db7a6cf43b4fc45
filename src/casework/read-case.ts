import { type Account, listNames } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import { findInstitution, type Institution } from "#institutions/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { type AccessRequest, listLiveRequests, openReasons } from "./access-requests.ts";
import { type Deadline, listDeadlines } from "./deadline-store.ts";
import { meetDeadlines } from "./deadlines.ts";
import { type KeptAway, listKeptAway } from "./kept-away.ts";
import { type OpenCompartments, type OpenedEntry, openCompartments, openEntries } from "./open-compartments.ts";
import {
  type CaseRow,
  type EventRow,
  insertEvent,
  listEntries,
  listEvents,
  listForms,
  pageOfEntries,
  touchCase,
} from "./store.ts";
import { findCaseOf } from "./work-on-case.ts";

const CONVERSATION = ["message-from-reporter", "message-to-reporter", "note", "urgency-reason", "extension-reason"];
const SINGLE = ["report", "reporter-name", "withhold"];
/** Few, since each costs as much to open as a message and most people want the newest. */
const VERSIONS_A_PAGE = 5;

export interface ReadCase {
  readonly file: CaseRow;
  readonly forms: readonly string[];
  /** The report, the confidential name and the withhold proposal, as far as they exist and open. */
  readonly single: readonly OpenedEntry[];
  /** The assessment that counts, or undefined. */
  readonly assessment: OpenedEntry | undefined;
  /** Assessments that no longer count, the newest first, and where the page after this one begins. */
  readonly versions: { readonly shown: readonly OpenedEntry[]; readonly older: number | undefined };
  /** Messages and notes of this page, the oldest first. */
  readonly entries: readonly OpenedEntry[];
  /** Where the page before this one begins, or undefined on the first. */
  readonly earlier: number | undefined;
  readonly events: readonly EventRow[];
  readonly deadlines: readonly Deadline[];
  readonly names: ReadonlyMap<string, string>;
  readonly kept: readonly KeptAway[];
  /** What supervisors ask for or were granted, for who decides about it. */
  readonly requests: readonly AccessRequest[];
  readonly institution: Pick<Institution, "name" | "territory"> | undefined;
}

type Needs = Pick<Platform, "db" | "now">;

export interface Reading {
  /** The position below which entries are shown, for older pages. */
  readonly below?: number | undefined;
  /** The position below which earlier assessments are shown. */
  readonly versionsBelow?: number | undefined;
  /** False where the page shows less than what is new: then new words stay marked as unread. */
  readonly marks: boolean;
}

/** By what right somebody reads: how the case is found, each time anew, and what opens it. */
export interface Right {
  find(reader: Reader): Promise<CaseRow | undefined>;
  open(caseId: string): Promise<OpenCompartments | undefined>;
  /** Whether this person decides about the requests of supervisors, and so reads their reasons. */
  readonly decides: boolean;
}

/**
 * Opens a case for a person of its desk; the reading is recorded in the transaction that reads.
 * @returns undefined where no such case exists for this person
 * @throws a `Refusal` before anything is recorded when this person's keys do not open it
 */
export function readCase(
  needs: Needs,
  by: Account,
  number: string,
  reading: Reading = { marks: true },
): Promise<ReadCase | undefined> {
  const right: Right = {
    find: (reader) => findCaseOf(reader, by.id, number),
    open: (caseId) => openCompartments(needs, by, caseId),
    decides: true,
  };
  return readByRight(needs, by, right, reading);
}

/** The same for whoever has another right to read it. */
export async function readByRight(
  { db, now }: Needs,
  by: Pick<Account, "id">,
  right: Right,
  reading: Reading,
): Promise<ReadCase | undefined> {
  const file = await db.read((reader) => right.find(reader));
  const open = file && (await right.open(file.id));
  if (!open) return undefined;
  const sealed = await db.write((tx) => readSealed(tx, by.id, { ...reading, right, at: now() }));
  if (!sealed) return undefined;
  const [assessment] = await openEntries(open, sealed.assessments);
  const versions = await openEntries(open, sealed.versions.slice(0, VERSIONS_A_PAGE));
  return {
    file: sealed.file,
    forms: sealed.forms.map((row) => row.form),
    single: await openEntries(open, sealed.single),
    assessment,
    versions: {
      shown: versions,
      older: sealed.versions.length > VERSIONS_A_PAGE ? versions.at(-1)?.position : undefined,
    },
    entries: await openEntries(open, sealed.page.rows),
    earlier: sealed.page.earlier,
    events: sealed.events,
    deadlines: sealed.deadlines,
    names: sealed.names,
    kept: sealed.kept,
    requests: await openReasons(open, sealed.requests),
    institution: sealed.institution,
  };
}

/** Everything of one page as it lies in storage, with the record that it was read. */
async function readSealed(
  tx: Writer,
  personId: string,
  { right, at, below, versionsBelow, marks }: Reading & { right: Right; at: number },
) {
  const found = await right.find(tx);
  if (!found) return undefined;
  const by = { kind: "person", id: personId } as const;
  await recordAudit(tx, { action: "case.read", by, subject: { kind: "case", id: found.id }, at });
  const file = marks ? await markRead(tx, found, at) : found;
  const page = await pageOfEntries(tx, file.id, CONVERSATION, below);
  const newest = Number.MAX_SAFE_INTEGER;
  const assessments = await listEntries(tx, file.id, ["assessment"], { below: newest, most: 1 });
  const counts = assessments[0]?.position ?? 0;
  const older = { below: Math.min(versionsBelow ?? counts, counts), most: VERSIONS_A_PAGE + 1 };
  const versions = await listEntries(tx, file.id, ["assessment"], older);
  return {
    file,
    page,
    institution: file.institutionId ? await findInstitution(tx, file.institutionId) : undefined,
    kept: await listKeptAway(tx, file.id),
    requests: right.decides ? await listLiveRequests(tx, file.id, at) : [],
    forms: await listForms(tx, [file.id]),
    single: await listEntries(tx, file.id, SINGLE, { below: newest, most: SINGLE.length }),
    assessments,
    versions,
    events: await listEvents(tx, file.id),
    deadlines: await listDeadlines(tx, file.id),
    names: await listNames(
      tx,
      [...page.rows, ...versions].flatMap((row) => row.authorId ?? []),
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
  // The first opening counts as reading; each one answers a cry.
  await meetDeadlines(tx, { caseId: file.id, deskId: file.deskId, duties: ["open", "read"] }, at);
  return { ...file, ...change };
}
