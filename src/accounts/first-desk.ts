import { type Desk, findSetting, findTriageDesk } from "#institutions/index.ts";
import type { Reader } from "#platform/db/database.ts";
import { newestDeskKey } from "./desk-key-store.ts";
import { hasMember } from "./desk-store.ts";
import { homeOf, mayDo } from "./roles.ts";

/** Where an administrator sees what a new service still needs. */
export const START = "/staff/start";

/** The desk that receives every report, and whether somebody works there who can open one. */
export async function findFirstDesk(
  reader: Reader,
): Promise<{ readonly desk: Desk; readonly open: boolean } | undefined> {
  const desk = await findTriageDesk(reader);
  if (!desk) return undefined;
  const key = await newestDeskKey(reader, desk.id);
  return { desk, open: key !== undefined && (await hasMember(reader, desk.id)) };
}

/** The page after signing in; an administrator goes on with set-up for as long as nobody could open a report. */
export async function findHome(reader: Reader, role: string): Promise<string> {
  if (!mayDo(role, "service.start") || (await findSetting(reader, "size")) === undefined) return homeOf(role);
  return (await findFirstDesk(reader))?.open ? homeOf(role) : START;
}
