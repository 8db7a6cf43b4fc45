import { and, desc, eq, gt, inArray, isNull, lt, or } from "drizzle-orm";
import type { Reader, Writer } from "#platform/db/database.ts";
import { invitation } from "./schema.ts";

export type Invitation = typeof invitation.$inferSelect;

export async function insertInvitation(tx: Writer, row: Invitation): Promise<void> {
  await tx.insert(invitation).values(row);
}

export async function findInvitation(reader: Reader, id: string): Promise<Invitation | undefined> {
  const [row] = await reader.select().from(invitation).where(eq(invitation.id, id));
  return row;
}

/** What waits to be used: neither used nor taken back, and not over. */
const waits = (now: number) =>
  and(isNull(invitation.usedAt), isNull(invitation.revokedAt), gt(invitation.expiresAt, now));

/** Invitations to these desks, or to all, that were not used, the newest first; those that are over stand until they are purged. */
export function listInvitations(
  reader: Reader,
  { deskIds, most }: { readonly deskIds: readonly string[] | undefined; readonly most: number },
): Promise<Invitation[]> {
  const where = and(
    isNull(invitation.usedAt),
    isNull(invitation.revokedAt),
    deskIds && inArray(invitation.deskId, [...deskIds]),
  );
  return reader
    .select()
    .from(invitation)
    .where(where)
    .orderBy(desc(invitation.createdAt), desc(invitation.id))
    .limit(most);
}

/** Somebody who is invited already and has not come yet. */
export async function findWaitingInvitation(
  reader: Reader,
  email: string,
  now: number,
): Promise<Invitation | undefined> {
  const [row] = await reader
    .select()
    .from(invitation)
    .where(and(eq(invitation.email, email), waits(now)))
    .limit(1);
  return row;
}

export async function useInvitation(
  tx: Writer,
  { id, personId, at }: { readonly id: string; readonly personId: string; readonly at: number },
): Promise<void> {
  await tx.update(invitation).set({ usedAt: at, personId }).where(eq(invitation.id, id));
}

/** Makes the earlier link worthless and the next one hold from now on. */
export async function renewInvitation(
  tx: Writer,
  { id, version, expiresAt }: { readonly id: string; readonly version: number; readonly expiresAt: number },
): Promise<boolean> {
  const rows = await tx
    .update(invitation)
    .set({ version: version + 1, expiresAt })
    .where(
      and(
        eq(invitation.id, id),
        eq(invitation.version, version),
        isNull(invitation.usedAt),
        isNull(invitation.revokedAt),
      ),
    )
    .returning({ id: invitation.id });
  return rows.length > 0;
}

export async function revokeInvitation(tx: Writer, id: string, at: number): Promise<boolean> {
  const rows = await tx
    .update(invitation)
    .set({ revokedAt: at })
    .where(and(eq(invitation.id, id), isNull(invitation.usedAt), isNull(invitation.revokedAt)))
    .returning({ id: invitation.id });
  return rows.length > 0;
}

/** Takes back whatever waits for a person: an older link must not outlive a newer one. */
export async function revokeInvitationsOf(tx: Writer, personId: string, at: number): Promise<void> {
  await tx
    .update(invitation)
    .set({ revokedAt: at })
    .where(and(eq(invitation.personId, personId), isNull(invitation.usedAt), isNull(invitation.revokedAt)));
}

/** Takes back what somebody made: a link must not outlive the trust in who gave it. */
export async function revokeInvitationsBy(tx: Writer, invitedBy: string, at: number, deskId?: string): Promise<void> {
  const ofDesk = deskId === undefined ? undefined : or(eq(invitation.deskId, deskId), eq(invitation.kind, "again"));
  await tx
    .update(invitation)
    .set({ revokedAt: at })
    .where(and(eq(invitation.invitedBy, invitedBy), isNull(invitation.usedAt), isNull(invitation.revokedAt), ofDesk));
}

/** E-mails and names of who never came are kept no longer than needed. */
export async function deleteInvitationsBefore(tx: Writer, before: number): Promise<void> {
  await tx.delete(invitation).where(lt(invitation.expiresAt, before));
}
