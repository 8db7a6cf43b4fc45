import type { Reader } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { type Access, listLiveAccess } from "./access-store.ts";
import { endAccess } from "./end-access.ts";
import { findCaseBelow } from "./find-case-below.ts";

/**
 * Takes the keys back from whoever was let into a case whose time is over, or who supervises its desk no more. Reading
 * asks the same of each page, so that a stopped job lets nobody in.
 */
export async function endFinishedAccess({ db, now }: Pick<Platform, "db" | "now">): Promise<void> {
  const at = now();
  const finished = await db.read((reader) => listFinished(reader, at));
  if (finished.length === 0) return;
  await db.write(async (tx) => {
    for (const { access, how } of finished) await endAccess(tx, access, { by: { kind: "system" }, at, how });
  });
}

async function listFinished(reader: Reader, at: number): Promise<{ access: Access; how: "over" | "left" }[]> {
  const finished: { access: Access; how: "over" | "left" }[] = [];
  for (const access of await listLiveAccess(reader)) {
    if (isOver(access, at)) finished.push({ access, how: "over" });
    else if (!(await findCaseBelow(reader, access.personId, { id: access.caseId })))
      finished.push({ access, how: "left" });
  }
  return finished;
}

/** Whether the time of what was granted is over. */
export function isOver({ endsAt }: Pick<Access, "endsAt">, at: number): boolean {
  return endsAt !== null && endsAt <= at;
}
