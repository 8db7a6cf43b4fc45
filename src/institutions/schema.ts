import type { LocalText } from "#messages/messages.ts";
import { bytes, index, instant, integer, json, primaryKey, table, text } from "#platform/db/columns.ts";

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
    /** Two people who change one institution at once: the second sees both values. */
    version: integer("version").notNull().default(1),
  },
  (t) => [
    index("institution_place").on(t.territory, t.type),
    index("institution_type").on(t.type, t.searchName),
    index("institution_name").on(t.searchName),
    index("institution_parent").on(t.parentId),
    index("institution_supervisor").on(t.supervisorId),
    index("institution_fallback").on(t.fallbackId),
  ],
);

/** Where an institution answers: its own territory and each that it covers besides, so that routing finds it by its place. */
export const institutionArea = table(
  "institution_area",
  {
    territory: text("territory").notNull(),
    institutionId: text("institution_id")
      .notNull()
      .references(() => institution.id),
  },
  (t) => [
    primaryKey({ columns: [t.territory, t.institutionId] }),
    index("institution_area_institution").on(t.institutionId),
  ],
);

/**
 * A time without work: of one institution, or of all of a type in a territory, such as school holidays. The work goes to
 * the fallback named here, or to each institution's own.
 */
export const absence = table(
  "absence",
  {
    id: text("id").primaryKey(),
    institutionId: text("institution_id").references(() => institution.id),
    type: text("type"),
    /** A territory of any kind; `country` is all of them. */
    territory: text("territory"),
    from: instant("from_at").notNull(),
    to: instant("to_at").notNull(),
    fallbackId: text("fallback_id").references(() => institution.id),
  },
  (t) => [
    index("absence_institution").on(t.institutionId, t.to),
    index("absence_type").on(t.type, t.to),
    // What is over stays for ever, and what runs is little beside it.
    index("absence_to").on(t.to, t.id),
  ],
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
    /** Who also can open what the triage desk receives, so that no report hangs on one desk; no other desk has one. */
    fallbackId: text("fallback_id"),
    /** Whom an administrator proposes instead: it opens nothing before somebody who works at the desk confirms it. */
    proposedFallbackId: text("proposed_fallback_id"),
  },
  (t) => [index("desk_kind").on(t.kind), index("desk_institution").on(t.institutionId)],
);

/** What set-up told the service about itself: few rows, each of one kind. */
export const setting = table("setting", { name: text("name").primaryKey(), value: text("value").notNull() });

/** A file that was looked at and waits for somebody to say yes; it goes when it is applied, and after a day. */
export const importFile = table(
  "import_file",
  {
    id: text("id").primaryKey(),
    personId: text("person_id").notNull(),
    content: bytes("content").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [index("import_file_at").on(t.at)],
);

/** One proof that every matter finds a desk with a person; the latest is shown. */
export const routingCheck = table(
  "routing_check",
  {
    id: text("id").primaryKey(),
    at: instant("at").notNull(),
    /** How many combinations were tried, in how many of them nobody answers, and in how many a rule finds nobody. */
    combinations: integer("combinations").notNull(),
    unanswered: integer("unanswered").notNull(),
    incomplete: integer("incomplete").notNull(),
  },
  (t) => [index("routing_check_at").on(t.at)],
);

/** A type of institution that a rule names and that a municipality has nobody of: nobody is found, or only a stand-in. */
export const routingHole = table(
  "routing_hole",
  {
    checkId: text("check_id")
      .notNull()
      .references(() => routingCheck.id),
    territory: text("territory").notNull(),
    type: text("type").notNull(),
    /** Combinations that miss it, and those of them that nobody answers at all. */
    missing: integer("missing").notNull(),
    unanswered: integer("unanswered").notNull(),
    /** Combinations in which only a body of another type is found for it. */
    standsIn: integer("stands_in").notNull(),
    /** One such combination, in codes. */
    form: text("form").notNull(),
    setting: text("setting").notNull(),
    harmer: text("harmer").notNull(),
  },
  (t) => [primaryKey({ columns: [t.checkId, t.territory, t.type] })],
);
