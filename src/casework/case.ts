import type { Language } from "#messages/messages.ts";
import type { KeyPair } from "#platform/crypto/seal.ts";
import type { SpamSign } from "./shelf.ts";

/** What may lie outside the seal: codes and times, never a word that a person wrote. */
export interface CaseFacts {
  readonly danger: "yes" | "no" | "unsure";
  readonly role: string;
  readonly identityMode: "anonymous" | "confidential" | "named";
  readonly forms: readonly string[];
  readonly environment: string | undefined;
  readonly territory: string;
  readonly institutionId: string | undefined;
  readonly ageBand: string | undefined;
  readonly perpetratorType: string | undefined;
  readonly frequency: string | undefined;
}

/** The compartments a case is born with: what the reporter shares in, and what only desks read. */
export interface CaseKeys {
  readonly conversation: KeyPair;
  readonly file: KeyPair;
}

/** A report as the journey hands it over; every text in it is sealed before anything is stored. */
export interface NewCase {
  /** The same for every try to send one draft, so that a report is exactly one. */
  readonly submission: string;
  readonly keys: CaseKeys;
  readonly language: Language;
  readonly facts: CaseFacts;
  /** The whole report, as the desk will read it: question and answer, in the reporter's words and codes. */
  readonly report: ReportContent;
  /** Sealed apart from the report, for desks alone. */
  readonly confidentialName: string | undefined;
  readonly withhold: WithholdProposal | undefined;
  /** The look-up half of the stretched code, and the recipient of its age half. */
  readonly code: { readonly lookup: string; readonly recipient: string };
  /** Where a neutral notice may go. */
  readonly noticeAddress: string | undefined;
  /** What about the report looks like a machine's. */
  readonly spamSigns: readonly SpamSign[];
}

/** Answers by field name: a code, several codes, or a text. */
export type ReportContent = Readonly<Record<string, string | readonly string[]>>;

/** Who must not learn that the reporter told, and what the reporter says about it. */
export interface WithholdProposal {
  readonly from: readonly string[];
  readonly words: string;
}

export const URGENCIES = ["p0", "p1", "p2", "p3", "p4"] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Above every urgency: the reporter has said "I am not safe now". */
const NOT_SAFE_RANK = -1;

/** Where a case stands in the inbox. */
export function rankOf(urgency: Urgency, notSafe: boolean): number {
  return notSafe ? NOT_SAFE_RANK : URGENCIES.indexOf(urgency);
}

/** Which status a desk may set from which; everything else is refused. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  received: ["triage"],
  triage: ["info_needed", "closed", "not_competent"],
  info_needed: ["triage", "closed", "not_competent"],
  reopened: ["triage", "info_needed", "closed", "not_competent"],
  closed: ["reopened"],
  not_competent: ["reopened"],
};

export function nextStatuses(status: string): readonly string[] {
  return Object.hasOwn(NEXT, status) ? (NEXT[status] ?? []) : [];
}

export function isOpenStatus(status: string): boolean {
  return status !== "closed" && status !== "not_competent";
}

export type EntryKind =
  | "report"
  | "message-from-reporter"
  | "message-to-reporter"
  | "note"
  | "urgency-reason"
  | "extension-reason"
  | "assessment"
  | "reporter-name"
  | "withhold"
  | "access-request";
