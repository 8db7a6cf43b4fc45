import type { Platform } from "#platform/platform.ts";
import type { ReporterKey } from "./reporter-case.ts";
import { findCaseById } from "./store.ts";

/** Whether the case of a reporter is about danger now: then the reporter's words never wait for others. */
export async function isCaseInDanger({ db }: Pick<Platform, "db">, key: ReporterKey): Promise<boolean> {
  const file = await db.read((reader) => findCaseById(reader, key.caseId));
  return file !== undefined && (file.danger === "yes" || file.urgency === "p0" || file.notSafeAt !== null);
}
