import type { Account } from "#accounts/index.ts";
import type { Platform } from "#platform/platform.ts";
import { findGrantedCase } from "./find-case-below.ts";
import { openGranted } from "./open-compartments.ts";
import { type ReadCase, type Reading, type Right, readByRight } from "./read-case.ts";

/** A case as a supervisor reads it, with when that ends. */
export interface GrantedCase {
  readonly read: ReadCase;
  readonly endsAt: number;
}

/**
 * Opens a case for a supervisor whom its desk let in; the reading is recorded in the transaction that reads, and changes
 * nothing that the desk or the reporter sees.
 * @returns undefined without a grant that holds at this moment
 */
export async function readGrantedCase(
  needs: Pick<Platform, "db" | "now">,
  by: Account,
  number: string,
  reading: Omit<Reading, "marks">,
): Promise<GrantedCase | undefined> {
  let endsAt = 0;
  const right: Right = {
    async find(reader) {
      const found = await findGrantedCase(reader, by.id, { number, at: needs.now() });
      endsAt = found?.grant.endsAt ?? 0;
      return found?.file;
    },
    open: (caseId) => openGranted(needs, by, caseId),
    decides: false,
  };
  const read = await readByRight(needs, by, right, { ...reading, marks: false });
  return read && { read, endsAt };
}
