import {
  type DeskPerson,
  listApartKeyHolders,
  listDeskPeople,
  listDesksOfKeys,
  listDeskWaiting,
} from "#accounts/index.ts";
import { listDesks } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { listHeldByDesks } from "./holder-store.ts";
import type { CaseRow } from "./store.ts";

type File = Pick<CaseRow, "id" | "deskId" | "fallbackDeskId" | "apartKeyId">;

/**
 * The desk of a case, and the one that stood in for it when the case arrived, where that one still does: a desk that was
 * chosen later opens nothing earlier, also where a conflict is declared or lifted.
 */
export async function desksOf(reader: Reader, { deskId, fallbackDeskId }: File): Promise<string[]> {
  if (fallbackDeskId === null) return [deskId];
  const [own] = await listDesks(reader, [deskId]);
  return own?.fallbackId === fallbackDeskId ? [deskId, fallbackDeskId] : [deskId];
}

/** Who of a case's desks it can be sealed to singly: of the one that stands in, whoever can open it by now. */
export async function listSealable(reader: Reader, file: File): Promise<DeskPerson[]> {
  const people = await listDeskPeople(reader, await desksOf(reader, file));
  if (file.apartKeyId === null) return people;
  const own = new Set((await listDeskPeople(reader, [file.deskId])).map(idOf));
  const holders = await listApartKeyHolders(reader, file.apartKeyId);
  return people.filter(({ id }) => own.has(id) || holders.has(id));
}

/**
 * Everybody who can open a case by a desk's key, or could once they are admitted: also of a desk that stands in no
 * longer, whose key still opens what arrived until then.
 */
export async function listWithinReach(reader: Reader, file: File): Promise<string[]> {
  const desks = [...(await desksOf(reader, file)), ...(await listHolding(reader, file))];
  return [...(await listDeskPeople(reader, desks)), ...(await listDeskWaiting(reader, desks))].map(idOf);
}

/** The desks whose keys hold a case; none where it is sealed apart. */
async function listHolding(reader: Reader, { id }: Pick<CaseRow, "id">): Promise<string[]> {
  const held = await listHeldByDesks(reader, id);
  return listDesksOfKeys(
    reader,
    held.map(({ holderId }) => holderId),
  );
}

const idOf = ({ id }: { readonly id: string }) => id;
