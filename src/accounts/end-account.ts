import { recordAudit } from "#audit/index.ts";
import type { Reader } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { closeAccount } from "./close-account.ts";
import { newestDeskKey, retireDeskKey } from "./desk-key-store.ts";
import { holdsApartKeyAlone } from "./holds-apart-key-alone.ts";
import { countRole, findPerson } from "./person-store.ts";
import type { RecoveryNeeds } from "./recovery-recipient.ts";
import { deleteDeskMember, listMembers, listMembershipsOf } from "./team-store.ts";

/** Ends an account wherever it works; each desk it knew gets a new key when the next colleague signs in. */
export async function endAccount(
  needs: RecoveryNeeds & Pick<Platform, "now">,
  by: Pick<Account, "id">,
  { personId, evenLast }: { readonly personId: string; readonly evenLast: boolean },
): Promise<"done" | "lastAdmin" | "last"> {
  const at = needs.now();
  const actor = { kind: "person", id: by.id } as const;
  return needs.db.write(async (tx) => {
    const person = await findPerson(tx, personId);
    if (!person) return "done";
    // Without an administrator nobody could invite another one.
    if (person.role === "admin" && (await countRole(tx, "admin")) === 1) return "lastAdmin";
    const memberships = await listMembershipsOf(tx, personId);
    if (!evenLast && (await isLastAnywhere(tx, needs, personId, memberships))) return "last";
    for (const { deskId, admittedAt } of memberships) {
      await deleteDeskMember(tx, deskId, personId);
      const subject = { kind: "desk", id: deskId } as const;
      await recordAudit(tx, { action: "desk.memberRemoved", by: actor, subject, at, detail: { person: personId } });
      const newest = admittedAt === null ? undefined : await newestDeskKey(tx, deskId);
      if (newest) await retireDeskKey(tx, newest.id, at);
    }
    await closeAccount(tx, personId, { by: actor, at });
    return "done";
  });
}

/** Whether nobody else could then open what some desk holds, or some case of it. */
async function isLastAnywhere(
  reader: Reader,
  needs: RecoveryNeeds,
  personId: string,
  memberships: readonly { readonly deskId: string; readonly admittedAt: number | null }[],
): Promise<boolean> {
  for (const { deskId, admittedAt } of memberships) {
    const members = await listMembers(reader, deskId);
    const stays = members.some((each) => each.personId !== personId && each.admittedAt !== null);
    if ((admittedAt !== null && !stays) || (await holdsApartKeyAlone(reader, needs, personId, deskId))) return true;
  }
  return false;
}
