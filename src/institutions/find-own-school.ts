import type { Database, Reader } from "#platform/db/database.ts";
import { findSetting } from "./setting-store.ts";
import { findInstitution, type Institution } from "./store.ts";

/** The school that the service is for, or undefined where it is for a country. */
export async function findOwnSchool(reader: Reader): Promise<Institution | undefined> {
  const id = await findSetting(reader, "school");
  return id === undefined ? undefined : findInstitution(reader, id);
}

const ofCountries = new WeakSet<Database>();

/** The same for pages that everybody asks for: what a service is for is set once, so that a country's is asked once. */
export async function findOwnSchoolOf(db: Database): Promise<Institution | undefined> {
  if (ofCountries.has(db)) return undefined;
  return db.read(async (reader) => {
    const school = await findOwnSchool(reader);
    if ((await findSetting(reader, "size")) === "country") ofCountries.add(db);
    return school;
  });
}
