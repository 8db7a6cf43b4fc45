import { and, asc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import type { AbsenceRow } from "./absence-store.ts";
import { absence, institution, institutionArea } from "./schema.ts";
import type { Institution } from "./store.ts";

/** Where and what is looked for, each in the order of nearness and of use. */
export interface Search {
  readonly areas: readonly string[];
  readonly types: readonly string[];
  readonly at: number;
}

/** An institution that answers there, with its place in the order. */
export interface Covering {
  readonly institution: Institution;
  /** The places of its type and of its smallest area in what was asked for. */
  readonly type: number;
  readonly area: number;
}

/** What a page begins behind. */
export interface Behind {
  readonly type: number;
  readonly area: number;
  readonly searchName: string;
  readonly id: string;
}

/** Working institutions of these types that answer for one of these areas: by type, then by area, then by name. */
export async function listCovering(
  reader: Reader,
  search: Search,
  { behind, most }: { readonly behind?: Behind | undefined; readonly most: number },
): Promise<Covering[]> {
  if (search.types.length === 0 || search.areas.length === 0) return [];
  const type = sql<number>`${rankOf(institution.type, search.types)}`;
  const area = sql<number>`min(${rankOf(institutionArea.territory, search.areas)})`;
  const after =
    behind &&
    sql`(${type}, ${area}, ${institution.searchName}, ${institution.id}) > (${whole(behind.type)}, ${whole(behind.area)}, ${behind.searchName}, ${behind.id})`;
  const rows = await reader
    .select({ institution, type, area })
    .from(institutionArea)
    .innerJoin(institution, eq(institution.id, institutionArea.institutionId))
    .where(answersThere(search))
    .groupBy(institution.id)
    .having(after)
    .orderBy(asc(type), asc(area), asc(institution.searchName), asc(institution.id))
    .limit(most);
  return rows.map((row) => ({ institution: row.institution, type: Number(row.type), area: Number(row.area) }));
}

/** Those of the types that somebody answers for there. */
export async function listTypesCovering(reader: Reader, search: Search): Promise<ReadonlySet<string>> {
  if (search.types.length === 0 || search.areas.length === 0) return new Set();
  const rows = await reader
    .selectDistinct({ type: institution.type })
    .from(institutionArea)
    .innerJoin(institution, eq(institution.id, institutionArea.institutionId))
    .where(answersThere(search));
  return new Set(rows.map(({ type }) => type));
}

/** The absences that run now, of these institutions or of their whole types. */
export async function listAbsencesNow(
  reader: Reader,
  institutions: readonly Pick<Institution, "id" | "type">[],
  at: number,
): Promise<AbsenceRow[]> {
  if (institutions.length === 0) return [];
  const own = inArray(
    absence.institutionId,
    institutions.map(({ id }) => id),
  );
  const ofType = inArray(
    absence.type,
    institutions.map(({ type }) => type),
  );
  return reader
    .select()
    .from(absence)
    .where(and(or(own, ofType), lte(absence.from, at), gt(absence.to, at)))
    .orderBy(asc(absence.to), asc(absence.id));
}

function answersThere({ areas, types, at }: Search): SQL | undefined {
  return and(
    inArray(institutionArea.territory, [...areas]),
    inArray(institution.type, [...types]),
    lte(institution.activeFrom, at),
    or(isNull(institution.activeTo), gt(institution.activeTo, at)),
  );
}

/** The place of a column's code in a list. */
function rankOf(column: typeof institution.type | typeof institutionArea.territory, codes: readonly string[]): SQL {
  const whens = codes.map((code, rank) => sql`when ${code} then ${whole(rank)}`);
  return sql`case ${column} ${sql.join(whens, sql` `)} end`;
}

/** Written into the query, since a bare value there has no type on one of the engines. */
function whole(number: number): SQL {
  return sql.raw(String(Math.trunc(number)));
}
