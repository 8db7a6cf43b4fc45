import {
  type Account,
  type DeskPerson,
  insertApartKeyHolder,
  keepTrusted,
  listApartKeyHolders,
  listDeskPeople,
  sealApartKey,
} from "#accounts/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { desksOf } from "./case-desks.ts";
import { listConcerned, listExclusions } from "./exclusion-store.ts";
import type { CaseRow } from "./store.ts";
import { findCaseOf, workOnCase } from "./work-on-case.ts";

type Needs = Pick<Platform, "db" | "secrets" | "now">;

/**
 * Lets colleagues open a case that was sealed apart, such as somebody who came to the desk later. Whoever holds its key
 * decides: an account that was taken up anew must not receive by itself what is kept from somebody.
 * @param chosen which of those who may see it and hold no key of it yet
 * @returns false where the case does not exist for this person
 */
export async function shareCase(
  needs: Needs,
  by: Account,
  number: string,
  chosen: (reader: Reader, personIds: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<boolean> {
  const found = await needs.db.read(async (reader) => {
    const file = await findCaseOf(reader, by.id, number);
    if (!file) return undefined;
    const without = await listWithoutKey(reader, needs, file);
    const wanted = await chosen(reader, without.map(idOf));
    return { file, wanted: without.filter(({ id }) => wanted.has(id)) };
  });
  if (!found) return false;
  const { apartKeyId } = found.file;
  if (apartKeyId === null) return true;
  const sealed = await sealApartKey(needs, by, apartKeyId, found.wanted);
  const done = await workOnCase(needs, by, number, async ({ tx, file, record }) => {
    // Whoever left, took up a new key or is kept away meanwhile must not get what was sealed before.
    const still = file.apartKeyId === apartKeyId ? await listWithoutKey(tx, needs, file) : [];
    for (const { id, recipient, sealed: key } of sealed) {
      if (!still.some((each) => each.id === id && each.recipient === recipient)) continue;
      await insertApartKeyHolder(tx, { apartKeyId, holder: id, sealed: key });
      await record("case.keyShared", { person: id });
    }
    return true;
  });
  return done ?? false;
}

const idOf = ({ id }: { readonly id: string }) => id;

/** Who of a case's desk may see it, and holds no key of it: it was sealed apart before they came. */
export async function listWithoutKey(
  reader: Reader,
  { secrets }: Pick<Needs, "secrets">,
  file: CaseRow,
): Promise<DeskPerson[]> {
  if (file.apartKeyId === null) return [];
  const holders = await listApartKeyHolders(reader, file.apartKeyId);
  const exclusions = await listExclusions(reader, file.id);
  const desks = await desksOf(reader, file);
  const people = await keepTrusted(reader, secrets, desks, await listDeskPeople(reader, desks));
  const concerned = await listConcerned(reader, people.map(idOf), exclusions);
  return people.filter(({ id }) => !holders.has(id) && !concerned.has(id));
}
