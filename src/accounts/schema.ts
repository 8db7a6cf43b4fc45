import { desk } from "#institutions/schema.ts";
import { bytes, index, instant, integer, primaryKey, table, text, uniqueIndex } from "#platform/db/columns.ts";

export const person = table("person", {
  id: text("id").primaryKey(),
  email: text("email").notNull().unique(),
  name: text("name").notNull(),
  role: text("role").notNull(),
  language: text("language").notNull(),
  recipient: text("recipient").notNull(),
  passwordSalt: bytes("password_salt").notNull(),
  sealedByPassword: bytes("sealed_by_password").notNull(),
  recoverySalt: bytes("recovery_salt").notNull(),
  sealedByRecovery: bytes("sealed_by_recovery").notNull(),
  createdAt: instant("created_at").notNull(),
  removedAt: instant("removed_at"),
  /** When the person last signed in: a desk with work where nobody does is silent. */
  signedInAt: instant("signed_in_at"),
});

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
    madeAt: instant("made_at").notNull(),
  },
  (t) => [uniqueIndex("desk_key_generation").on(t.deskId, t.generation)],
);

/** The desk's identity, sealed to one member or to the offline recovery recipient. */
export const deskKeyHolder = table(
  "desk_key_holder",
  {
    deskKeyId: text("desk_key_id")
      .notNull()
      .references(() => deskKey.id),
    /** A person's id, or `recovery`. */
    holder: text("holder").notNull(),
    sealed: bytes("sealed").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deskKeyId, t.holder] })],
);

export const setupLink = table("setup_link", {
  tokenHash: text("token_hash").primaryKey(),
  expiresAt: instant("expires_at").notNull(),
});
