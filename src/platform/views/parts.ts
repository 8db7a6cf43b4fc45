import type { LocalText } from "#messages/messages.ts";
import type { FieldState, FormState } from "#platform/http/app.ts";

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** The name of a small drawing that stands beside the words. */
  readonly drawing?: string | undefined;
}

/** The parts a template may include, each with what it must be given; the templates are checked against this map. */
export interface Parts {
  "parts/error-summary": { readonly form: FormState };
  "parts/field": {
    readonly name: string;
    readonly label: string;
    readonly hint: string | undefined;
    /** From `name` on they are about the person who types: a browser may fill them in. */
    readonly kind:
      | "text"
      | "textarea"
      | "email"
      | "code"
      | "recovery-code"
      | "name"
      | "username"
      | "current-password"
      | "new-password"
      | "one-time-code";
    readonly field: FieldState;
    readonly optional: boolean;
  };
  /** What is wrong with a field, beside it. */
  "parts/field-error": { readonly name: string; readonly field: FieldState };
  "parts/choices": {
    readonly name: string;
    readonly legend: string;
    readonly hint: string | undefined;
    readonly kind: "radio" | "checkbox";
    readonly options: readonly Option[];
    /** "Not sure" and "do not want to say", below a divider. */
    readonly others: readonly Option[];
    readonly field: FieldState;
    /** The legend is the page's heading. */
    readonly heading: boolean;
    readonly optional: boolean;
  };
  "parts/select": {
    readonly name: string;
    readonly label: string;
    readonly hint: string | undefined;
    readonly options: readonly Option[];
    readonly field: FieldState;
    readonly optional: boolean;
  };
  /** A long list to choose from, parted; what belongs to no group stands first. */
  "parts/grouped-select": {
    readonly name: string;
    readonly label: string;
    readonly hint: string | undefined;
    readonly others: readonly Option[];
    readonly groups: readonly { readonly label: string; readonly options: readonly Option[] }[];
    readonly field: FieldState;
  };
  /** The numbers on top of every page. */
  "parts/emergency": { readonly numbers: readonly CallNumber[] };
  /** A number to call, with what is known about it. */
  "parts/number": {
    readonly number: CallNumber;
    readonly facts: readonly { readonly label: string; readonly text: string }[];
  };
  /** Numbers to call at once, as buttons. */
  "parts/calls": {
    readonly contacts: readonly { readonly number: string; readonly display: string; readonly shortName: LocalText }[];
  };
  "parts/languages": { readonly languages: readonly LanguageLink[] };
  "parts/door": {
    readonly path: string;
    readonly tone: "red" | "teal" | "sun";
    readonly heading: string;
    readonly hint: string;
  };
  "parts/timeline": { readonly steps: readonly TimelineStep[] };
  "parts/messages": { readonly messages: readonly Message[] };
  "parts/speech": Speaking;
  "parts/voice": OtherVoice;
  "parts/progress": { readonly step: number };
  "parts/code": { readonly groups: readonly string[] };
  /** An urgency, p0 to p4. */
  "parts/urgency": { readonly urgency: string };
  "parts/pager": {
    readonly label: string;
    readonly before: PagerLink | undefined;
    readonly next: PagerLink | undefined;
  };
}

export interface CallNumber {
  readonly number: string;
  readonly display: string;
  readonly name: string;
}

export interface LanguageLink {
  readonly tag: string;
  readonly short: string;
  readonly name: string;
  readonly path: string;
}

/** One line of what happened and what comes next. */
export interface TimelineStep {
  readonly what: string;
  /** What is late says so itself; the others are told in words beside their dot. */
  readonly state?: "now" | "next" | "late" | undefined;
  /** A day, said in words by whoever made the step. */
  readonly at?: number | undefined;
  readonly when?: string | undefined;
  readonly hint?: string | undefined;
}

export interface Message {
  readonly side: "from-reporter" | "from-us" | "note";
  readonly who: string;
  readonly at: number;
  readonly when: string;
  readonly text: string;
}

export interface PagerLink {
  readonly path: string;
  readonly label: string;
}

/** The way to the same page in the other words. */
export interface OtherVoice {
  readonly other: "young" | "adult";
  readonly path: string;
  /** What was sent to this page travels along as hidden fields; a page that was only asked for has a link. */
  readonly typed: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** Buttons of a form that show its page in other words or another language, with everything typed as it is. */
export interface Speaking {
  readonly other: {
    readonly address: "young" | "adult";
    /** What the button sends as `go`. */
    readonly go: string;
    readonly action?: string | undefined;
  };
  readonly languages: readonly { readonly tag: string; readonly name: string; readonly action: string | undefined }[];
  /** The page closes by itself: a button asks for more time and keeps what is typed. */
  readonly closes: boolean;
}
