import { index, instant, integer, table, text } from "#platform/db/columns.ts";

/** Append-only: triggers on both engines refuse every update and delete. */
export const auditEntry = table(
  "audit_entry",
  {
    id: text("id").primaryKey(),
    at: instant("at").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: text("actor_id"),
    action: text("action").notNull(),
    subjectKind: text("subject_kind").notNull(),
    subjectId: text("subject_id"),
    /** Codes only, as text: PostgreSQL reorders the keys of its JSON, and this is hashed. */
    detail: text("detail").notNull(),
  },
  (t) => [
    index("audit_subject").on(t.subjectKind, t.subjectId, t.at, t.id),
    index("audit_actor").on(t.actorId, t.at, t.id),
    index("audit_action").on(t.action, t.at, t.id),
    index("audit_at").on(t.at, t.id),
  ],
);

/** Waits for its place in the chain; the row goes when the link is written. */
export const auditPending = table("audit_pending", {
  entryId: text("entry_id").primaryKey(),
  /** That this service recorded the entry, under the pepper: what has no right one never enters the chain. */
  mark: text("mark").notNull().default(""),
});

/** The chain: each link holds the keyed hash of its entry and of the link before. Append-only too. */
export const auditLink = table("audit_link", {
  position: integer("position").primaryKey(),
  entryId: text("entry_id").notNull().unique(),
  hash: text("hash").notNull(),
});
