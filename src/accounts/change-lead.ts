import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { findMember, updateLeads } from "./team-store.ts";

/** Makes somebody who was admitted to a desk one of its leads, or no longer. */
export async function changeLead(
  { db, now }: Pick<Platform, "db" | "now">,
  by: Pick<Account, "id">,
  { deskId, personId, leads }: { readonly deskId: string; readonly personId: string; readonly leads: boolean },
): Promise<void> {
  await db.write(async (tx) => {
    const member = await findMember(tx, deskId, personId);
    if (!member || member.admittedAt === null || member.leads === leads) return;
    await updateLeads(tx, deskId, personId, leads);
    const detail = { person: personId, leads: leads ? "yes" : "no" };
    const subject = { kind: "desk", id: deskId } as const;
    await recordAudit(tx, {
      action: "desk.leadChanged",
      by: { kind: "person", id: by.id },
      subject,
      at: now(),
      detail,
    });
  });
}
