import { areasAround, type Country, WHOLE_COUNTRY } from "#country/index.ts";
import type { AbsenceRow } from "./absence-store.ts";
import type { Institution } from "./store.ts";

/** Whether an absence is this institution's own, or that of its type where it works; one without a territory is everywhere. */
export function concerns(
  country: Pick<Country, "territories">,
  { institutionId, type, territory }: Pick<AbsenceRow, "institutionId" | "type" | "territory">,
  one: Pick<Institution, "id" | "type" | "territory">,
): boolean {
  if (institutionId !== null) return institutionId === one.id;
  return type === one.type && areasAround(country, one.territory).includes(territory ?? WHOLE_COUNTRY);
}
