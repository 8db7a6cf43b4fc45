import { randomInt } from "node:crypto";
import { and, asc, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import { isOwnCompartment } from "./compartment-mark.ts";
import { type Deadline, insertDeadlines } from "./deadline-store.ts";
import { openTo } from "./exclusion-store.ts";
import { caseEvent, caseFile, caseForm, compartment, entry, holder, noticeAddress } from "./schema.ts";

export type CaseRow = typeof caseFile.$inferSelect;
export type EntryRow = typeof entry.$inferSelect;
export type EventRow = typeof caseEvent.$inferSelect;

/** Everything one report writes. */
export interface NewRows {
  readonly file: Omit<CaseRow, "number">;
  readonly forms: readonly (typeof caseForm.$inferSelect)[];
  readonly compartments: readonly (typeof compartment.$inferSelect)[];
  readonly holders: readonly (typeof holder.$inferSelect)[];
  readonly entries: readonly EntryRow[];
  readonly event: EventRow;
  readonly notice: typeof noticeAddress.$inferSelect | undefined;
  readonly deadlines: readonly Deadline[];
}

export async function insertRows(tx: Writer, rows: NewRows): Promise<void> {
  const number = await freeNumber(tx, rows.file.receivedAt);
  await tx.insert(caseFile).values({ ...rows.file, number });
  if (rows.forms.length > 0) await tx.insert(caseForm).values([...rows.forms]);
  await tx.insert(compartment).values([...rows.compartments]);
  await tx.insert(holder).values([...rows.holders]);
  await tx.insert(entry).values([...rows.entries]);
  await tx.insert(caseEvent).values(rows.event);
  await insertDeadlines(tx, rows.deadlines);
  if (rows.notice) await tx.insert(noticeAddress).values(rows.notice);
}

/** The year and six random digits: short enough to say on the phone, and no count of cases. */
async function freeNumber(tx: Reader, at: number): Promise<string> {
  const year = new Date(at).getUTCFullYear();
  for (let digits = 6; ; digits = Math.min(12, digits + 1)) {
    const number = `${year}-${randomInt(10 ** digits)
      .toString()
      .padStart(digits, "0")}`;
    const taken = await tx.select({ id: caseFile.id }).from(caseFile).where(eq(caseFile.number, number));
    if (taken.length === 0) return number;
  }
}

export async function findBySubmission(reader: Reader, submission: string): Promise<CaseRow | undefined> {
  const [row] = await reader.select().from(caseFile).where(eq(caseFile.submission, submission));
  return row;
}

/**
 * A case by its number, if it lies at one of these desks and nothing keeps this person away: a stranger's case does not
 * exist.
 */
export async function findCase(
  reader: Reader,
  number: string,
  { personId, deskIds }: { readonly personId: string; readonly deskIds: readonly string[] },
): Promise<CaseRow | undefined> {
  if (deskIds.length === 0) return undefined;
  const [row] = await reader
    .select()
    .from(caseFile)
    .where(and(eq(caseFile.number, number), inArray(caseFile.deskId, [...deskIds]), ...openTo(reader, personId)));
  return row;
}

export async function findCaseById(reader: Reader, id: string): Promise<CaseRow | undefined> {
  const [row] = await reader.select().from(caseFile).where(eq(caseFile.id, id));
  return row;
}

export async function listForms(reader: Reader, caseIds: readonly string[]): Promise<(typeof caseForm.$inferSelect)[]> {
  if (caseIds.length === 0) return [];
  return reader
    .select()
    .from(caseForm)
    .where(inArray(caseForm.caseId, [...caseIds]))
    .orderBy(asc(caseForm.form));
}

/**
 * To whom the texts of a compartment are sealed.
 * @throws where the recipient is none that this service put there, or was put there for another part or case
 */
export async function findRecipient(
  reader: Reader,
  { secrets }: { readonly secrets: Pick<Secrets, "pepper"> },
  caseId: string,
  kind: string,
): Promise<{ id: string; recipient: string }> {
  const [row] = await reader
    .select()
    .from(compartment)
    .where(and(eq(compartment.caseId, caseId), eq(compartment.kind, kind)));
  if (!row) throw new Error(`case without a compartment ${kind}`);
  if (!isOwnCompartment(secrets, row)) throw new Error(`compartment of another ${kind}`);
  return row;
}

/** Entries of some kinds, the newest first, below a position. */
export function listEntries(
  reader: Reader,
  caseId: string,
  kinds: readonly string[],
  page: { readonly below: number; readonly most: number },
): Promise<EntryRow[]> {
  return reader
    .select()
    .from(entry)
    .where(and(eq(entry.caseId, caseId), inArray(entry.kind, [...kinds]), lt(entry.position, page.below)))
    .orderBy(desc(entry.position))
    .limit(page.most);
}

const ENTRIES_A_PAGE = 20;

/** One page of entries, the oldest first, with where the page before it begins. */
export async function pageOfEntries(
  reader: Reader,
  caseId: string,
  kinds: readonly string[],
  below = Number.MAX_SAFE_INTEGER,
): Promise<{ rows: EntryRow[]; earlier: number | undefined }> {
  const found = await listEntries(reader, caseId, kinds, { below, most: ENTRIES_A_PAGE + 1 });
  const rows = found.slice(0, ENTRIES_A_PAGE).reverse();
  return { rows, earlier: found.length > ENTRIES_A_PAGE ? rows[0]?.position : undefined };
}

export async function hasEntry(reader: Reader, id: string): Promise<boolean> {
  return (await reader.select({ id: entry.id }).from(entry).where(eq(entry.id, id))).length > 0;
}

export async function insertEntry(tx: Writer, row: Omit<EntryRow, "position">): Promise<void> {
  const [last] = await tx
    .select({ position: entry.position })
    .from(entry)
    .where(eq(entry.caseId, row.caseId))
    .orderBy(desc(entry.position))
    .limit(1);
  await tx.insert(entry).values({ ...row, position: (last?.position ?? 0) + 1 });
}

/** Puts an event behind the last one of its case: two of one moment would stand in the order of their random ids. */
export async function insertEvent(tx: Writer, row: EventRow): Promise<void> {
  const [last] = await tx
    .select({ at: caseEvent.at })
    .from(caseEvent)
    .where(eq(caseEvent.caseId, row.caseId))
    .orderBy(desc(caseEvent.at))
    .limit(1);
  await tx.insert(caseEvent).values({ ...row, at: Math.max(row.at, (last?.at ?? 0) + 1) });
}

export async function findEvent(reader: Reader, id: string): Promise<EventRow | undefined> {
  const [row] = await reader.select().from(caseEvent).where(eq(caseEvent.id, id));
  return row;
}

const MOST_EVENTS = 100;
/** Rows from before each event had a moment of its own: nothing happens to a case that has not arrived. */
const IS_ARRIVAL = sql`case ${caseEvent.kind} when 'received' then 1 else 0 end`;

/** The newest events of a case, told in the order in which they happened. */
export async function listEvents(reader: Reader, caseId: string): Promise<EventRow[]> {
  const newest = await reader
    .select()
    .from(caseEvent)
    .where(eq(caseEvent.caseId, caseId))
    .orderBy(desc(caseEvent.at), asc(IS_ARRIVAL), desc(caseEvent.id))
    .limit(MOST_EVENTS);
  return newest.reverse();
}

/** Changes columns of a case only if nobody changed them since `version`; returns whether it did. */
export async function updateCase(
  tx: Writer,
  id: string,
  version: number,
  change: Partial<Omit<CaseRow, "id" | "version">>,
): Promise<boolean> {
  const changed = await tx
    .update(caseFile)
    .set({ ...change, version: version + 1 })
    .where(and(eq(caseFile.id, id), eq(caseFile.version, version)))
    .returning({ id: caseFile.id });
  return changed.length > 0;
}

/** Changes columns that no person edits, such as when somebody first read the case. */
export async function touchCase(
  tx: Writer,
  id: string,
  change: Partial<Omit<CaseRow, "id" | "version">>,
): Promise<void> {
  await tx.update(caseFile).set(change).where(eq(caseFile.id, id));
}

export async function findNotice(
  reader: Reader,
  caseId: string,
): Promise<typeof noticeAddress.$inferSelect | undefined> {
  const [row] = await reader.select().from(noticeAddress).where(eq(noticeAddress.caseId, caseId));
  return row;
}
