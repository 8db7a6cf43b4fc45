import type { CaseKeys, ReportContent } from "#casework/index.ts";
import type { Reporting } from "#institutions/index.ts";
import type { LocalText } from "#messages/messages.ts";

/** Answers by field name: a code, several codes, or a text. */
export type Answers = ReportContent;

/** What lies sealed in a draft. */
export interface DraftContent {
  readonly answers: Answers;
  /** The keys of the case it will become, so that every try to send it makes the same case. */
  readonly keys: CaseKeys;
  readonly startedAt: number;
  /** Whoever began filled in the box that people do not see. */
  readonly trapped?: boolean;
  /** Begun by somebody at work, for a child: decided when it began, by who was signed in then. */
  readonly from?: Workplace;
  /** Came as one page, on which every branch stood open: nothing that was typed is left out. */
  readonly onePage?: true;
}

/** The institution that a report for a child comes from. */
export interface Workplace {
  readonly institutionId: string;
  readonly name: LocalText;
  readonly reporting: Exclude<Reporting, "public">;
}

const MINUTE = 60_000;
/** A draft disappears so long after it was last saved. */
export const DRAFT_LIFE_MS = 120 * MINUTE;
/** The code is shown so long after sending. */
export const CODE_SHOWN_MS = 30 * MINUTE;
/** A first page that comes back within this time without its cookie comes from a browser that keeps none. */
export const JUST_BEGUN_MS = MINUTE;

/** Puts the answers of one page into the draft: its fields are replaced, all others stay. */
export function mergeAnswers(answers: Answers, fields: readonly string[], given: Answers): Answers {
  const others = Object.entries(answers).filter(([name]) => !fields.includes(name));
  return { ...Object.fromEntries(others), ...given };
}

export function textAnswer(answers: Answers, name: string): string | undefined {
  const answer = answers[name];
  return typeof answer === "string" ? answer : answer?.[0];
}

export function listAnswer(answers: Answers, name: string): readonly string[] {
  const answer = answers[name];
  return typeof answer === "string" ? [answer] : (answer ?? []);
}

/** Somebody in danger now is never made to wait, whatever else arrives. */
export function isInDanger(answers: Answers): boolean {
  return textAnswer(answers, "danger") === "yes" || textAnswer(answers, "frequency") === "ongoing_now";
}

export type MandatoryPage = "1" | "2" | "3" | "4" | "5";

/** The pages that still lack an answer without which nothing can be sent, in their order. */
export function mandatoryMissing(answers: Answers): readonly MandatoryPage[] {
  const given: Readonly<Record<MandatoryPage, boolean>> = {
    "1": has(answers, "danger"),
    "2": has(answers, "role"),
    "3": has(answers, "identity"),
    "4": (has(answers, "forms") || has(answers, "story")) && has(answers, "truthful"),
    "5": has(answers, "territory"),
  };
  return MANDATORY_PAGES.filter((page) => !given[page]);
}

const MANDATORY_PAGES: readonly MandatoryPage[] = ["1", "2", "3", "4", "5"];

function has(answers: Answers, name: string): boolean {
  return (answers[name]?.length ?? 0) > 0;
}
