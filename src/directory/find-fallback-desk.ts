import { listStandInsAt } from "#accounts/index.ts";
import { type Desk, findPlacedDesk, type PlacedDesk } from "#institutions/index.ts";
import type { Phrase } from "#messages/messages.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Fields } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";
import type { PartValues } from "./registry-part-changed.ts";
import { findTie, type Lookup, tieOf } from "./registry-ties.ts";

/** The field with which a form names the desk that stands in for the triage desk. */
export const STAND_IN = "standIn";

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
  return {
    standIn: await findPlacedDesk(reader, fallbackId),
    proposed: await findPlacedDesk(reader, proposedFallbackId),
  };
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
  const named = await findPlacedDesk(look.reader, chosen ?? null);
  // Whether somebody can open anything there is asked where it is written; what stood there before may stay.
  if (named) return { id: named.desk.id, error: undefined, offered: [] };
  const { hit, error, offered } = await findTie(look, fields, STAND_IN);
  if (!hit) return { id: null, error, offered };
  const open = await listStandInsAt(look.reader, hit.id);
  const [desk, ...others] = open;
  if (!desk) return refused;
  if (others.length === 0) return { id: desk.id, error: undefined, offered: [] };
  const said = open.map(({ id, name }) => ({ value: id, label: look.t.local(name) }));
  return { id: null, error: { key: "registry.standIn.several" }, offered: said };
}

const refused: StandIn = { id: null, error: { key: "registry.standIn.closed" }, offered: [] };
