import type { Phrase } from "#messages/messages.ts";
import type { FieldState, FormState } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { OptionGroup } from "./registry-places.ts";
import type { Way } from "./ways.ts";

export interface Tag {
  readonly tone: "red" | "sun" | "teal" | "grey";
  readonly text: string;
}

interface Link {
  readonly path: string;
  readonly label: string;
}

export interface RegistryRow {
  readonly path: string;
  readonly name: string;
  readonly identifier: string;
  readonly type: string;
  readonly place: string;
  readonly desks: readonly string[];
  readonly supervisor: string;
  readonly tags: readonly Tag[];
}

/** The list alone, which htmx puts in the place of the one before. */
export interface RegistryList {
  /** How many there are in all, in words. */
  readonly found: string;
  readonly rows: readonly RegistryRow[];
  readonly filtered: boolean;
  /** Nobody but set-up has put an institution in yet; with the way to do it for whoever may. */
  readonly fresh: boolean;
  readonly mayChange: boolean;
  readonly clear: string;
  readonly rowsAPage: number;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** The same with a line that says how many were found, for who cannot see that the list changed. */
export const registryFound = view<RegistryList>("directory/_registry-found");
export const registryPage = view<
  RegistryList & {
    ways: readonly Way[];
    words: string;
    filters: readonly { name: string; label: string; groups: readonly OptionGroup[]; value: string }[];
    /** An institution that all of the list belong to. */
    tie: { name: string; value: string; label: string; clear: string } | undefined;
  }
>("directory/registry");

export interface Fact {
  readonly label: string;
  readonly text: string;
  readonly path?: string | undefined;
  /** Words that a person wrote. */
  readonly words?: boolean;
}

export interface ShownDesk {
  readonly name: string;
  readonly people: string;
  readonly empty: boolean;
  readonly hasKey: boolean;
  /** Of the triage desk: who else opens its reports. */
  readonly fallback: string;
  readonly path: string;
}

export interface ShownContact {
  readonly name: string;
  readonly role: string;
  readonly phone: string | undefined;
  readonly path: string;
}

export interface ShownAbsence {
  readonly id: string;
  readonly period: string;
  /** Whose it is; empty on the institution's own page for its own. */
  readonly whose: string;
  readonly whosePath: string | undefined;
  readonly fallback: string;
  readonly running: boolean;
}

export const institutionPage = view<{
  ways: readonly Way[];
  heading: string;
  type: string;
  tags: readonly Tag[];
  path: string;
  mayChange: boolean;
  /** A triage team keeps its desks and never ends. */
  isTriage: boolean;
  /** Whether it has ended, or has an end. */
  ends: boolean;
  overlap: boolean;
  facts: readonly Fact[];
  desks: readonly ShownDesk[];
  contacts: readonly ShownContact[];
  absences: readonly ShownAbsence[];
  below: readonly { path: string; label: string }[];
  /** Who did it is undefined where the service itself did. */
  history: readonly { at: number; what: string; who: string | undefined }[];
}>("directory/institution");

export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly optional: boolean;
} & (
  | { readonly kind: "text" | "textarea" | "date" }
  | { readonly kind: "select" | "boxes"; readonly groups: readonly OptionGroup[] }
  | {
      readonly kind: "tie";
      /** What may have been meant, to choose from. */
      readonly offered: readonly Option[];
      /** The text for which that was offered. */
      readonly offeredFor: string;
      /** What is chosen already, where the text alone does not say it. */
      readonly chosen: string;
    }
);

export interface ShownForm {
  readonly action: string;
  readonly form: FormState;
  readonly fields: readonly FormField[];
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
  readonly submit: string;
}

export const registryForm = view<
  ShownForm & {
    ways: readonly Way[];
    back: Link;
    heading: string;
    lead: string | undefined;
    /** What has just happened. */
    notice: string | undefined;
    /** A second button, which takes away what the form shows. */
    remove: { action: string; label: string } | undefined;
  }
>("directory/registry-form");

/** A field that differs: what stands there, what was typed, and which of them is chosen to begin with. */
export interface Difference {
  readonly name: string;
  readonly label: string;
  readonly theirs: { readonly value: string; readonly said: string };
  readonly mine: { readonly value: string; readonly said: string };
  readonly choose: "theirs" | "mine";
}

export const registryChanged = view<{
  ways: readonly Way[];
  back: Link;
  action: string;
  differences: readonly Difference[];
  hidden: readonly { name: string; value: string }[];
}>("directory/registry-changed");

export const institutionEnd = view<{
  ways: readonly Way[];
  back: Link;
  action: string;
  heading: string;
  form: FormState;
  field: FormField;
  version: number;
  depends: readonly { label: string; institutions: readonly Link[]; all: Link | undefined }[];
}>("directory/registry-end");

export const absencesPage = view<
  ShownForm & {
    ways: readonly Way[];
    tabs: readonly { path: string; label: string; current: boolean }[];
    past: boolean;
    absences: readonly ShownAbsence[];
    next: string | undefined;
    rowsAPage: number;
    mayChange: boolean;
    overlap: boolean;
  }
>("directory/absences");

declare module "#platform/views/parts.ts" {
  interface Parts {
    "directory/_registry-rows": Omit<RegistryList, "found">;
    "directory/_tags": { readonly tags: readonly Tag[] };
    "directory/_fields": { readonly fields: readonly FormField[]; readonly form: FormState };
    "directory/_date": { readonly field: FormField; readonly state: FieldState };
    "directory/_grouped": GroupedField;
    "directory/_boxes": GroupedField;
    "directory/_tie": {
      readonly field: Extract<FormField, { kind: "tie" }>;
      readonly state: FieldState;
      readonly chosen: string;
    };
    "directory/_absences": {
      readonly absences: readonly ShownAbsence[];
      readonly mayChange: boolean;
      readonly caption: string;
    };
  }
}

interface GroupedField {
  readonly field: Extract<FormField, { kind: "select" | "boxes" }>;
  readonly state: FieldState;
}

/** What a form found wrong, as a page keeps it. */
export type Wrong = readonly { readonly field: string; readonly phrase: Phrase }[];
