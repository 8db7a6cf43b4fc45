import type { Contact } from "#country/index.ts";
import type { LocalText, PlainMessageKey } from "#messages/messages.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Parts } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { Address } from "./voice.ts";

/** A question as its page shows it. */
export type ShownQuestion =
  | { readonly part: "choices"; readonly props: Parts["parts/choices"] }
  | { readonly part: "select"; readonly props: Parts["parts/select"] }
  | { readonly part: "field"; readonly props: Parts["parts/field"] }
  | {
      readonly part: "search";
      readonly words: Parts["parts/field"];
      readonly searched: boolean;
      readonly found: Parts["parts/choices"];
    };

/** A page of the journey: where it stands, and where its form and its links go. */
export interface Place {
  readonly step: number;
  readonly action: string;
  readonly back: string | undefined;
  readonly returning: boolean;
}

export const startPage = view<{ open: boolean; address: Address; contacts: readonly Contact[] }>("reporting/start");
/** For who pressed Begin while too many did: it asks again by itself. */
export const beginLaterPage = view<{ address: Address }>("reporting/begin-later");
export const stepPage = view<
  Place & {
    title: string | undefined;
    form: FormState;
    questions: readonly ShownQuestion[];
    skippable: boolean;
    sendable: boolean;
    staffNotice: boolean;
    /** The other way of speaking, offered on every step. */
    other: Address;
    /** The languages, each with the address of this page in it. */
    languages: readonly { readonly tag: string; readonly name: string; readonly action: string }[];
  }
>("reporting/step");
export const helpPage = view<{
  step: number;
  body: PlainMessageKey;
  contacts: readonly Contact[];
  next: string;
}>("reporting/help");

/** One answer on the check page. */
export interface CheckRow {
  readonly label: PlainMessageKey;
  readonly answers: readonly string[];
  readonly change: string;
}
export const checkPage = view<
  Place & {
    address: Address;
    rows: readonly CheckRow[];
    missing: readonly { readonly label: PlainMessageKey; readonly path: string }[];
  }
>("reporting/check");
export const donePage = view<{
  address: Address;
  groups: readonly string[];
  sentAt: number;
  /** By when a person reads it, where a rule of the desk says so. */
  rule: { readonly by: number; readonly basis: LocalText } | undefined;
  answerAt: string;
}>("reporting/done");
export const lostPage = view<{
  heading: PlainMessageKey;
  body: PlainMessageKey;
  contacts: readonly Contact[];
  /** What the person typed, to copy. */
  typed: readonly string[];
  /** Offers to begin a new report. */
  again: boolean;
  /** Where to go on instead. */
  link: { readonly path: string; readonly label: PlainMessageKey } | undefined;
}>("reporting/lost");
