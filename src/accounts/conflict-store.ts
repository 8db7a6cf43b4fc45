import { and, asc, eq, inArray, isNotNull, isNull, like, type SQL } from "drizzle-orm";
import {
  listInstitutions,
  searchForm,
  selectDeskIdsIn,
  selectInstitutionIdsOf,
  selectWithBodies,
  selectWithBranches,
} from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";
import type { Reader } from "#platform/db/database.ts";
import { selectOwnDeskIds } from "./desk-store.ts";
import { deskMember, person } from "./schema.ts";

/** Somebody who could open what a desk holds. */
export interface DeskPerson {
  readonly id: string;
  readonly name: string;
  readonly recipient: string;
}

/** Everybody who was admitted to one of these desks, by name. */
export function listDeskPeople(reader: Reader, deskIds: readonly string[]): Promise<DeskPerson[]> {
  return selectDeskPeople(reader, deskIds, isNotNull(deskMember.admittedAt));
}

/** Everybody who waits to be admitted to one of these desks, by name. */
export function listDeskWaiting(reader: Reader, deskIds: readonly string[]): Promise<DeskPerson[]> {
  return selectDeskPeople(reader, deskIds, isNull(deskMember.admittedAt));
}

function selectDeskPeople(reader: Reader, deskIds: readonly string[], which: SQL): Promise<DeskPerson[]> {
  return reader
    .selectDistinct({ id: person.id, name: person.name, recipient: person.recipient })
    .from(deskMember)
    .innerJoin(person, eq(person.id, deskMember.personId))
    .where(and(inArray(deskMember.deskId, [...deskIds]), which, isNull(person.removedAt)))
    .orderBy(asc(person.name), asc(person.id));
}

/** The institutions at whose desks somebody works, as a query for a where-clause; who waits there works there not yet. */
export function selectWorkplaceIds(reader: Reader, personId: string) {
  return selectInstitutionIdsOf(reader, selectOwnDeskIds(reader, personId));
}

/** Those and the bodies to which they belong, such as the school of a branch, likewise. */
export function selectHouseIds(reader: Reader, personId: string): SQL {
  return selectWithBodies(selectWorkplaceIds(reader, personId));
}

/** Which of some people work at these institutions or at what belongs to them; who waits there works there not yet. */
export async function listWorkingAt(
  reader: Reader,
  institutionIds: readonly string[],
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (institutionIds.length === 0 || personIds.length === 0) return new Set();
  const desks = selectDeskIdsIn(reader, selectWithBranches(institutionIds));
  const rows = await reader
    .selectDistinct({ id: deskMember.personId })
    .from(deskMember)
    .where(
      and(
        inArray(deskMember.personId, [...personIds]),
        isNotNull(deskMember.admittedAt),
        inArray(deskMember.deskId, desks),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

/** Somebody with an account, as a case names people: by name and workplace. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string;
  readonly institutions: readonly LocalText[];
}

const MOST_FOUND = 10;
const MOST_WORDS = 5;

/** People whose names hold all these words; nothing but where they work is told about them. */
export async function findPeopleByName(reader: Reader, words: string): Promise<NamedPerson[]> {
  const parts = searchForm(words).split(" ").filter(Boolean).slice(0, MOST_WORDS);
  if (parts.length === 0) return [];
  const rows = await reader
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(and(isNull(person.removedAt), ...parts.map((part) => like(person.searchName, `%${part}%`))))
    .orderBy(asc(person.searchName), asc(person.id))
    .limit(MOST_FOUND);
  return withWorkplaces(reader, rows);
}

/** People by their ids, also whose accounts have ended. */
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
