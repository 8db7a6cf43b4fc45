import { countPeopleAt, staffedDeskIds } from "#accounts/index.ts";
import { type Country, WHOLE_COUNTRY } from "#country/index.ts";
import {
  type AbsenceRow,
  canAnswer,
  countInstitutions,
  type Desk,
  findRegistryPlace,
  type Institution,
  listDesksOfAll,
  listInstitutions,
  listOwnAbsences,
  listTypeAbsences,
  type RegistryFilter,
  selectInstitutions,
  TIES,
} from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { RegistryPageQuery, RegistryQuery } from "./registry-forms.ts";
import { isArea, municipalitiesWithin } from "./registry-places.ts";

export const ROWS_A_PAGE = 50;
/** Counting stops here: a country has some thousands. */
export const MOST_COUNTED = 9_999;

interface Asked {
  readonly country: Country;
  readonly query: ReturnType<typeof RegistryPageQuery.parse>;
  readonly at: number;
}

/** Everything that one page of the list shows. */
export interface RegistryPage {
  readonly rows: readonly Institution[];
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly found: number;
  readonly desks: readonly Desk[];
  readonly people: ReadonlyMap<string, number>;
  /** Supervising bodies of the rows, and the one that the list is of, by id. */
  readonly named: ReadonlyMap<string, Institution>;
  /** Running absences that concern some of the rows. */
  readonly absences: readonly AbsenceRow[];
}

/** Reads one page of the registry; people are counted for its rows only. */
export async function readRegistry(reader: Reader, { country, query, at }: Asked): Promise<RegistryPage> {
  const together = (await listTypeAbsences(reader, at)).filter(({ from }) => from <= at);
  const filter = filterOf(reader, { country, query, at, together });
  const page = await pageOf(reader, filter, query);
  const ids = page.rows.map(({ id }) => id);
  const desks = await listDesksOfAll(reader, ids);
  const people = await countPeopleAt(
    reader,
    desks.map(({ id }) => id),
  );
  const tied = [filter.tie?.to, ...page.rows.map(({ supervisorId }) => supervisorId)];
  const named = await listInstitutions(
    reader,
    tied.filter((id) => typeof id === "string"),
  );
  const own = (await listOwnAbsences(reader, ids, at)).filter(({ from }) => from <= at);
  return {
    ...page,
    found: await countInstitutions(reader, filter, MOST_COUNTED),
    desks,
    people,
    named: new Map(named.map((each) => [each.id, each])),
    absences: [...own, ...together],
  };
}

/** How many institutions the list of those without a fallback holds. */
export function countWithoutFallback(reader: Reader, country: Country, at: number): Promise<number> {
  const query = { state: "noFallback" } as const;
  return countInstitutions(reader, filterOf(reader, { country, query, at, together: [] }), MOST_COUNTED);
}

/** Which of the three ties a list is about, and to whom. */
export function tieOfQuery(query: RegistryQuery): RegistryFilter["tie"] {
  const kind = TIES.find((each) => query[each] !== undefined);
  return kind && { kind, to: query[kind] ?? "" };
}

function filterOf(
  reader: Reader,
  { country, query, at, together }: Asked & { readonly together: readonly AbsenceRow[] },
): RegistryFilter {
  const { words = "", type, place, state } = query;
  const { codeLists, competence } = country;
  return {
    words,
    type,
    territories: place !== undefined && isArea(country, place) ? municipalitiesWithin(country, place) : undefined,
    state,
    tie: tieOfQuery(query),
    at,
    staffed: staffedDeskIds(reader),
    unasked: codeLists.institution_type.map(({ code }) => code).filter((code) => !canAnswer(competence, code)),
    away: together.flatMap((each) =>
      each.type === null
        ? []
        : [{ type: each.type, territories: municipalitiesWithin(country, each.territory ?? WHOLE_COUNTRY) }],
    ),
  };
}

/** The rows behind or before a place; a page towards the top that is not full begins at the top instead. */
async function pageOf(
  reader: Reader,
  filter: RegistryFilter,
  query: Asked["query"],
): Promise<Pick<RegistryPage, "rows" | "before" | "after">> {
  const most = ROWS_A_PAGE + 1;
  const before = query.before ? await findRegistryPlace(reader, query.before) : undefined;
  if (before) {
    const found = await selectInstitutions(reader, filter, { from: before, backwards: true, most });
    const rows = found.slice(0, ROWS_A_PAGE).reverse();
    if (found.length > ROWS_A_PAGE) return { rows, before: rows[0]?.id, after: rows.at(-1)?.id };
  }
  const from = !before && query.after ? await findRegistryPlace(reader, query.after) : undefined;
  const found = await selectInstitutions(reader, filter, { from, most });
  const rows = found.slice(0, ROWS_A_PAGE);
  const isMore = found.length > ROWS_A_PAGE;
  return { rows, before: from && rows[0]?.id, after: isMore ? rows.at(-1)?.id : undefined };
}
