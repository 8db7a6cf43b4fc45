import { findPerson, listWorkplaces, mayDo } from "#accounts/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { type Access, type Asker, findCaseOfDesksBelow, findGrant } from "./access-store.ts";
import type { CaseRow } from "./store.ts";

/**
 * The case that somebody may ask about: they are a supervisor, one of their workplaces supervises the institution of its
 * desk, and no conflict keeps them away. An unknown number, another body's case and a case kept away all are undefined.
 */
export async function findCaseBelow(
  reader: Reader,
  personId: string,
  which: { readonly number: string } | { readonly id: string },
): Promise<CaseRow | undefined> {
  const asker = await findAsker(reader, personId);
  return asker && findCaseOfDesksBelow(reader, which, asker);
}

/** Somebody as far as they may ask; undefined for who is no supervisor, works nowhere, or has left. */
export async function findAsker(reader: Reader, personId: string): Promise<Asker | undefined> {
  const person = await findPerson(reader, personId);
  if (!person || !mayDo(person.role, "case.ask")) return undefined;
  const institutionIds = await listWorkplaces(reader, personId);
  return institutionIds.length === 0 ? undefined : { personId, institutionIds };
}

/** A case that somebody was let into, with what lets them in; undefined for everybody else and from its end on. */
export async function findGrantedCase(
  reader: Reader,
  personId: string,
  { number, at }: { readonly number: string; readonly at: number },
): Promise<{ readonly file: CaseRow; readonly grant: Access } | undefined> {
  const file = await findCaseBelow(reader, personId, { number });
  const grant = file && (await findGrant(reader, { caseId: file.id, personId, at }));
  return file && grant ? { file, grant } : undefined;
}
