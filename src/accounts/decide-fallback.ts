import { recordAudit } from "#audit/index.ts";
import { listDesks, updateDesk } from "#institutions/index.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { mayStandIn } from "./stand-in.ts";
import { findMember } from "./team-store.ts";

export type FallbackOutcome = "done" | "missing" | "changed" | "closed";

export interface FallbackDecision {
  readonly deskId: string;
  /** The desk that the page showed as proposed. */
  readonly proposedId: string;
  readonly confirms: boolean;
}

/**
 * Confirms or refuses the desk that an administrator proposes to stand in, for those who work at the desk it stands in
 * for: whoever looks after accounts must not choose alone who opens reports.
 * @returns `missing` where this person does not work there, `changed` where another one is proposed by now, and `closed`
 *   where nobody could open a report at the proposed one; nothing is done twice
 */
export async function decideFallback(
  { db, now }: Pick<Platform, "db" | "now">,
  by: Pick<Account, "id">,
  { deskId, proposedId, confirms }: FallbackDecision,
): Promise<FallbackOutcome> {
  return db.write(async (tx): Promise<FallbackOutcome> => {
    const member = await findMember(tx, deskId, by.id);
    const [desk] = await listDesks(tx, [deskId]);
    if (!desk || !member || member.admittedAt === null) return "missing";
    // Pressed twice, or decided by a colleague meanwhile.
    if (desk.proposedFallbackId === null) return "done";
    if (desk.proposedFallbackId !== proposedId) return "changed";
    if (confirms && !(await mayStandIn(tx, desk, proposedId))) return "closed";
    await updateDesk(tx, deskId, { proposedFallbackId: null, ...(confirms ? { fallbackId: proposedId } : {}) });
    await recordAudit(tx, {
      action: confirms ? "desk.fallbackConfirmed" : "desk.fallbackRefused",
      by: { kind: "person", id: by.id },
      subject: { kind: "desk", id: deskId },
      at: now(),
      detail: { desk: proposedId },
    });
    return "done";
  });
}
