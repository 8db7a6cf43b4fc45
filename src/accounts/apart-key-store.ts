import { and, eq, inArray, isNotNull, isNull, ne, notInArray } from "drizzle-orm";
import { deskHands } from "#institutions/index.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import type { HeldDeskKey } from "./desk-key-store.ts";
import { apartKey, apartKeyHolder, apartKeyWithout, deskMember, person } from "./schema.ts";

export async function insertApartKey(
  tx: Writer,
  row: typeof apartKey.$inferInsert,
  without: readonly string[],
): Promise<void> {
  await tx.insert(apartKey).values(row);
  const rows = without.map((personId) => ({ apartKeyId: row.id, personId }));
  if (rows.length > 0) await tx.insert(apartKeyWithout).values(rows);
}

/** Twice is once: two colleagues may share a key with a third at the same moment. */
export async function insertApartKeyHolder(tx: Writer, row: typeof apartKeyHolder.$inferInsert): Promise<void> {
  await tx.insert(apartKeyHolder).values(row).onConflictDoNothing();
}

/** The keys for single cases that somebody holds, in the form of a desk's other keys. */
export function listApartKeysHeldBy(reader: Reader, holder: string): Promise<HeldDeskKey[]> {
  return reader
    .select({
      deskKeyId: apartKey.id,
      deskId: apartKey.deskId,
      holder: apartKeyHolder.holder,
      sealed: apartKeyHolder.sealed,
    })
    .from(apartKeyHolder)
    .innerJoin(apartKey, eq(apartKey.id, apartKeyHolder.apartKeyId))
    .where(eq(apartKeyHolder.holder, holder));
}

/** The ids of the same keys, as a query for a where-clause. */
export function selectApartKeyIdsOf(reader: Reader, holder: string) {
  return reader.select({ id: apartKeyHolder.apartKeyId }).from(apartKeyHolder).where(eq(apartKeyHolder.holder, holder));
}

/** Removes a key that another one has taken the place of. */
export async function deleteApartKey(tx: Writer, id: string): Promise<void> {
  await tx.delete(apartKeyHolder).where(eq(apartKeyHolder.apartKeyId, id));
  await tx.delete(apartKeyWithout).where(eq(apartKeyWithout.apartKeyId, id));
  await tx.delete(apartKey).where(eq(apartKey.id, id));
}

/** Takes from somebody the keys for single cases of one desk, or of all. */
export async function deleteApartKeysHeldBy(tx: Writer, holder: string, deskId: string | undefined): Promise<void> {
  const which = deskId === undefined ? undefined : inArray(apartKeyHolder.apartKeyId, selectIdsOfDesk(tx, deskId));
  await tx.delete(apartKeyHolder).where(and(eq(apartKeyHolder.holder, holder), which));
}

/** The keys for single cases of a desk, and of those it stands in for. */
function selectIdsOfDesk(reader: Reader, deskId: string) {
  const hands = deskHands(reader);
  return reader
    .select({ id: apartKey.id })
    .from(apartKey)
    .innerJoin(hands, eq(hands.deskId, apartKey.deskId))
    .where(eq(hands.handId, deskId));
}

/** From now on the key may be sealed to this person. */
export async function allowApartKey(tx: Writer, apartKeyId: string, personId: string): Promise<void> {
  await tx
    .delete(apartKeyWithout)
    .where(and(eq(apartKeyWithout.apartKeyId, apartKeyId), eq(apartKeyWithout.personId, personId)));
}

/** Whether somebody is the only person who holds some key for a single case of a desk. */
export async function holdsApartKeyAlone(reader: Reader, personId: string, deskId: string): Promise<boolean> {
  const others = reader
    .select({ id: apartKeyHolder.apartKeyId })
    .from(apartKeyHolder)
    .innerJoin(person, eq(person.id, apartKeyHolder.holder))
    .where(ne(apartKeyHolder.holder, personId));
  const rows = await reader
    .select({ id: apartKey.id })
    .from(apartKey)
    .where(
      and(
        inArray(apartKey.id, selectIdsOfDesk(reader, deskId)),
        inArray(apartKey.id, selectApartKeyIdsOf(reader, personId)),
        notInArray(apartKey.id, others),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** A key that somebody holds, and a colleague who should hold it too and does not yet. */
export interface Unshared {
  readonly apartKeyId: string;
  readonly deskId: string;
  readonly personId: string;
  readonly recipient: string;
}

/** Whom the keys of this holder still have to be sealed to: admitted, not kept apart, and without it. */
export async function listUnshared(reader: Reader, holder: string): Promise<Unshared[]> {
  const hands = deskHands(reader);
  return reader
    .selectDistinct({
      apartKeyId: apartKey.id,
      deskId: apartKey.deskId,
      personId: person.id,
      recipient: person.recipient,
    })
    .from(apartKey)
    .innerJoin(hands, eq(hands.deskId, apartKey.deskId))
    .innerJoin(deskMember, and(eq(deskMember.deskId, hands.handId), isNotNull(deskMember.admittedAt)))
    .innerJoin(person, and(eq(person.id, deskMember.personId), isNull(person.removedAt)))
    .leftJoin(
      apartKeyHolder,
      and(eq(apartKeyHolder.apartKeyId, apartKey.id), eq(apartKeyHolder.holder, deskMember.personId)),
    )
    .leftJoin(
      apartKeyWithout,
      and(eq(apartKeyWithout.apartKeyId, apartKey.id), eq(apartKeyWithout.personId, deskMember.personId)),
    )
    .where(
      and(
        inArray(apartKey.id, selectApartKeyIdsOf(reader, holder)),
        isNull(apartKeyHolder.holder),
        isNull(apartKeyWithout.personId),
      ),
    );
}
