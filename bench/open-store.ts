import { markingAudit } from "#audit/index.ts";
import { passingSecrets } from "#platform/crypto/secrets.ts";
import type { Database } from "#platform/db/database.ts";
import { openDatabase } from "#platform/db/open.ts";

/** A store of the bench's own, which records as a service does; its secrets end with it. */
export async function openStore(where: Parameters<typeof openDatabase>[0]): Promise<Database> {
  return markingAudit(openDatabase(where), await passingSecrets());
}
