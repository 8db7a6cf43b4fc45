import { and, eq, inArray, isNotNull, isNull, ne, notInArray } from "drizzle-orm";
import { deskHands } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { selectApartKeyIdsEverOf, selectIdsInHands, selectRecoveryHolders } from "./apart-key-store.ts";
import { apartKey, apartKeyHolder, deskMember, person } from "./schema.ts";

/** A key for a single case that one person alone holds. */
export interface LoneApartKey {
  readonly id: string;
  /** The mark of the offline recovery identity as its holder; null where it is none. */
  readonly recoveryMark: string | null;
}

/** The keys for single cases of a desk that somebody, or a former identity of theirs, holds, and nobody else still there. */
export async function listLoneApartKeys(reader: Reader, personId: string, deskId: string): Promise<LoneApartKey[]> {
  const hands = deskHands(reader);
  const others = reader
    .select({ id: apartKeyHolder.apartKeyId })
    .from(apartKeyHolder)
    .innerJoin(apartKey, eq(apartKey.id, apartKeyHolder.apartKeyId))
    .innerJoin(hands, eq(hands.deskId, apartKey.deskId))
    .innerJoin(deskMember, and(eq(deskMember.deskId, hands.handId), eq(deskMember.personId, apartKeyHolder.holder)))
    .innerJoin(person, eq(person.id, apartKeyHolder.holder))
    .where(and(ne(apartKeyHolder.holder, personId), isNotNull(deskMember.admittedAt), isNull(person.removedAt)));
  const recovery = selectRecoveryHolders(reader);
  return reader
    .select({ id: apartKey.id, recoveryMark: recovery.mark })
    .from(apartKey)
    .leftJoin(recovery, eq(recovery.id, apartKey.id))
    .where(
      and(
        inArray(apartKey.id, selectIdsInHands(reader, deskId)),
        inArray(apartKey.id, selectApartKeyIdsEverOf(reader, personId)),
        notInArray(apartKey.id, others),
      ),
    );
}
