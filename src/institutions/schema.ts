import type { LocalText } from "#messages/messages.ts";
import { index, instant, integer, json, table, text } from "#platform/db/columns.ts";

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
    /** Further territories it answers for, of any kind; `country` is all of them. */
    covers: json<readonly string[]>("covers").notNull().default([]),
    address: text("address"),
    /** For the public, with the day on which somebody rang and asked; without that day no hours are shown. */
    phone: text("phone"),
    hours: json<LocalText | null>("hours"),
    verifiedOn: text("verified_on"),
    parentId: text("parent_id"),
    /** Who is told when it does not answer. */
    supervisorId: text("supervisor_id"),
    /** Who takes its work while it is absent, or where nobody there can open a report. */
    fallbackId: text("fallback_id"),
    activeFrom: instant("active_from").notNull(),
    activeTo: instant("active_to"),
  },
  (t) => [
    index("institution_place").on(t.territory, t.type),
    index("institution_type").on(t.type, t.searchName),
    index("institution_name").on(t.searchName),
  ],
);

/** A time without work, such as school holidays; its work goes to the fallback named here, or to the institution's. */
export const absence = table(
  "absence",
  {
    id: text("id").primaryKey(),
    institutionId: text("institution_id")
      .notNull()
      .references(() => institution.id),
    from: instant("from_at").notNull(),
    to: instant("to_at").notNull(),
    fallbackId: text("fallback_id").references(() => institution.id),
  },
  (t) => [index("absence_institution").on(t.institutionId, t.to)],
);

/** Whom colleagues of other institutions call; never shown to the public. */
export const contactPerson = table(
  "contact_person",
  {
    id: text("id").primaryKey(),
    institutionId: text("institution_id")
      .notNull()
      .references(() => institution.id),
    /** What they are there, in the institution's own words. */
    role: text("role").notNull(),
    name: text("name").notNull(),
    phone: text("phone"),
  },
  (t) => [index("contact_person_institution").on(t.institutionId)],
);

/** Who may report where, from a day on: 1 staff of schools, 2 staff of all institutions, 3 everyone. */
export const opening = table(
  "opening",
  {
    id: text("id").primaryKey(),
    /** A territory of any kind; `country` is all of them. */
    territory: text("territory").notNull(),
    stage: integer("stage").notNull(),
    from: instant("from_at").notNull(),
  },
  (t) => [index("opening_territory").on(t.territory, t.from)],
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
