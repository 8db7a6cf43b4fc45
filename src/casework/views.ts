import type { LocalText } from "#messages/messages.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { ShownDeadline } from "./deadline-words.ts";
import type { SpamSign } from "./shelf.ts";

declare module "#platform/views/parts.ts" {
  interface Parts {
    "casework/_carried": { readonly fields: Carried };
  }
}
type Carried = readonly { readonly name: string; readonly value: string }[];

export interface InboxRow {
  readonly number: string;
  readonly path: string;
  readonly urgency: string;
  readonly notSafe: boolean;
  readonly unread: boolean;
  /** A supervisor waits to be let in. */
  readonly asked: boolean;
  /** Nobody has opened it yet. */
  readonly fresh: boolean;
  /** The first forms, and those that the row has no room for. */
  readonly forms: string;
  readonly moreForms: readonly string[];
  readonly environment: string;
  readonly territory: string;
  readonly waits: string;
  /** Nobody opened it in time: the reporter's page says so too. */
  readonly late: boolean;
  /** By when somebody has to open it, or its status once somebody has. */
  readonly due: string;
  /** What the shelf has to do with it, if anything. */
  readonly shelf: string | undefined;
}

/** The list alone, which htmx puts in the place of the one before. */
export interface InboxList {
  readonly deskName: LocalText;
  /** The list without the filters. */
  readonly clear: string;
  /** All, new, late and so on, each with its count. */
  readonly chips: readonly { readonly path: string; readonly label: string; readonly current: boolean }[];
  /** How many there are in all, in words. */
  readonly found: string;
  readonly rows: readonly InboxRow[];
  readonly filtered: boolean;
  readonly rowsAPage: number;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** The same with a line that says how many were found, for who cannot see that the list changed. */
export const inboxFound = view<InboxList>("casework/_inbox-found");
export const inboxPage = view<
  InboxList & {
    desks: readonly Option[];
    desk: string;
    shelf: string | undefined;
    only: string | undefined;
    filters: readonly { name: string; label: string; options: readonly Option[]; value: string }[];
  }
>("casework/inbox");

declare module "#platform/views/parts.ts" {
  interface Parts {
    "casework/_inbox-rows": Omit<InboxList, "chips" | "found">;
    "casework/_inbox-chips": Pick<InboxList, "chips">;
    "casework/_not-safe": { readonly at: number; readonly emergencyNumber: string };
  }
}

/** Who never sees a case. */
export const exclusionPage = view<{
  number: string;
  path: string;
  action: string;
  kept: readonly { readonly who: string; readonly at: number; readonly lift: string }[];
  /** Who came later: a holder lets them open it. */
  withoutKey: readonly Option[];
  share: string;
  find: string;
  words: string;
  /** Nobody was found by the words. */
  nothing: boolean;
  /** The institution that the report names, and what was found. */
  options: readonly Option[];
  /** The people of the desk. */
  others: readonly Option[];
  form: FormState;
}>("casework/exclusions");

export interface Answer {
  readonly question: string;
  readonly answers: readonly string[];
  /** A text keeps its lines; codes are a list. */
  readonly long: boolean;
}

declare module "#platform/views/parts.ts" {
  interface Parts {
    "casework/_answers": { readonly answers: readonly Answer[] };
    "casework/_deadlines": { readonly deadlines: readonly ShownDeadline[] };
  }
}

export interface ShownEntry {
  readonly side: "from-reporter" | "from-us" | "note";
  readonly who: string;
  readonly at: number;
  readonly text: string;
}

export interface ShownShelf {
  readonly deadline: { readonly by: number; readonly basis: LocalText } | undefined;
  readonly overdue: boolean;
  readonly signs: readonly SpamSign[];
}

/** Who answers for a case by its codes, for whoever decides where it goes. */
export interface ShownAnswers {
  readonly bodies: readonly ShownBody[];
  /** Types that a rule asks for and nobody was found for. */
  readonly missing: string;
  /** The municipality is not known. */
  readonly noPlace: boolean;
  /** That the town of the institution was taken, where it is another one than that of the report. */
  readonly otherTown: string;
  /** The page that says why, with the same codes, but not with what lies sealed. */
  readonly why: string;
  /** The age of who harms counts here and is not in that address. */
  readonly withAge: boolean;
}

export interface ShownBody {
  readonly name: string;
  readonly type: string;
  /** What it answers by itself. */
  readonly basis: readonly string[];
  /** For whom it only stands in, and why; whoever is not reached has to be called. */
  readonly instead: readonly {
    readonly type: string;
    readonly reasons: string;
    readonly call: boolean;
    readonly basis: readonly string[];
  }[];
}

/** A supervisor who asks to read a case. */
export interface ShownAsking {
  readonly who: string;
  readonly since: number;
  readonly reason: string;
}

export const casePage = view<{
  number: string;
  path: string;
  /** Where each form of the page is sent. */
  forms: Readonly<Record<"urgency" | "status" | "shelf" | "notes" | "messages" | "assessment", string>>;
  back: string;
  next: string | undefined;
  version: number;
  urgency: string;
  proposal: { readonly urgency: string; readonly reasons: readonly string[] };
  status: string;
  arrived: number;
  waits: string;
  /** Nobody opened it in time, or nobody has yet. */
  late: boolean;
  firstReadAt: number | undefined;
  notSafeAt: number | undefined;
  shelf: ShownShelf | undefined;
  emergencyNumber: string;
  answers: readonly Answer[];
  confidentialName: string | undefined;
  withhold: { from: readonly string[]; words: string } | undefined;
  entries: readonly ShownEntry[];
  earlier: string | undefined;
  deadlines: readonly ShownDeadline[];
  timeline: readonly { at: number; what: string }[];
  urgencies: readonly Option[];
  statuses: readonly Option[];
  /** Undefined where it could not be found out. */
  /** Who never sees it, and where that is declared. */
  kept: readonly string[];
  exclusions: string;
  /** Supervisors who wait to be let in, those who are, and where that is decided. */
  asking: readonly ShownAsking[];
  readers: readonly string[];
  access: string;
  answering: ShownAnswers | undefined;
  assessment: string | undefined;
  /** The id of the assessment that the text on the page was written on top of, or nothing. */
  based: string;
  versions: { shown: readonly ShownEntry[]; older: string | undefined; open: boolean };
  /** What tells whether somebody has written in the assessment. */
  seen: string;
  /** Names this showing of the message's box, and of the note's. */
  once: string;
  noteOnce: string;
  /** On a shared computer the page closes by itself. */
  closes: boolean;
  form: FormState;
}>("casework/case");

export const conflictPage = view<{
  path: string;
  number: string;
  mine: string;
  theirs: { id: string; text: string; at: number };
  /** What was begun in other boxes of the case. */
  carried: Carried;
}>("casework/conflict");

export const changedPage = view<{
  path: string;
  number: string;
  label: string;
  theirs: string;
  mine: string;
  notSafeAt: number | undefined;
  emergencyNumber: string;
  carried: Carried;
  /** Undefined where the choice no longer makes sense, and while "I am not safe now" stands. */
  again: { name: "urgency" | "status"; value: string; version: number } | undefined;
}>("casework/changed");

export interface SilentRow {
  readonly institution: string;
  readonly path: string;
  readonly desk: string;
  readonly waiting: string;
  readonly longest: string;
  readonly signedIn: string;
}

export const silentPage = view<{
  days: number;
  basis: LocalText;
  verified: boolean;
  /** Only desks of institutions that the person's own supervises. */
  below: boolean;
  rows: readonly SilentRow[];
  rowsAPage: number;
  previous: string | undefined;
  next: string | undefined;
}>("casework/silent");
