import { countPeopleAt, listDesksWithKey, listNames } from "#accounts/index.ts";
import { listAuditOf } from "#audit/index.ts";
import type { Country } from "#country/index.ts";
import {
  type AbsenceRow,
  type ContactPerson,
  concerns,
  countTied,
  type Desk,
  findInstitution,
  type Institution,
  listContactPersons,
  listDesks,
  listDesksAt,
  listInstitutions,
  listOwnAbsences,
  listTypeAbsences,
  type Tie,
} from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";

/** Everything that the page of one institution shows. */
export interface ReadInstitution {
  readonly row: Institution;
  readonly desks: readonly Desk[];
  readonly people: ReadonlyMap<string, number>;
  readonly withKey: ReadonlySet<string>;
  /** The desks that stand in for its desks, by id. */
  readonly behind: ReadonlyMap<string, Desk>;
  readonly contacts: readonly ContactPerson[];
  /** Its own absences and those of its type where it works, that run or are to come. */
  readonly absences: readonly AbsenceRow[];
  /** Other institutions that the page names, by id. */
  readonly named: ReadonlyMap<string, Institution>;
  readonly below: Readonly<Record<Tie, number>>;
  readonly history: readonly Done[];
}

/** Something that was done to it, by whom; undefined for the service itself. */
export interface Done {
  readonly at: number;
  readonly action: string;
  readonly fields: readonly string[];
  readonly who: string | undefined;
}

/** Reads an institution with all that belongs to it; undefined when there is none of this id. */
export async function readInstitution(
  reader: Reader,
  country: Country,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<ReadInstitution | undefined> {
  const row = await findInstitution(reader, id);
  if (!row) return undefined;
  const desks = await listDesksAt(reader, id);
  const deskIds = desks.map((desk) => desk.id);
  const behind = await listDesks(
    reader,
    desks.flatMap(({ fallbackId, proposedFallbackId }) => [fallbackId ?? [], proposedFallbackId ?? []].flat()),
  );
  const together = (await listTypeAbsences(reader, at)).filter((each) => concerns(country, each, row));
  const absences = [...(await listOwnAbsences(reader, [id], at)), ...together].sort(
    (one, other) => one.from - other.from,
  );
  const named = await listInstitutions(reader, namedIds(row, behind, absences));
  return {
    row,
    desks,
    people: await countPeopleAt(reader, deskIds),
    withKey: await listDesksWithKey(reader, deskIds),
    behind: new Map(behind.map((desk) => [desk.id, desk])),
    contacts: await listContactPersons(reader, id),
    absences,
    named: new Map(named.map((each) => [each.id, each])),
    below: await countTied(reader, id, at),
    history: await readHistory(reader, id, deskIds),
  };
}

function namedIds(row: Institution, behind: readonly Desk[], absences: readonly AbsenceRow[]): string[] {
  const ids = [
    ...[row.parentId, row.supervisorId, row.fallbackId],
    ...behind.map(({ institutionId }) => institutionId),
    ...absences.map(({ fallbackId }) => fallbackId),
  ];
  return ids.filter((id) => id !== null);
}

const MOST_HISTORY = 10;

async function readHistory(reader: Reader, id: string, deskIds: readonly string[]): Promise<readonly Done[]> {
  const entries = await listAuditOf(reader, "institution", id, MOST_HISTORY);
  for (const deskId of deskIds) entries.push(...(await listAuditOf(reader, "desk", deskId, MOST_HISTORY)));
  const latest = entries.toSorted((one, other) => other.at - one.at).slice(0, MOST_HISTORY);
  const names = await listNames(
    reader,
    latest.flatMap(({ actorId }) => actorId ?? []),
  );
  return latest.map(({ at, action, detail, actorId }) => ({
    at,
    action,
    fields: fieldsIn(detail),
    who: actorId === null ? undefined : names.get(actorId),
  }));
}

/** The names of fields that an entry says were changed. */
function fieldsIn(detail: string): readonly string[] {
  const { fields } = JSON.parse(detail) as { readonly fields?: unknown };
  return typeof fields === "string" ? fields.split(" ").filter(Boolean) : [];
}
