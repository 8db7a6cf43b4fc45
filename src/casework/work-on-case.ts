import { type Account, listDesksOf } from "#accounts/index.ts";
import type { AuditAction } from "#audit/index.ts";
import { recordAudit } from "#audit/index.ts";
import type { Reader, Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import { type CaseRow, findCase } from "./store.ts";

type Needs = Pick<Platform, "db" | "now">;

export interface Work {
  readonly tx: Writer;
  readonly file: CaseRow;
  readonly at: number;
  /** Records what was done, in the same transaction. */
  record(action: AuditAction, detail?: Readonly<Record<string, string>>): Promise<void>;
}

/** The case with a number as far as it is this person's to work on; for everybody else it does not exist. */
export async function findCaseOf(reader: Reader, personId: string, number: string): Promise<CaseRow | undefined> {
  const desks = await listDesksOf(reader, personId);
  return findCase(reader, number, { personId, deskIds: desks.map((desk) => desk.id) });
}

/** Does one piece of work on a case in one transaction, checking again that the case is this person's to work on. */
export function workOnCase<T>(
  { db, now }: Needs,
  by: Pick<Account, "id">,
  number: string,
  work: (on: Work) => Promise<T>,
): Promise<T | undefined> {
  const at = now();
  return db.write(async (tx) => {
    const file = await findCaseOf(tx, by.id, number);
    if (!file) return undefined;
    const actor = { kind: "person", id: by.id } as const;
    const subject = { kind: "case", id: file.id } as const;
    const record: Work["record"] = (action, detail = {}) => recordAudit(tx, { action, by: actor, subject, at, detail });
    return work({ tx, file, at, record });
  });
}
