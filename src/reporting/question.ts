import type { MessageKey, PlainMessageKey } from "#messages/messages.ts";
import type { Other, Source } from "./lists.ts";
import type { Speech, Voice } from "./voice.ts";

/** A sentence that may depend on who is spoken with. */
export type Say = (speech: Speech) => PlainMessageKey;

type NameIn<K> = K extends `journey.answer.${infer Name}` ? Name : never;
/** The name of a field: every one has a short label, for the check page and for the desk. */
export type AnswerName = NameIn<MessageKey>;

interface Asked {
  readonly name: AnswerName;
  readonly label: Say;
  readonly hint?: (speech: Speech) => PlainMessageKey | undefined;
  /** Not asked of every voice. */
  readonly asks?: (voice: Voice) => boolean;
  /** Said to be optional on a page that is not. */
  readonly optional?: true;
}

export interface Choice extends Asked {
  readonly kind: "radio" | "checkbox" | "select";
  readonly source: Source;
  readonly others: readonly Other[];
  /** What is said when nothing was chosen; without it the question can be left. */
  readonly required?: PlainMessageKey;
  /** Beginning of the keys of plainer words for the options, and of examples below them. */
  readonly plain?: (speech: Speech) => string | undefined;
  readonly example?: string;
  /** Small drawings stand beside the options in a child's voice; their names begin so. */
  readonly drawn?: string;
  /** What opens the question where it lies folded: it is long, and few have something to say to it. */
  readonly folded?: (speech: Speech) => PlainMessageKey | undefined;
  /** Options that somebody is not shown, unless they have chosen them already. */
  readonly hides?: (speech: Speech) => readonly string[];
}

export interface Written extends Asked {
  readonly kind: "text" | "textarea" | "email";
  readonly longest: number;
}

export type Question = Choice | Written;

/** One thing for a child's voice, and another for an adult's. */
export const ifYoung =
  <T>(value: T, otherwise: T) =>
  ({ address }: Speech) =>
    address === "young" ? value : otherwise;

/** Plainer words for a child only; adults read the list itself. */
export const plainIfYoung = (prefix: string) => ifYoung<string | undefined>(prefix, undefined);

/** Options that only a child is spared. */
export const fewerIfYoung = (codes: readonly string[]) => ifYoung<readonly string[]>(codes, []);

/** How many characters a line, a paragraph and the story may have. */
export const LINE = 200;
export const PARAGRAPH = 2000;
export const STORY = 10_000;

export const BOTH: readonly Other[] = ["unsure", "undisclosed"];

/** Where a notice may go; asked only where letters can be sent. */
export const NOTICE: Question = {
  kind: "email",
  name: "notice",
  label: () => "journey.notice.label",
  hint: () => "journey.notice.hint",
  longest: 254,
};
