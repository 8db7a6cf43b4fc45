import { recordAudit } from "#audit/index.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { countRole, findPerson, updateRole } from "./person-store.ts";
import type { Role } from "./roles.ts";
import { deleteSessionsOf } from "./session-store.ts";

/** Gives somebody another role of the same kind of work; every session ends with the old one. */
export async function changeRole(
  { db, now }: Pick<Platform, "db" | "now">,
  by: Pick<Account, "id">,
  { personId, role }: { readonly personId: string; readonly role: Role },
): Promise<void> {
  await db.write(async (tx) => {
    const person = await findPerson(tx, personId);
    // Without an administrator nobody could make another one.
    if (!person || (person.role === "admin" && (await countRole(tx, "admin")) === 1)) return;
    await updateRole(tx, personId, role);
    // The next sign-in asks for whatever the new role needs, a second factor above all.
    await deleteSessionsOf(tx, personId);
    const subject = { kind: "person", id: personId } as const;
    const actor = { kind: "person", id: by.id } as const;
    await recordAudit(tx, { action: "account.roleChanged", by: actor, subject, at: now(), detail: { role } });
  });
}
