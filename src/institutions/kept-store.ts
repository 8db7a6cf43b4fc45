import { asc } from "drizzle-orm";
import { type Country, isoDayIn } from "#country/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Kept } from "./entry.ts";
import { contactPerson, desk, institution } from "./schema.ts";

/** The whole directory as a file would say it, in the order of the identifiers. */
export async function listKept(reader: Reader, country: Pick<Country, "timeZone">): Promise<Kept[]> {
  const rows = await reader.select().from(institution).orderBy(asc(institution.identifier));
  const desks = byInstitution(await reader.select().from(desk).orderBy(asc(desk.id)));
  const contacts = byInstitution(await reader.select().from(contactPerson).orderBy(asc(contactPerson.id)));
  const identifiers = new Map(rows.map(({ id, identifier }) => [id, identifier]));
  const named = (id: string | null) => (id === null ? null : (identifiers.get(id) ?? null));
  const day = (at: number | null) => (at === null ? null : isoDayIn(country, at));
  return rows.map((row) => {
    const { id, identifier, type, name, territory, covers, address, phone, hours, verifiedOn } = row;
    const people = contacts.get(id) ?? [];
    return {
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
    };
  });
}

function byInstitution<Row extends { readonly institutionId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const others = found.get(row.institutionId);
    if (others) others.push(row);
    else found.set(row.institutionId, [row]);
  }
  return found;
}
