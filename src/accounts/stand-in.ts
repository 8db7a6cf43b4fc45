import { type Desk, findPlacedDesk, type OpenDesk, TRIAGE } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { listStaffedDesks } from "./desk-store.ts";

/** The desks of an institution that have a key and an admitted person; who receives every report never stands in. */
export async function listStandInsAt(reader: Reader, institutionId: string): Promise<OpenDesk[]> {
  const staffed = await listStaffedDesks(reader, [institutionId]);
  return (staffed.get(institutionId) ?? []).filter(({ kind }) => kind !== TRIAGE);
}

/** Whether a desk may stand in for another: for the triage desk alone, and where somebody can open its reports by now. */
export async function mayStandIn(reader: Reader, desk: Desk, standInId: string): Promise<boolean> {
  if (desk.kind !== TRIAGE) return false;
  const placed = await findPlacedDesk(reader, standInId);
  return placed !== undefined && (await listStandInsAt(reader, placed.home.id)).some(({ id }) => id === standInId);
}
