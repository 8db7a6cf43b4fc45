import type { Country } from "#country/index.ts";
import type { AbsenceRow } from "./absence-store.ts";
import { concerns } from "./concerns.ts";
import type { Listed } from "./directory.ts";
import type { Institution } from "./store.ts";

/** The absences among these that concern an institution: its own before those of its type, each as they begin. */
export function absencesOf(
  country: Pick<Country, "territories">,
  one: Pick<Institution, "id" | "type" | "territory">,
  absences: readonly AbsenceRow[],
): readonly AbsenceRow[] {
  return absences.filter((each) => concerns(country, each, one)).sort(inOrder);
}

/** Always the same order: two servers must not choose differently. */
function inOrder(one: AbsenceRow, other: AbsenceRow): number {
  const shared = Number(one.institutionId === null) - Number(other.institutionId === null);
  return shared || one.from - other.from || (one.id < other.id ? -1 : 1);
}

/** Whom the work of an institution goes to, in the order they are asked: for each running absence, then its own fallback. */
export function fallbacksOf(
  { id, fallbackId }: Pick<Listed, "id" | "fallbackId">,
  running: readonly Pick<AbsenceRow, "fallbackId">[],
): readonly string[] {
  const ids = [...running.map((each) => each.fallbackId), fallbackId];
  // Whoever takes over for a whole type may be of that type.
  return [...new Set(ids)].filter((each) => each !== null).filter((each) => each !== id);
}
