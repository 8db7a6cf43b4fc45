import type { Database } from "#platform/db/database.ts";
import { type AuditEntry, type AuditLink, listLinks } from "./store.ts";

const BATCH = 500;

/** The links of the chain in their order, from behind a position or from the first on, read in pieces. */
export async function* walkLinks(
  db: Database,
  from?: number,
): AsyncGenerator<{ readonly link: AuditLink; readonly entry: AuditEntry | null }> {
  let after = from;
  for (;;) {
    const rows = await db.read((reader) => listLinks(reader, after, BATCH));
    yield* rows;
    after = rows.at(-1)?.link.position;
    if (rows.length < BATCH) return;
  }
}
