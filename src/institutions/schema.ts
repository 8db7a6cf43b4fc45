import type { LocalText } from "#messages/messages.ts";
import { index, instant, json, table, text } from "#platform/db/columns.ts";

export const institution = table(
  "institution",
  {
    id: text("id").primaryKey(),
    /** The official number, by which an import finds it again. */
    identifier: text("identifier").notNull().unique(),
    type: text("type").notNull(),
    name: json<LocalText>("name").notNull(),
    /** Lower case, without diacritics, in Latin letters: what a typed part of the name is compared with. */
    searchName: text("search_name").notNull(),
    territory: text("territory").notNull(),
    activeFrom: instant("active_from").notNull(),
    activeTo: instant("active_to"),
  },
  (t) => [index("institution_place").on(t.territory, t.type)],
);

export const desk = table(
  "desk",
  {
    id: text("id").primaryKey(),
    institutionId: text("institution_id")
      .notNull()
      .references(() => institution.id),
    kind: text("kind").notNull(),
    name: json<LocalText>("name").notNull(),
    /** Who also can open what this desk receives, so that no report hangs on one desk. */
    fallbackId: text("fallback_id"),
  },
  (t) => [index("desk_kind").on(t.kind)],
);
