import { desk } from "#institutions/schema.ts";
import { bytes, flag, index, instant, integer, primaryKey, table, text, uniqueIndex } from "#platform/db/columns.ts";

export const person = table(
  "person",
  {
    id: text("id").primaryKey(),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    role: text("role").notNull(),
    language: text("language").notNull(),
    recipient: text("recipient").notNull(),
    /** Made under the pepper, as every mark here: nothing is sealed to a recipient that somebody put into the database. */
    recipientMark: text("recipient_mark").notNull().default(""),
    passwordSalt: bytes("password_salt").notNull(),
    sealedByPassword: bytes("sealed_by_password").notNull(),
    recoverySalt: bytes("recovery_salt").notNull(),
    sealedByRecovery: bytes("sealed_by_recovery").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Null until an authenticator is set up; its secret is sealed to the person, so that a password comes first. */
    sealedTotp: bytes("sealed_totp"),
    /** The newest step whose code was taken: no code is taken twice (RFC 6238, 5.2). */
    totpStep: integer("totp_step"),
    removedAt: instant("removed_at"),
    /** When the person last signed in: a desk with work where nobody does is silent. */
    signedInAt: instant("signed_in_at"),
    /** Name and e-mail as lists are searched and ordered, in either script. */
    searchName: text("search_name").notNull().default(""),
  },
  (t) => [index("person_search").on(t.searchName, t.id), index("person_role").on(t.role, t.searchName)],
);

export const session = table(
  "session",
  {
    /** SHA-256 of the id in the cookie: a stolen database opens no session. */
    idHash: text("id_hash").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    /** The person's identity, locked under a key that lives only in the second cookie. */
    sealedIdentity: bytes("sealed_identity").notNull(),
    /** When the person last showed who it is with all that is asked; null while the second factor is missing. */
    confirmedAt: instant("confirmed_at"),
  },
  (t) => [index("session_person").on(t.personId), index("session_expiry").on(t.expiresAt)],
);

export const deskMember = table(
  "desk_member",
  {
    deskId: text("desk_id")
      .notNull()
      .references(() => desk.id),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    /** Null while a colleague who holds the desk's key has not admitted the person. */
    admittedAt: instant("admitted_at"),
    /** Leads the desk: invites and removes its members. */
    leads: flag("leads").notNull().default(false),
    /** Who gave the link with which a member who waits took the account up anew: another colleague admits them. */
    offeredBy: text("offered_by"),
  },
  (t) => [primaryKey({ columns: [t.deskId, t.personId] }), index("desk_member_person").on(t.personId)],
);

export const deskKey = table(
  "desk_key",
  {
    id: text("id").primaryKey(),
    deskId: text("desk_id")
      .notNull()
      .references(() => desk.id),
    generation: integer("generation").notNull(),
    recipient: text("recipient").notNull(),
    mark: text("mark").notNull().default(""),
    madeAt: instant("made_at").notNull(),
    /** When somebody who held it left: the next holder who signs in or opens the inbox makes a newer one. */
    retiredAt: instant("retired_at"),
  },
  (t) => [uniqueIndex("desk_key_generation").on(t.deskId, t.generation)],
);

/** The desk's identity, sealed to one member, to the offline recovery recipient, or to the desk's next key. */
export const deskKeyHolder = table(
  "desk_key_holder",
  {
    deskKeyId: text("desk_key_id")
      .notNull()
      .references(() => deskKey.id),
    /** A person's id, `recovery`, or the next key's id behind `key:`. */
    holder: text("holder").notNull(),
    sealed: bytes("sealed").notNull(),
    /** Says that this holder was let in with the recipient of then; empty for the next key. */
    mark: text("mark").notNull().default(""),
  },
  (t) => [primaryKey({ columns: [t.deskKeyId, t.holder] }), index("desk_key_holder_who").on(t.holder)],
);

/** A desk's key for one case that some of its people, or of those who stand in for it, must not open: nothing else is sealed to it. */
export const apartKey = table(
  "apart_key",
  {
    id: text("id").primaryKey(),
    deskId: text("desk_id")
      .notNull()
      .references(() => desk.id),
    recipient: text("recipient").notNull(),
    madeAt: instant("made_at").notNull(),
  },
  (t) => [index("apart_key_desk").on(t.deskId)],
);

/** Its identity, sealed to each of the other members singly and to the offline recovery recipient. */
export const apartKeyHolder = table(
  "apart_key_holder",
  {
    apartKeyId: text("apart_key_id")
      .notNull()
      .references(() => apartKey.id),
    /** A person's id, `recovery`, or a former identity's id behind `former:`. */
    holder: text("holder").notNull(),
    sealed: bytes("sealed").notNull(),
    /** For `recovery` alone: to which recipient it is sealed. */
    mark: text("mark").notNull().default(""),
  },
  (t) => [primaryKey({ columns: [t.apartKeyId, t.holder] }), index("apart_key_holder_who").on(t.holder)],
);

/** What an account was locked under before it was taken up anew by a link, kept each time, so that its being there tells nothing. */
export const formerIdentity = table(
  "former_identity",
  {
    id: text("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    recipient: text("recipient").notNull(),
    passwordSalt: bytes("password_salt").notNull(),
    sealedByPassword: bytes("sealed_by_password").notNull(),
    recoverySalt: bytes("recovery_salt").notNull(),
    sealedByRecovery: bytes("sealed_by_recovery").notNull(),
    endedAt: instant("ended_at").notNull(),
    /** When its owner opened it: from then on it is shown only while something of it waits. */
    openedAt: instant("opened_at"),
  },
  (t) => [index("former_identity_person").on(t.personId)],
);

/** A browser in which somebody has signed in: strangers' tries for that account do not count against it. */
export const knownDevice = table(
  "known_device",
  {
    /** SHA-256 of what the browser's cookie holds. */
    tokenHash: text("token_hash").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    until: instant("until").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tokenHash, t.personId] }), index("known_device_person").on(t.personId)],
);

/** A link with which somebody makes an account, or takes a lost one up again. Its token is derived, never stored. */
export const invitation = table(
  "invitation",
  {
    id: text("id").primaryKey(),
    /** Grows when the link is made anew: the earlier one is worth nothing then. */
    version: integer("version").notNull(),
    /** `new` makes an account, `again` gives an existing one a new password and key. */
    kind: text("kind").notNull(),
    personId: text("person_id").references(() => person.id),
    email: text("email").notNull(),
    name: text("name").notNull(),
    role: text("role").notNull(),
    language: text("language").notNull(),
    deskId: text("desk_id").references(() => desk.id),
    leads: flag("leads").notNull(),
    invitedBy: text("invited_by")
      .notNull()
      .references(() => person.id),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    index("invitation_waiting").on(t.expiresAt),
    index("invitation_desk").on(t.deskId, t.createdAt),
    index("invitation_email").on(t.email),
  ],
);

export const setupLink = table("setup_link", {
  tokenHash: text("token_hash").primaryKey(),
  expiresAt: instant("expires_at").notNull(),
});
