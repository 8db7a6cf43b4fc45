import { recordAudit } from "#audit/index.ts";
import type { Language } from "#messages/messages.ts";
import { randomToken } from "#platform/crypto/derive.ts";
import type { Writer } from "#platform/db/database.ts";
import type { Platform } from "#platform/platform.ts";
import type { Account } from "./account.ts";
import { tidyEmail } from "./create-account.ts";
import { insertDeskMember } from "./desk-store.ts";
import { findWaitingInvitation, type Invitation, insertInvitation, revokeInvitationsOf } from "./invitation-store.ts";
import { findPerson, findPersonByEmail } from "./person-store.ts";
import type { Role } from "./roles.ts";
import { findMember } from "./team-store.ts";

const DAY_MS = 86_400_000;
/** Long enough for a letter by post. */
export const INVITED_MS = 14 * DAY_MS;
/** Whoever takes up an account again is near. */
export const AGAIN_MS = DAY_MS;

export interface Wanted {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly language: Language;
  /** Where the person will work; undefined for roles without a desk. */
  readonly deskId: string | undefined;
  readonly leads: boolean;
}

export type InviteOutcome =
  | { readonly outcome: "invited"; readonly invitation: Invitation }
  /** Somebody with an account joins another desk, and waits to be admitted there. */
  | { readonly outcome: "joined" }
  | { readonly outcome: "emailTaken" | "alreadyInvited" | "alreadyHere" };

type Needs = Pick<Platform, "db" | "now">;

/** Invites somebody to make an account; whoever has one with the same role joins the desk without a link. */
export async function invitePerson(
  { db, now }: Needs,
  by: Pick<Account, "id">,
  wanted: Wanted,
): Promise<InviteOutcome> {
  const email = tidyEmail(wanted.email);
  const at = now();
  return db.write(async (tx): Promise<InviteOutcome> => {
    const person = await findPersonByEmail(tx, email);
    if (person)
      return person.role === wanted.role
        ? join(tx, by, { personId: person.id, wanted, at })
        : { outcome: "emailTaken" };
    if (await findWaitingInvitation(tx, email, at)) return { outcome: "alreadyInvited" };
    const { name, role, language, deskId, leads } = wanted;
    const invitation = {
      ...blank(by, at, INVITED_MS),
      kind: "new",
      personId: null,
      email,
      name,
      role,
      language,
      deskId: deskId ?? null,
      leads,
    };
    await insertInvitation(tx, invitation);
    const subject = { kind: "person", id: invitation.id } as const;
    const detail = { role, ...(deskId ? { desk: deskId } : {}) };
    await recordAudit(tx, { action: "invitation.made", by: { kind: "person", id: by.id }, subject, at, detail });
    return { outcome: "invited", invitation };
  });
}

async function join(
  tx: Writer,
  by: Pick<Account, "id">,
  { personId, wanted, at }: { readonly personId: string; readonly wanted: Wanted; readonly at: number },
): Promise<InviteOutcome> {
  const { deskId, leads } = wanted;
  if (deskId === undefined) return { outcome: "emailTaken" };
  if (await findMember(tx, deskId, personId)) return { outcome: "alreadyHere" };
  await insertDeskMember(tx, { deskId, personId, admittedAt: null, leads });
  const subject = { kind: "desk", id: deskId } as const;
  const detail = { person: personId };
  await recordAudit(tx, { action: "desk.memberAdded", by: { kind: "person", id: by.id }, subject, at, detail });
  return { outcome: "joined" };
}

/**
 * Gives somebody who has lost the password a link that makes a new one. It makes a new key too, since nobody can open
 * the old one; a colleague then admits the person again.
 * @returns undefined where there is no such person
 */
export async function inviteAgain(
  { db, now }: Needs,
  by: Pick<Account, "id">,
  personId: string,
): Promise<Invitation | undefined> {
  const at = now();
  return db.write(async (tx) => {
    const person = await findPerson(tx, personId);
    if (!person) return undefined;
    await revokeInvitationsOf(tx, personId, at);
    const { email, name, role, language } = person;
    const invitation = {
      ...blank(by, at, AGAIN_MS),
      kind: "again",
      personId,
      email,
      name,
      role,
      language,
      deskId: null,
      leads: false,
    };
    await insertInvitation(tx, invitation);
    const subject = { kind: "person", id: personId } as const;
    await recordAudit(tx, { action: "account.recoveryOffered", by: { kind: "person", id: by.id }, subject, at });
    return invitation;
  });
}

function blank(by: Pick<Account, "id">, at: number, lastsMs: number) {
  const times = { createdAt: at, expiresAt: at + lastsMs, usedAt: null, revokedAt: null };
  return { id: randomToken(), version: 1, invitedBy: by.id, ...times };
}
