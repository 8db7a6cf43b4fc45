import { and, eq, inArray, isNotNull, isNull, ne, notInArray } from "drizzle-orm";
import { deskHands } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { selectApartKeyIdsEverOf, selectIdsInHands } from "./apart-key-store.ts";
import { RECOVERY } from "./recovery-holder.ts";
import { apartKey, apartKeyHolder, deskMember, person } from "./schema.ts";

/**
 * Whether somebody, or a former identity of theirs, is the only one who holds some key for a single case of a desk: nobody
 * else still there does, and the offline recovery identity does not.
 */
export async function holdsApartKeyAlone(reader: Reader, personId: string, deskId: string): Promise<boolean> {
  const hands = deskHands(reader);
  const others = reader
    .select({ id: apartKeyHolder.apartKeyId })
    .from(apartKeyHolder)
    .innerJoin(apartKey, eq(apartKey.id, apartKeyHolder.apartKeyId))
    .innerJoin(hands, eq(hands.deskId, apartKey.deskId))
    .innerJoin(deskMember, and(eq(deskMember.deskId, hands.handId), eq(deskMember.personId, apartKeyHolder.holder)))
    .innerJoin(person, eq(person.id, apartKeyHolder.holder))
    .where(and(ne(apartKeyHolder.holder, personId), isNotNull(deskMember.admittedAt), isNull(person.removedAt)));
  const recovered = reader
    .select({ id: apartKeyHolder.apartKeyId })
    .from(apartKeyHolder)
    .where(eq(apartKeyHolder.holder, RECOVERY));
  const rows = await reader
    .select({ id: apartKey.id })
    .from(apartKey)
    .where(
      and(
        inArray(apartKey.id, selectIdsInHands(reader, deskId)),
        inArray(apartKey.id, selectApartKeyIdsEverOf(reader, personId)),
        notInArray(apartKey.id, others),
        notInArray(apartKey.id, recovered),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
