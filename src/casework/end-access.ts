import { type Actor, recordAudit } from "#audit/index.ts";
import type { Writer } from "#platform/db/database.ts";
import { type Access, deletePersonHolders, listLiveAccess, updateAccessEnded } from "./access-store.ts";
import { listConcerned, type Whom } from "./exclusion-store.ts";

interface Ending {
  readonly by: Actor;
  readonly at: number;
  readonly how: "takenBack" | "over" | "conflict" | "left";
}

/**
 * Ends a request or what was granted on it: whoever was let in holds no key of the case from then on.
 * @returns false where it ended before, and then nothing is recorded
 */
export async function endAccess(tx: Writer, access: Access, { by, at, how }: Ending): Promise<boolean> {
  if (!(await updateAccessEnded(tx, access.id, at))) return false;
  await deletePersonHolders(tx, access.caseId, access.personId);
  const subject = { kind: "case", id: access.caseId } as const;
  const detail = { request: access.id, person: access.personId, how };
  await recordAudit(tx, { action: "case.accessEnded", by, subject, at, detail });
  return true;
}

/** Ends what those asked for or were granted whom an exclusion concerns. */
export async function endAccessOfConcerned(
  tx: Writer,
  caseId: string,
  whom: Whom,
  { by, at }: Pick<Ending, "by" | "at">,
): Promise<void> {
  const live = await listLiveAccess(tx, caseId);
  const concerned = await listConcerned(
    tx,
    live.map(({ personId }) => personId),
    [whom],
  );
  for (const access of live) {
    if (concerned.has(access.personId)) await endAccess(tx, access, { by, at, how: "conflict" });
  }
}
