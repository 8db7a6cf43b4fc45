import {
  findPersonByEmail,
  insertApartKeyHolder,
  listApartKeyHolders,
  listDesksOf,
  RECOVERY,
  sealApartKey,
  tidyEmail,
} from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import { listApartCases } from "./exclusion-store.ts";
import { listWithoutKey } from "./share-case.ts";

/**
 * Lets somebody open every case of their desks that was sealed apart and is not kept from them, with the offline
 * recovery identity: for where nobody is left who holds its key.
 * @returns how many cases that were
 * @throws CannotOpen where the identity is another than the one the keys were sealed to
 */
export async function shareByRecovery(
  { db, secrets, now }: Pick<Platform, "db" | "secrets" | "now">,
  email: string,
  identity: string,
): Promise<number> {
  const found = await db.read(async (reader) => {
    const person = await findPersonByEmail(reader, tidyEmail(email));
    if (!person) return undefined;
    const desks = await listDesksOf(reader, person.id);
    const deskIds = desks.map(({ id }) => id);
    return { personId: person.id, files: await listApartCases(reader, deskIds) };
  });
  let shared = 0;
  for (const file of found?.files ?? []) {
    const { id: caseId, apartKeyId } = file;
    if (apartKeyId === null) continue;
    const people = await db.read((reader) => listWithoutKey(reader, { secrets }, file));
    const wanted = people.filter(({ id }) => id === found?.personId);
    const sealed = await sealApartKey({ db }, { id: RECOVERY, identity }, apartKeyId, wanted);
    shared += await db.write(async (tx) => {
      let stored = 0;
      for (const { id, sealed: key } of sealed) {
        if ((await listApartKeyHolders(tx, apartKeyId)).has(id)) continue;
        await insertApartKeyHolder(tx, { apartKeyId, holder: id, sealed: key });
        const subject = { kind: "case", id: caseId } as const;
        const detail = { person: id };
        await recordAudit(tx, { action: "case.keyShared", by: { kind: "system" }, subject, at: now(), detail });
        stored += 1;
      }
      return stored;
    });
  }
  return shared;
}
