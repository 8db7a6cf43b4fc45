import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { closeAccount } from "./close-account.ts";
import { deleteDeskKeysHeldBy, newestDeskKey, retireDeskKey } from "./desk-key-store.ts";
import { countRole, findPerson } from "./person-store.ts";
import { deleteDeskMember, listMembershipsOf } from "./team-store.ts";

/** Ends an account wherever it works; each desk it knew gets a new key when the next colleague signs in. */
export async function endAccount(
  { db, now }: Pick<Platform, "db" | "now">,
  by: Pick<Account, "id">,
  personId: string,
): Promise<"done" | "lastAdmin"> {
  const at = now();
  const actor = { kind: "person", id: by.id } as const;
  return db.write(async (tx) => {
    const person = await findPerson(tx, personId);
    if (!person) return "done";
    // Without an administrator nobody could invite another one.
    if (person.role === "admin" && (await countRole(tx, "admin")) === 1) return "lastAdmin";
    for (const { deskId, admittedAt } of await listMembershipsOf(tx, personId)) {
      await deleteDeskMember(tx, deskId, personId);
      const subject = { kind: "desk", id: deskId } as const;
      await recordAudit(tx, { action: "desk.memberRemoved", by: actor, subject, at, detail: { person: personId } });
      const newest = admittedAt === null ? undefined : await newestDeskKey(tx, deskId);
      if (newest) await retireDeskKey(tx, newest.id, at);
    }
    await deleteDeskKeysHeldBy(tx, personId);
    await closeAccount(tx, personId, { by: actor, at });
    return "done";
  });
}
