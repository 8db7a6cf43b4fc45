import { and, asc, desc, eq, gt, isNull, like, lt, or } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { person } from "./schema.ts";

/** Somebody with an account, as the list shows it. */
export interface ListedPerson {
  readonly id: string;
  readonly name: string;
  readonly searchName: string;
  readonly email: string;
  readonly role: string;
  readonly signedInAt: number | null;
}

export interface PeopleFilter {
  /** Parts of a name or of an e-mail, in the form that names are searched in. */
  readonly words: readonly string[];
  readonly role: string | undefined;
}

/** The order of the list: by name, then by id. */
export interface PersonPlace {
  readonly name: string;
  readonly id: string;
}

interface PageOfPeople {
  readonly from: PersonPlace | undefined;
  readonly backwards: boolean;
  readonly most: number;
}

/** One page of everybody with an account, by name. */
export async function listPeople(
  reader: Reader,
  { words, role }: PeopleFilter,
  page: PageOfPeople,
): Promise<ListedPerson[]> {
  const inOrder = page.backwards ? desc : asc;
  const further = page.backwards ? lt : gt;
  const { from } = page;
  const rows = await reader
    .select({
      id: person.id,
      searchName: person.searchName,
      name: person.name,
      email: person.email,
      role: person.role,
      signedInAt: person.signedInAt,
    })
    .from(person)
    .where(
      and(
        isNull(person.removedAt),
        role ? eq(person.role, role) : undefined,
        ...words.map((word) => like(person.searchName, `%${word}%`)),
        from &&
          or(further(person.searchName, from.name), and(eq(person.searchName, from.name), further(person.id, from.id))),
      ),
    )
    .orderBy(inOrder(person.searchName), inOrder(person.id))
    .limit(page.most);
  return page.backwards ? rows.reverse() : rows;
}
