import { inArray, isNotNull, type SQL, type SQLWrapper } from "drizzle-orm";
import { sql } from "#platform/db/columns.ts";
import type { Reader } from "#platform/db/database.ts";
import { desk, institution } from "./schema.ts";

/** The institutions of some desks, as a query for a where-clause. */
export function selectInstitutionIdsOf(reader: Reader, deskIds: SQLWrapper) {
  return reader.select({ id: desk.institutionId }).from(desk).where(inArray(desk.id, deskIds));
}

/** The desks of some institutions, likewise. */
export function selectDeskIdsIn(reader: Reader, institutionIds: SQLWrapper) {
  return reader.select({ id: desk.id }).from(desk).where(inArray(desk.institutionId, institutionIds));
}

/** Some institutions with every body to which they belong, such as the school of a branch, likewise; circles end. */
export function selectWithBodies(institutionIds: SQLWrapper): SQL {
  const above = sql`select i.parent_id from ${institution} as i join house on i.id = house.id where i.parent_id is not null`;
  return sql`(with recursive house (id) as (select * from ${institutionIds} as own union ${above}) select id from house)`;
}

/** Some institutions with everything that belongs to them, such as the branches of a school, likewise. */
export function selectWithBranches(institutionIds: readonly string[]): SQL {
  const named = sql`select i.id from ${institution} as i where ${inArray(sql`i.id`, [...institutionIds])}`;
  const below = sql`select i.id from ${institution} as i join house on i.parent_id = house.id`;
  return sql`(with recursive house (id) as (${named} union ${below}) select id from house)`;
}

/** The desks of the institutions that one of these supervises, likewise. */
export function selectDeskIdsBelow(reader: Reader, institutionIds: readonly string[]) {
  const below = reader
    .select({ id: institution.id })
    .from(institution)
    .where(inArray(institution.supervisorId, [...institutionIds]));
  return selectDeskIdsIn(reader, below);
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
