import { bytes, index, instant, integer, table, text } from "#platform/db/columns.ts";

/** A report being written: sealed under a key that only the reporter's cookie can derive. */
export const draft = table(
  "draft",
  {
    id: text("id").primaryKey(),
    /** Digest of the cookie's key, so that leaving deletes every draft of this browser. */
    owner: text("owner").notNull(),
    sealed: bytes("sealed").notNull(),
    version: integer("version").notNull(),
    expiresAt: instant("expires_at").notNull(),
    sentAt: instant("sent_at"),
  },
  (t) => [index("draft_owner").on(t.owner), index("draft_expiry").on(t.expiresAt)],
);

/** A reporter reading answers: what opens the case is locked under a key in the cookie. */
export const trackingSession = table(
  "tracking_session",
  {
    idHash: text("id_hash").primaryKey(),
    sealed: bytes("sealed").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("tracking_session_expiry").on(t.expiresAt)],
);
