import type { Country } from "#country/index.ts";
import { loadDirectory, type Placed, type Resolution, resolve } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { listStaffedDesks } from "./desk-store.ts";

/**
 * Finds who answers for one matter as the directory and its people stand at that moment.
 * It stands here since the directory below does not know who works at a desk.
 */
export async function resolveMatter(
  reader: Reader,
  country: Pick<Country, "territories" | "competence">,
  placed: Placed,
  at: number,
): Promise<Resolution> {
  return resolve(country, await loadDirectory(reader, country, placed, at, listStaffedDesks), placed);
}
