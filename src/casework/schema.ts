import { apartKey } from "#accounts/schema.ts";
import { desk, institution } from "#institutions/schema.ts";
import {
  bytes,
  flag,
  index,
  instant,
  integer,
  json,
  primaryKey,
  sql,
  table,
  text,
  uniqueIndex,
} from "#platform/db/columns.ts";

/** One case. Its columns are codes and times; every word lies sealed in an entry. */
export const caseFile = table(
  "case_file",
  {
    id: text("id").primaryKey(),
    /** What people say on the phone: the year and six random digits, which tell nobody how many cases there are. */
    number: text("number").notNull().unique(),
    /** Derived from the draft's key: sending the same draft twice makes one case. */
    submission: text("submission").notNull().unique(),
    receivedAt: instant("received_at").notNull(),
    deskId: text("desk_id")
      .notNull()
      .references(() => desk.id),
    /** The desk that stood in when it arrived, and that it was sealed to besides; one that is chosen later never opens it. */
    fallbackDeskId: text("fallback_desk_id").references(() => desk.id),
    open: flag("open").notNull(),
    status: text("status").notNull(),
    urgency: text("urgency").notNull(),
    /** Order in the inbox: -1 for "I am not safe now", then 0 to 4 for p0 to p4; 5 lies on the shelf. */
    rank: integer("rank").notNull(),
    /** `likely_spam` until a person decides, `spam` when one has; empty for every other case. */
    shelf: text("shelf"),
    version: integer("version").notNull(),
    firstReadAt: instant("first_read_at"),
    /** When the reporter last wrote something that nobody has opened yet. */
    unreadSince: instant("unread_since"),
    notSafeAt: instant("not_safe_at"),
    language: text("language").notNull(),
    danger: text("danger").notNull(),
    role: text("role").notNull(),
    identityMode: text("identity_mode").notNull(),
    environment: text("environment"),
    territory: text("territory").notNull(),
    institutionId: text("institution_id").references(() => institution.id),
    ageBand: text("age_band"),
    perpetratorType: text("perpetrator_type"),
    frequency: text("frequency"),
    /** The only key of a desk that opens it, where some of the desk must not; else any key of the desk does. */
    apartKeyId: text("apart_key_id").references(() => apartKey.id),
  },
  (t) => [
    index("case_inbox").on(t.deskId, t.open, t.rank, t.receivedAt, t.id),
    index("case_inbox_status").on(t.deskId, t.status, t.rank, t.receivedAt, t.id),
    index("case_inbox_territory").on(t.deskId, t.territory, t.rank, t.receivedAt, t.id),
    // What nobody has opened yet is little, and is counted each time the list is shown.
    index("case_unread").on(t.deskId, t.receivedAt).where(sql`first_read_at is null`),
    // The silent desks are found by what waits, which is little beside all that was ever answered.
    index("case_waiting").on(t.deskId, t.unreadSince).where(sql`unread_since is not null`),
  ],
);

export const caseForm = table(
  "case_form",
  {
    caseId: text("case_id")
      .notNull()
      .references(() => caseFile.id),
    form: text("form").notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.form] }), index("case_form_form").on(t.form, t.caseId)],
);

export const compartment = table(
  "compartment",
  {
    id: text("id").primaryKey(),
    caseId: text("case_id")
      .notNull()
      .references(() => caseFile.id),
    kind: text("kind").notNull(),
    recipient: text("recipient").notNull(),
    /** Made under the pepper: nothing is sealed to a recipient that somebody put into the database. */
    mark: text("mark").notNull().default(""),
  },
  (t) => [uniqueIndex("compartment_kind").on(t.caseId, t.kind)],
);

/** Who can open a compartment: its identity sealed to a desk's key, a reporter's code or a supervisor who was let in. Never in a long-kept backup. */
export const holder = table(
  "holder",
  {
    compartmentId: text("compartment_id")
      .notNull()
      .references(() => compartment.id),
    kind: text("kind").notNull(),
    /** A desk key's id, the look-up half of a stretched code, or a person's id. */
    holderId: text("holder_id").notNull(),
    sealed: bytes("sealed").notNull(),
  },
  (t) => [primaryKey({ columns: [t.compartmentId, t.kind, t.holderId] }), index("holder_who").on(t.kind, t.holderId)],
);

export const entry = table(
  "entry",
  {
    id: text("id").primaryKey(),
    caseId: text("case_id")
      .notNull()
      .references(() => caseFile.id),
    compartmentId: text("compartment_id")
      .notNull()
      .references(() => compartment.id),
    kind: text("kind").notNull(),
    /** Grows by one in each case: the order in which things were said. */
    position: integer("position").notNull(),
    at: instant("at").notNull(),
    authorKind: text("author_kind").notNull(),
    authorId: text("author_id"),
    sealed: bytes("sealed").notNull(),
  },
  (t) => [uniqueIndex("entry_position").on(t.caseId, t.position), index("entry_kind").on(t.caseId, t.kind, t.position)],
);

/** What happened to a case, in codes: the reporter's timeline and the desk's. */
export const caseEvent = table(
  "case_event",
  {
    id: text("id").primaryKey(),
    caseId: text("case_id")
      .notNull()
      .references(() => caseFile.id),
    at: instant("at").notNull(),
    kind: text("kind").notNull(),
    byReporter: flag("by_reporter").notNull(),
    detail: json<Readonly<Record<string, string>>>("detail").notNull(),
  },
  (t) => [index("case_event_case").on(t.caseId, t.at)],
);

/** Who never sees a case, since it names them as the one who harms or the reporter fears them. */
export const caseExclusion = table(
  "case_exclusion",
  {
    id: text("id").primaryKey(),
    caseId: text("case_id")
      .notNull()
      .references(() => caseFile.id),
    /** A person, or else everybody of an institution; no reference, since it outlives the account. */
    personId: text("person_id"),
    institutionId: text("institution_id").references(() => institution.id),
    declaredAt: instant("declared_at").notNull(),
    declaredBy: text("declared_by").notNull(),
    liftedAt: instant("lifted_at"),
    liftedBy: text("lifted_by"),
  },
  (t) => [
    index("case_exclusion_case").on(t.caseId),
    index("case_exclusion_person").on(t.personId),
    index("case_exclusion_institution").on(t.institutionId),
  ],
);

/** A supervisor's request to read a case, and what the holding desk decided; its reason lies sealed in an entry. */
export const caseAccess = table(
  "case_access",
  {
    id: text("id").primaryKey(),
    caseId: text("case_id")
      .notNull()
      .references(() => caseFile.id),
    personId: text("person_id").notNull(),
    entryId: text("entry_id")
      .notNull()
      .references(() => entry.id),
    askedAt: instant("asked_at").notNull(),
    decidedAt: instant("decided_at"),
    decidedBy: text("decided_by"),
    /** Null until somebody decides. */
    granted: flag("granted"),
    /** When what was granted is over, by the clock alone. */
    endsAt: instant("ends_at"),
    /** When it was refused, taken back or cleared away; null while it waits or holds. */
    endedAt: instant("ended_at"),
  },
  (t) => [
    index("case_access_case").on(t.caseId, t.askedAt),
    index("case_access_person").on(t.personId, t.askedAt),
    // What waits or holds is little beside all that was ever asked, and is one for each person and case.
    uniqueIndex("case_access_live").on(t.caseId, t.personId).where(sql`ended_at is null`),
  ],
);

/**
 * One clock that runs, or ran, for a desk that owes something in a case. No row is ever deleted or set back: what was due
 * in a period stays what it was.
 */
export const deadline = table(
  "deadline",
  {
    /** Derived from case, rule and cause: what happens twice starts one clock. */
    id: text("id").primaryKey(),
    caseId: text("case_id")
      .notNull()
      .references(() => caseFile.id),
    ruleId: text("rule_id").notNull(),
    ruleVersion: integer("rule_version").notNull(),
    duty: text("duty").notNull(),
    /** Who owes it, and the body that desk belonged to then. */
    deskId: text("desk_id")
      .notNull()
      .references(() => desk.id),
    institutionId: text("institution_id")
      .notNull()
      .references(() => institution.id),
    startedAt: instant("started_at").notNull(),
    /** The last moment, as the rule said; figures count by it, whatever was granted later. */
    firstDueAt: instant("first_due_at").notNull(),
    /** The last moment with what was granted for a reason. */
    dueAt: instant("due_at").notNull(),
    metAt: instant("met_at"),
    /** The moment that passed without it; it stays when it is met later. */
    breachedAt: instant("breached_at"),
    /** When nothing was owed any more, met or not. */
    endedAt: instant("ended_at"),
    /** The body above that was told that it passed. */
    escalatedTo: text("escalated_to").references(() => institution.id),
  },
  (t) => [
    index("deadline_running").on(t.dueAt, t.id).where(sql`breached_at is null and met_at is null and ended_at is null`),
    index("deadline_case").on(t.caseId, t.dueAt),
    index("deadline_desk").on(t.deskId, t.dueAt, t.id).where(sql`met_at is null and ended_at is null`),
    index("deadline_due").on(t.firstDueAt, t.deskId),
  ],
);

/** Where a neutral notice goes, sealed to the notice identity; never shown to staff, never in a long-kept backup. */
export const noticeAddress = table("notice_address", {
  caseId: text("case_id")
    .primaryKey()
    .references(() => caseFile.id),
  language: text("language").notNull(),
  sealed: bytes("sealed").notNull(),
});
