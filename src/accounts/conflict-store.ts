import { and, asc, eq, exists, inArray, isNotNull, isNull, like } from "drizzle-orm";
import { listInstitutions, searchForm, selectInstitutionIdsOf, selectParentIdsOf } from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";
import type { Reader } from "#platform/db/database.ts";
import { deskMember, person } from "./schema.ts";

/** Somebody who could open what a desk holds. */
export interface DeskPerson {
  readonly id: string;
  readonly name: string;
  readonly recipient: string;
}

/** Everybody who was admitted to one of these desks, by name. */
export function listDeskPeople(reader: Reader, deskIds: readonly string[]): Promise<DeskPerson[]> {
  return reader
    .selectDistinct({ id: person.id, name: person.name, recipient: person.recipient })
    .from(deskMember)
    .innerJoin(person, eq(person.id, deskMember.personId))
    .where(and(inArray(deskMember.deskId, [...deskIds]), isNotNull(deskMember.admittedAt), isNull(person.removedAt)))
    .orderBy(asc(person.name), asc(person.id));
}

/** The institutions at whose desks somebody works or waits, as a query for a where-clause. */
export function selectWorkplaceIds(reader: Reader, personId: string) {
  const desks = reader.select({ id: deskMember.deskId }).from(deskMember).where(eq(deskMember.personId, personId));
  return selectInstitutionIdsOf(reader, desks);
}

/** The institutions to which those belong, such as the school of a branch, likewise. */
export function selectBodyIds(reader: Reader, personId: string) {
  return selectParentIdsOf(reader, selectWorkplaceIds(reader, personId));
}

/** Somebody who works at a desk, as a case names people: by name and workplace. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string;
  readonly institutions: readonly LocalText[];
}

const MOST_FOUND = 10;
const MOST_WORDS = 5;

/** People of any desk whose names hold all these words; nothing else about them is told. */
export async function findPeopleByName(reader: Reader, words: string): Promise<NamedPerson[]> {
  const parts = searchForm(words).split(" ").filter(Boolean).slice(0, MOST_WORDS);
  if (parts.length === 0) return [];
  const atDesk = reader.select({ id: deskMember.deskId }).from(deskMember).where(eq(deskMember.personId, person.id));
  const rows = await reader
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(and(isNull(person.removedAt), exists(atDesk), ...parts.map((part) => like(person.searchName, `%${part}%`))))
    .orderBy(asc(person.searchName), asc(person.id))
    .limit(MOST_FOUND);
  return withWorkplaces(reader, rows);
}

/** People of any desk by their ids; whoever has left is not among them. */
export async function listPeopleById(reader: Reader, ids: readonly string[]): Promise<NamedPerson[]> {
  if (ids.length === 0) return [];
  const rows = await reader
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, [...ids]));
  return withWorkplaces(reader, rows);
}

async function withWorkplaces(
  reader: Reader,
  rows: readonly { readonly id: string; readonly name: string }[],
): Promise<NamedPerson[]> {
  const named: NamedPerson[] = [];
  for (const { id, name } of rows) {
    const at = (await selectWorkplaceIds(reader, id)).map((each) => each.id);
    const institutions = (await listInstitutions(reader, [...new Set(at)])).map((each) => each.name);
    named.push({ id, name, institutions });
  }
  return named;
}
