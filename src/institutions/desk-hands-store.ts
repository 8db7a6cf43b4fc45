import { inArray, isNotNull, type SQLWrapper } from "drizzle-orm";
import { sql } from "#platform/db/columns.ts";
import type { Reader } from "#platform/db/database.ts";
import { desk, institution } from "./schema.ts";

/** The institutions of some desks, as a query for a where-clause. */
export function selectInstitutionIdsOf(reader: Reader, deskIds: SQLWrapper) {
  return reader.select({ id: desk.institutionId }).from(desk).where(inArray(desk.id, deskIds));
}

/** The bodies to which some institutions belong, such as the school of a branch, likewise. */
export function selectParentIdsOf(reader: Reader, institutionIds: SQLWrapper) {
  return reader.select({ id: institution.parentId }).from(institution).where(inArray(institution.id, institutionIds));
}

/** The desks of the institutions that one of these supervises, likewise. */
export function selectDeskIdsBelow(reader: Reader, institutionIds: readonly string[]) {
  const below = reader
    .select({ id: institution.id })
    .from(institution)
    .where(inArray(institution.supervisorId, [...institutionIds]));
  return reader.select({ id: desk.id }).from(desk).where(inArray(desk.institutionId, below));
}

/** Each desk with the desks in whose hands its work lies: itself, and the one that stands in for it. To be joined. */
export function deskHands(reader: Reader) {
  const itself = reader.select({ deskId: desk.id, handId: sql<string>`${desk.id}`.as("hand_id") }).from(desk);
  const standIn = reader
    .select({ deskId: desk.id, handId: sql<string>`${desk.fallbackId}`.as("hand_id") })
    .from(desk)
    .where(isNotNull(desk.fallbackId));
  return itself.unionAll(standIn).as("hands");
}
