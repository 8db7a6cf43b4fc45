import { asc, count, gt, sum } from "drizzle-orm";
import { type Country, isoDayIn } from "#country/index.ts";
import { digest } from "#platform/crypto/derive.ts";
import type { Database, Reader } from "#platform/db/database.ts";
import { inTurns, letOthersIn } from "#platform/jobs/in-turns.ts";
import { appendTo } from "./append-to.ts";
import type { ContactPerson } from "./contact-store.ts";
import type { Kept } from "./entry.ts";
import { contactPerson, desk, institution } from "./schema.ts";
import type { Desk, Institution } from "./store.ts";

/** How many rows one statement reads, so that requests hardly wait. */
const ROWS = 250;

/**
 * The whole directory as a file would say it, in the order of the identifiers; read in pieces, between which somebody may
 * change it: what has to hold is compared by `directoryMark`.
 */
export async function listKept({ read }: Pick<Database, "read">, country: Pick<Country, "timeZone">): Promise<Kept[]> {
  const rows = await inPieces<Institution>((last) =>
    read((reader) =>
      reader
        .select()
        .from(institution)
        .where(gt(institution.identifier, last?.identifier ?? ""))
        .orderBy(asc(institution.identifier))
        .limit(ROWS),
    ),
  );
  const desks = await inPieces<Desk>((last) => read((reader) => desksAfter(reader, last)));
  const contacts = await inPieces<ContactPerson>((last) => read((reader) => contactsAfter(reader, last)));
  return inTurns(keptSteps(country, rows, desks, contacts));
}

const desksAfter = (reader: Reader, last: Desk | undefined) =>
  reader
    .select()
    .from(desk)
    .where(gt(desk.id, last?.id ?? ""))
    .orderBy(asc(desk.id))
    .limit(ROWS);

const contactsAfter = (reader: Reader, last: ContactPerson | undefined) =>
  reader
    .select()
    .from(contactPerson)
    .where(gt(contactPerson.id, last?.id ?? ""))
    .orderBy(asc(contactPerson.id))
    .limit(ROWS);

async function inPieces<Row>(next: (last: Row | undefined) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const some = await next(rows.at(-1));
    rows.push(...some);
    if (some.length < ROWS) return rows;
    await letOthersIn();
  }
}

/** The same as long as nobody changes what a file of institutions can say. */
export async function directoryMark(reader: Reader): Promise<string> {
  const [institutions] = await reader.select({ found: count(), versions: sum(institution.version) }).from(institution);
  // Desks and people have no version of their own.
  const { id, institutionId, kind, name } = desk;
  const desks = await reader.select({ id, institutionId, kind, name }).from(desk).orderBy(asc(id));
  const contacts = await reader.select().from(contactPerson).orderBy(asc(contactPerson.id));
  return digest(JSON.stringify([institutions?.found, Number(institutions?.versions), desks, contacts]));
}

function* keptSteps(
  country: Pick<Country, "timeZone">,
  rows: readonly Institution[],
  allDesks: readonly Desk[],
  allContacts: readonly ContactPerson[],
): Generator<void, Kept[]> {
  const desks = byInstitution(allDesks);
  const contacts = byInstitution(allContacts);
  const identifiers = new Map(rows.map(({ id, identifier }) => [id, identifier]));
  const named = (id: string | null) => (id === null ? null : (identifiers.get(id) ?? null));
  const day = (at: number | null) => (at === null ? null : isoDayIn(country, at));
  const all: Kept[] = [];
  for (const row of rows) {
    const { id, identifier, type, name, territory, covers, address, phone, hours, verifiedOn } = row;
    const people = contacts.get(id) ?? [];
    all.push({
      id,
      desks: desks.get(id) ?? [],
      contacts: people,
      entry: {
        line: 0,
        ...{ identifier, type, name, territory, covers, address, phone, hours, verifiedOn },
        parent: named(row.parentId),
        supervisor: named(row.supervisorId),
        fallback: named(row.fallbackId),
        activeFrom: day(row.activeFrom),
        activeTo: day(row.activeTo),
        desk: desks.get(id)?.[0]?.name.sr ?? null,
        contact: people[0] ?? null,
      },
    });
    if (all.length % 100 === 0) yield;
  }
  return all;
}

function byInstitution<Row extends { readonly institutionId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) appendTo(found, row.institutionId, row);
  return found;
}
