import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  lte,
  ne,
  notInArray,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import type { Reader } from "#platform/db/database.ts";
import { identifierSkeleton } from "./identifier-skeleton.ts";
import { absence, desk, institution } from "./schema.ts";
import { searchForm } from "./search-form.ts";
import type { Institution } from "./store.ts";
import { TIES, type Tie } from "./ties.ts";

export const INSTITUTION_STATES = ["active", "ended", "nobody", "absent", "noFallback"] as const;
export type InstitutionState = (typeof INSTITUTION_STATES)[number];

export interface RegistryFilter {
  /** Parts of a name in either script, or the beginning of an identifier. */
  readonly words: string;
  readonly type: string | undefined;
  /** Municipalities; undefined for all of them. */
  readonly territories: readonly string[] | undefined;
  readonly state: InstitutionState | undefined;
  readonly tie: { readonly kind: Tie; readonly to: string } | undefined;
  readonly at: number;
  /** The ids of the desks that somebody works at, as a query: this folder knows no people. */
  readonly staffed: SQLWrapper;
  /** The types that answer for nothing, which need no fallback. */
  readonly unasked: readonly string[];
  /** Whole types that are absent now; without municipalities in the whole country. */
  readonly away: readonly { readonly type: string; readonly territories: readonly string[] | undefined }[];
}

/** A row's place in the order of the names. */
export interface RegistryPlace {
  readonly searchName: string;
  readonly id: string;
}

interface PageOfRegistry {
  /** The row that the page begins behind; undefined from the end that is read first. */
  readonly from: RegistryPlace | undefined;
  /** Reads towards the top, and gives the rows in that order. */
  readonly backwards?: boolean;
  readonly most: number;
}

/** One page of the institutions that the filter finds, by name; as a query, since the tests look at how it is answered. */
export function selectInstitutions(reader: Reader, filter: RegistryFilter, { from, backwards, most }: PageOfRegistry) {
  const inOrder = backwards ? desc : asc;
  return reader
    .select()
    .from(institution)
    .where(and(...conditionsOf(reader, filter), from && beyond(from, backwards)))
    .orderBy(inOrder(institution.searchName), inOrder(institution.id))
    .limit(most);
}

/** Where a row stands in the order of the names; undefined when there is none of this id. */
export async function findRegistryPlace(reader: Reader, id: string): Promise<RegistryPlace | undefined> {
  const [row] = await reader
    .select({ searchName: institution.searchName, id: institution.id })
    .from(institution)
    .where(eq(institution.id, id));
  return row;
}

/** How many the filter finds; the counting stops one above the limit. */
export async function countInstitutions(reader: Reader, filter: RegistryFilter, limit: number): Promise<number> {
  const some = reader
    .select({ one: sql`1`.as("one") })
    .from(institution)
    .where(and(...conditionsOf(reader, filter)))
    .limit(limit + 1)
    .as("some");
  const [row] = await reader.select({ found: count() }).from(some);
  return row?.found ?? 0;
}

/** Institutions by their ids, ended ones included, in a steady order. */
export async function listInstitutions(reader: Reader, ids: readonly string[]): Promise<Institution[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  return reader.select().from(institution).where(inArray(institution.id, wanted)).orderBy(asc(institution.id));
}

export async function findByIdentifier(reader: Reader, identifier: string): Promise<Institution | undefined> {
  const [row] = await reader.select().from(institution).where(eq(institution.identifier, identifier));
  return row;
}

/** Finds the id of an institution that has this identifier, or one that people would take for it. */
export async function findAlike(reader: Reader, identifier: string): Promise<string | undefined> {
  const exact = await findByIdentifier(reader, identifier);
  if (exact) return exact.id;
  const skeleton = identifierSkeleton(identifier);
  const all = await reader.select({ id: institution.id, identifier: institution.identifier }).from(institution);
  return all.find((each) => identifierSkeleton(each.identifier) === skeleton)?.id;
}

/** Finds what somebody calls an institution: its identifier, or else active ones by parts of the name. */
export async function findNamed(
  reader: Reader,
  text: string,
  { at, most }: { readonly at: number; readonly most: number },
): Promise<Institution[]> {
  const exact = await findByIdentifier(reader, text);
  if (exact) return [exact];
  return reader
    .select()
    .from(institution)
    .where(and(named(text), ...active(at)))
    .orderBy(asc(institution.searchName), asc(institution.id))
    .limit(most);
}

/** The active institutions that are tied to this one, by name. */
export async function listTied(
  reader: Reader,
  { kind, to }: { readonly kind: Tie; readonly to: string },
  { at, most }: { readonly at: number; readonly most: number },
): Promise<Institution[]> {
  return reader
    .select()
    .from(institution)
    .where(and(eq(COLUMN_OF[kind], to), ...active(at)))
    .orderBy(asc(institution.searchName), asc(institution.id))
    .limit(most);
}

/** How many institutions that still work, or will, are tied to this one. */
export async function countTied(reader: Reader, to: string, at: number): Promise<Readonly<Record<Tie, number>>> {
  const counted = TIES.map(async (kind) => {
    const [row] = await reader
      .select({ found: count() })
      .from(institution)
      .where(and(eq(COLUMN_OF[kind], to), ne(institution.id, to), notEnded(at)));
    return row?.found ?? 0;
  });
  const [parent = 0, supervisor = 0, fallback = 0] = await Promise.all(counted);
  return { parent, supervisor, fallback };
}

const COLUMN_OF = {
  parent: institution.parentId,
  supervisor: institution.supervisorId,
  fallback: institution.fallbackId,
} as const;

function conditionsOf(reader: Reader, filter: RegistryFilter): (SQL | undefined)[] {
  const { words, type, territories, tie, state } = filter;
  return [
    named(words),
    type ? eq(institution.type, type) : undefined,
    territories ? inArray(institution.territory, [...territories]) : undefined,
    tie ? eq(COLUMN_OF[tie.kind], tie.to) : undefined,
    ...(state ? inState(reader, filter, state) : []),
  ];
}

const MOST_WORDS = 6;

function named(text: string): SQL | undefined {
  const parts = searchForm(text).split(" ").filter(Boolean).slice(0, MOST_WORDS);
  const beginning = text.trim().replace(/[%\\]/g, "");
  if (beginning === "") return undefined;
  const byName = parts.length > 0 ? and(...parts.map((part) => like(institution.searchName, `%${part}%`))) : undefined;
  return or(byName, identifierBegins(beginning));
}

/** SQLite lowers no Cyrillic letters, so that the usual ways of writing them are asked for as well. */
function identifierBegins(text: string): SQL | undefined {
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
  const { identifier } = institution;
  const written = new Set([text, lower, upper, upper.slice(0, 1) + lower.slice(1)]);
  return or(begins(sql`lower(${identifier})`, lower), ...[...written].map((each) => begins(identifier, each)));
}

/** An underscore stands for itself; a database would take it for any letter. */
function begins(column: SQLWrapper, text: string): SQL {
  return sql`${column} like ${`${text.replace(/[!_]/g, "!$&")}%`} escape '!'`;
}

function inState(reader: Reader, filter: RegistryFilter, state: InstitutionState): (SQL | undefined)[] {
  const { at, staffed, unasked, away } = filter;
  if (state === "ended") return [lte(institution.activeTo, at)];
  if (state === "active") return active(at);
  if (state === "nobody") {
    const withPeople = reader.select({ id: desk.institutionId }).from(desk).where(inArray(desk.id, staffed));
    return [...active(at), notInArray(institution.id, withPeople)];
  }
  if (state === "noFallback")
    return [...active(at), isNull(institution.fallbackId), notInArray(institution.type, [...unasked])];
  const alone = reader
    .select({ id: absence.institutionId })
    .from(absence)
    .where(and(isNotNull(absence.institutionId), lte(absence.from, at), gt(absence.to, at)));
  const together = away.map(({ type, territories }) =>
    and(eq(institution.type, type), territories && inArray(institution.territory, [...territories])),
  );
  return [...active(at), or(inArray(institution.id, alone), ...together)];
}

function active(at: number): (SQL | undefined)[] {
  return [lte(institution.activeFrom, at), notEnded(at)];
}

function notEnded(at: number): SQL | undefined {
  return or(isNull(institution.activeTo), gt(institution.activeTo, at));
}

/** The first comparison is one range of the index; the second sorts out those of the same name. */
function beyond({ searchName, id }: RegistryPlace, backwards = false): SQL | undefined {
  const [further, atLeast] = backwards ? [lt, lte] : [gt, gte];
  return and(
    atLeast(institution.searchName, searchName),
    or(further(institution.searchName, searchName), further(institution.id, id)),
  );
}
