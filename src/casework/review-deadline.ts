import { type Account, listDesksOf } from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import { meetDeadline } from "./deadlines.ts";
import { findReview } from "./due-store.ts";

/**
 * Notes that a body above has looked at a deadline that one below it missed.
 * @returns false where this person has no such deadline to look at
 */
export async function reviewDeadline(
  { db, now }: Pick<Platform, "db" | "now">,
  by: Pick<Account, "id">,
  id: string,
): Promise<boolean> {
  const at = now();
  return db.write(async (tx) => {
    const deskIds = (await listDesksOf(tx, by.id)).map((desk) => desk.id);
    const row = await findReview(tx, { of: "own", viewerId: by.id, deskIds }, id);
    if (!row) return false;
    await meetDeadline(tx, row, at);
    const subject = { kind: "case", id: row.caseId } as const;
    const detail = { deadline: row.id };
    await recordAudit(tx, { action: "case.deadlineReviewed", by: { kind: "person", id: by.id }, subject, at, detail });
    return true;
  });
}
