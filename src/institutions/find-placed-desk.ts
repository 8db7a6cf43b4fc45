import type { Reader } from "#platform/db/database.ts";
import { type Desk, findInstitution, type Institution, listDesks } from "./store.ts";

/** A desk with the institution that it belongs to. */
export interface PlacedDesk {
  readonly desk: Desk;
  readonly home: Institution;
}

/** A desk with its institution, or undefined where there is none of this id, or none was named. */
export async function findPlacedDesk(reader: Reader, id: string | null): Promise<PlacedDesk | undefined> {
  const [desk] = id === null ? [] : await listDesks(reader, [id]);
  const home = desk && (await findInstitution(reader, desk.institutionId));
  return desk && home && { desk, home };
}
