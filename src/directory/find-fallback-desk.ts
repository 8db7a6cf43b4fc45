import { listStaffedDesks } from "#accounts/index.ts";
import { type Desk, findInstitution, type Institution, listDesks, TRIAGE } from "#institutions/index.ts";
import type { LocalText, Phrase } from "#messages/messages.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Fields } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";
import type { PartValues } from "./registry-part-changed.ts";
import { findTie, type Lookup, tieOf } from "./registry-ties.ts";

/** The field with which a form names the desk that stands in for the triage desk. */
export const STAND_IN = "standIn";

/** A desk with the institution that it belongs to. */
export interface PlacedDesk {
  readonly desk: { readonly id: string; readonly name: LocalText };
  readonly home: Institution;
}

/** What a form's field for the desk that stands in came to; `id` is null for none. */
export interface StandIn {
  readonly id: string | null;
  readonly error: Phrase | undefined;
  /** What may have been meant, to choose from. */
  readonly offered: readonly Option[];
}

/** The desk that stands in for another one by now, and the one that is proposed instead. */
export async function findStandIns(
  reader: Reader,
  { fallbackId, proposedFallbackId }: Pick<Desk, "fallbackId" | "proposedFallbackId">,
): Promise<{ readonly standIn: PlacedDesk | undefined; readonly proposed: PlacedDesk | undefined }> {
  const find = async (id: string | null) => (id === null ? undefined : findPlaced(reader, id));
  return { standIn: await find(fallbackId), proposed: await find(proposedFallbackId) };
}

/** A desk with its institution, or undefined where there is none of this id. */
export async function findPlaced(reader: Reader, id: string): Promise<PlacedDesk | undefined> {
  const [desk] = await listDesks(reader, [id]);
  const home = desk && (await findInstitution(reader, desk.institutionId));
  return desk && home && { desk, home };
}

/** What the field says of a desk: its institution by the identifier, and which of its desks. */
export function standInValues(standIn: PlacedDesk | undefined): PartValues {
  const identifier = standIn?.home.identifier ?? "";
  return {
    [STAND_IN]: identifier,
    [`${STAND_IN}For`]: identifier,
    [`${STAND_IN}Chosen`]: standIn?.desk.id ?? "",
  };
}

/**
 * Finds the desk that a form names to stand in for the triage desk: by its institution, of whose desks the one is taken
 * at which somebody can open what is sealed to it.
 */
export async function readStandIn(look: Lookup, fields: Fields): Promise<StandIn> {
  const { chosen } = tieOf(fields, STAND_IN);
  const named = chosen === undefined ? undefined : await findPlaced(look.reader, chosen);
  // Whether somebody can open anything there is asked where it is written; what stood there before may stay.
  if (named) return { id: named.desk.id, error: undefined, offered: [] };
  const { hit, error, offered } = await findTie(look, fields, STAND_IN);
  if (!hit) return { id: null, error, offered };
  const open = await listOpenAt(look.reader, hit.id);
  const [desk, ...others] = open;
  if (!desk) return refused;
  if (others.length === 0) return { id: desk.id, error: undefined, offered: [] };
  const said = open.map(({ id, name }) => ({ value: id, label: look.t.local(name) }));
  return { id: null, error: { key: "registry.standIn.several" }, offered: said };
}

const refused: StandIn = { id: null, error: { key: "registry.standIn.closed" }, offered: [] };

/** The desks of an institution that have a key and an admitted person; who receives every report never stands in. */
export async function listOpenAt(reader: Reader, institutionId: string) {
  const staffed = await listStaffedDesks(reader, [institutionId]);
  return (staffed.get(institutionId) ?? []).filter(({ kind }) => kind !== TRIAGE);
}
