import type { Account } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Platform } from "#platform/platform.ts";
import { countAsked, findLiveAccess, insertAccess } from "./access-store.ts";
import { sealFor } from "./add-entry.ts";
import { endAccess } from "./end-access.ts";
import { isOver } from "./end-finished-access.ts";
import { findCaseBelow } from "./find-case-below.ts";
import { hasEntry, insertEntry } from "./store.ts";

export type AskOutcome = "done" | "missing" | "asked" | "many";

/** So many requests of one person wait at most: desks answer each, and nobody asks for a whole list. */
const MOST_WAITING = 20;

/** What a supervisor asks for, and the words that the desk decides by. */
export interface Asking {
  readonly number: string;
  readonly reason: string;
  /** The same for every try to send one form; undefined where a form had none. */
  readonly once?: string | undefined;
}

/**
 * Asks the desk of a case below to be let in; the reason is sealed into the case, where only its holders read it.
 * @returns `asked` where a request of the same person waits or was granted already, `many` where too many others wait
 */
export async function askAccess(
  needs: Pick<Platform, "db" | "secrets" | "now">,
  by: Account,
  { number, reason, once }: Asking,
): Promise<AskOutcome> {
  const file = await needs.db.read((reader) => findCaseBelow(reader, by.id, { number }));
  if (!file) return "missing";
  const authored = { kind: "access-request", compartment: "file", authorId: by.id, once } as const;
  const row = await sealFor(needs, file, authored, reason);
  const at = needs.now();
  const actor = { kind: "person", id: by.id } as const;
  return needs.db.write(async (tx) => {
    if (!(await findCaseBelow(tx, by.id, { number }))) return "missing";
    if (await hasEntry(tx, row.id)) return "done";
    const live = await findLiveAccess(tx, file.id, by.id);
    if (live && !isOver(live, at)) return "asked";
    if ((await countAsked(tx, by.id)) >= MOST_WAITING) return "many";
    if (live) await endAccess(tx, live, { by: { kind: "system" }, at, how: "over" });
    const id = randomToken();
    await insertEntry(tx, row);
    await insertAccess(tx, { id, caseId: file.id, personId: by.id, entryId: row.id, askedAt: at });
    const subject = { kind: "case", id: file.id } as const;
    await recordAudit(tx, { action: "case.accessAsked", by: actor, subject, at, detail: { request: id } });
    return "done";
  });
}
