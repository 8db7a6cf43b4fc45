import type { Reader } from "#platform/db/database.ts";
import { findSetting } from "./setting-store.ts";
import { findInstitution, type Institution } from "./store.ts";

/** The school that the service is for, or undefined where it is for a country. */
export async function findOwnSchool(reader: Reader): Promise<Institution | undefined> {
  const id = await findSetting(reader, "school");
  return id === undefined ? undefined : findInstitution(reader, id);
}
