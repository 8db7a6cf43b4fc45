import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import {
  apartKey,
  apartKeyHolder,
  deskKey,
  deskKeyHolder,
  deskMember,
  formerIdentity,
  invitation,
  knownDevice,
  person,
  session,
  setupLink,
} from "#accounts/schema.ts";
import { auditEntry, auditLink, auditPending } from "#audit/schema.ts";
import {
  caseAccess,
  caseEvent,
  caseExclusion,
  caseFile,
  caseForm,
  compartment,
  deadline,
  entry,
  holder,
  noticeAddress,
} from "#casework/schema.ts";
import {
  absence,
  contactPerson,
  desk,
  importFile,
  institution,
  institutionArea,
  opening,
  routingCheck,
  routingHole,
  setting,
} from "#institutions/schema.ts";
import { libraryPage, libraryText } from "#library/schema.ts";
import { job } from "#platform/jobs/schema.ts";
import { draft, trackingSession } from "#reporting/schema.ts";

export const PARTS = ["contents", "holders"] as const;
export type Part = (typeof PARTS)[number];

/** A table and the part of a backup in which its rows lie. */
export type Kept =
  | { readonly table: SQLiteTable; readonly part: Part }
  | { readonly table: SQLiteTable; readonly part: "none"; readonly since: string };

const contents = (table: SQLiteTable): Kept => ({ table, part: "contents" });
const holders = (table: SQLiteTable): Kept => ({ table, part: "holders" });

/** What rows of the holders' part open, and what tells whether they still fit it. */
export const HELD = {
  ...{ apartKey, apartKeyHolder, deskKey },
  ...{ caseAccess, caseFile, compartment, holder, noticeAddress },
  auditEntry,
} as const;

/**
 * Every table, in the order in which rows refer to each other. In `holders`, which is kept for a week, lies whatever
 * opens one case and nothing else, so that a destroyed case is closed when the week is over; the keys of desks open no
 * case without such a row, and lie in `contents`. What lives for hours, or is made anew by itself, lies in `none`.
 */
export const TABLES: readonly Kept[] = [
  ...[institution, institutionArea, absence, contactPerson, opening, desk, setting].map(contents),
  ...[person, formerIdentity, deskMember, deskKey, deskKeyHolder, apartKey, invitation].map(contents),
  ...[auditEntry, auditPending, auditLink, libraryPage, libraryText].map(contents),
  ...[caseFile, caseForm, compartment, entry, caseEvent, caseExclusion, caseAccess, deadline].map(contents),
  ...[holder, apartKeyHolder, noticeAddress].map(holders),
  { table: session, part: "none", since: "who was signed in signs in again" },
  { table: knownDevice, part: "none", since: "a browser is known again after signing in" },
  { table: setupLink, part: "none", since: "a service without people prints a new one" },
  { table: draft, part: "none", since: "it lives for two hours, and holds the keys of the case it becomes" },
  { table: trackingSession, part: "none", since: "it lives for half an hour, and holds what opens a case" },
  { table: job, part: "none", since: "it holds sealed addresses, and a letter must not be sent twice" },
  { table: importFile, part: "none", since: "it waits for a day at most" },
  { table: routingCheck, part: "none", since: "the next night proves it again" },
  { table: routingHole, part: "none", since: "the next night proves it again" },
];
