import { asc, inArray } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import type { Entry } from "./check-lines.ts";
import { contactPerson, desk, institution } from "./schema.ts";

/** An institution of the directory in the words of a file, with the ids of its rows. */
export interface Kept {
  readonly id: string;
  readonly deskId: string | undefined;
  readonly contactId: string | undefined;
  readonly entry: Omit<Entry, "line">;
}

const isoDay = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 10));

/** The whole directory as a file would say it, in the order of the identifiers. */
export async function listKept(reader: Reader): Promise<Kept[]> {
  const rows = await reader.select().from(institution).orderBy(asc(institution.identifier));
  const desks = new Map(
    (await reader.select().from(desk).orderBy(asc(desk.id))).toReversed().map((row) => [row.institutionId, row]),
  );
  const contacts = new Map(
    (await reader.select().from(contactPerson).orderBy(asc(contactPerson.id)))
      .toReversed()
      .map((row) => [row.institutionId, row]),
  );
  const identifiers = new Map(rows.map(({ id, identifier }) => [id, identifier]));
  const named = (id: string | null) => (id === null ? null : (identifiers.get(id) ?? null));
  return rows.map((row) => {
    const contact = contacts.get(row.id);
    const { identifier, type, name, territory, covers, address, phone, hours, verifiedOn } = row;
    return {
      id: row.id,
      deskId: desks.get(row.id)?.id,
      contactId: contact?.id,
      entry: {
        ...{ identifier, type, name, territory, covers, address, phone, hours, verifiedOn },
        parent: named(row.parentId),
        supervisor: named(row.supervisorId),
        fallback: named(row.fallbackId),
        activeFrom: isoDay(row.activeFrom),
        activeTo: isoDay(row.activeTo),
        desk: desks.get(row.id)?.name.sr ?? null,
        contact: contact ? { role: contact.role, name: contact.name, phone: contact.phone } : null,
      },
    };
  });
}

/** The ids of institutions by their identifiers. */
export async function listIdentifiers(reader: Reader, identifiers: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  // SQLite takes a bounded number of values in one question.
  for (let at = 0; at < identifiers.length; at += 500) {
    const rows = await reader
      .select({ id: institution.id, identifier: institution.identifier })
      .from(institution)
      .where(inArray(institution.identifier, identifiers.slice(at, at + 500)));
    for (const { id, identifier } of rows) found.set(identifier, id);
  }
  return found;
}
