import type { FormState } from "#platform/http/app.ts";
import type { PagerLink } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { Way } from "./ways.ts";

/** Where a file of institutions is sent, and what may stand in it. */
export const importPage = view<{
  ways: readonly Way[];
  form: FormState;
  /** The largest file, in MB. */
  most: number;
  mostWaiting: number;
  columns: readonly { readonly name: string; readonly what: string; readonly needed: string | undefined }[];
  /** Files that this person sent and has not applied. */
  waiting: readonly { readonly path: string; readonly moment: string }[];
}>("directory/import");

/** What a file would do: each list is a table of its own. */
export const importTrialPage = view<{
  ways: readonly Way[];
  path: string;
  mark: string;
  /** The directory changed since this person looked. */
  differs: boolean;
  unknown: string;
  same: number;
  notNamed: number;
  wrong: number;
  /** How many lines would be written. */
  count: number;
  lists: readonly { readonly path: string; readonly label: string; readonly current: boolean }[];
  /** What has to be known about the list that is shown. */
  lead: string | undefined;
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** The columns in which the file speaks for itself, in a language that nobody knows. */
  typed: readonly number[];
  pages: { readonly before: PagerLink | undefined; readonly next: PagerLink | undefined };
}>("directory/import-trial");

export const importDonePage = view<{
  ways: readonly Way[];
  counts: { readonly added: number; readonly changed: number } | undefined;
}>("directory/import-done");
