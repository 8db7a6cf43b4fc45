import { isMarked, markOf } from "#platform/crypto/mark.ts";
import type { Secrets } from "#platform/crypto/secrets.ts";
import type { compartment } from "./schema.ts";

type Pepper = Pick<Secrets, "pepper">;
type CompartmentRow = typeof compartment.$inferSelect;

/**
 * The mark of a part of a case, with the case and the kind: who holds another part's key and can write the database must
 * not put that part in its place.
 */
export const compartmentMark = (
  secrets: Pepper,
  { id, caseId, kind, recipient }: Omit<CompartmentRow, "mark">,
): string => markOf(secrets, "compartment", id, caseId, kind, recipient);

/** Whether this service made a part of a case, for this case and as this kind. */
export const isOwnCompartment = (secrets: Pepper, { mark, id, caseId, kind, recipient }: CompartmentRow): boolean =>
  isMarked(secrets, "compartment", mark, id, caseId, kind, recipient);
