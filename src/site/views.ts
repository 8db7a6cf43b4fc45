import type { Contact, HelpNumber } from "#country/index.ts";
import type { PlainMessageKey } from "#messages/messages.ts";
import type { FormState } from "#platform/http/app.ts";
import type { CallNumber, LanguageLink, Option } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { PublicFrame, StaffFrame } from "./frame.ts";

/** The public layout: the frame and the facts of one page. */
export const pageLayout = view<PublicFrame & { title: string; body: string; narrow: boolean }>("layouts/page");
export const staffLayout = view<StaffFrame & { title: string; body: string; narrow: boolean }>("layouts/staff");
export const home = view<{ numbers: readonly CallNumber[] }>("site/home");
export const learn = view<{
  /** The first number to call in danger. */
  number: string;
  /** Whether the library has anything to read. */
  more: boolean;
}>("site/learn");

export const help = view<{
  danger: readonly HelpNumber[];
  others: readonly HelpNumber[];
  first: string;
  unverified: boolean;
}>("site/help");
export const accessibility = view<{
  /** The operator's address, or undefined as long as nobody has filled it in. */
  contact: string | undefined;
  day: string;
}>("site/accessibility");
export const design = view<{
  form: FormState;
  numbers: readonly CallNumber[];
  languages: readonly LanguageLink[];
  yesNo: readonly Option[];
  told: readonly Option[];
  unsure: readonly Option[];
  at: number;
  here: string;
}>("site/design");
export const computer = view<{ shared: boolean }>("site/computer");
export const privacy = view<{ promises: readonly PlainMessageKey[] }>("site/privacy");
export const about = view<Record<never, never>>("site/about");
export const auditPage = view<{
  actions: readonly Option[];
  action: string;
  from: string;
  until: string;
  /** A day was written that is none. */
  wrongDay: boolean;
  /** Whose doings alone are shown. */
  only: readonly { readonly name: string; readonly value: string; readonly label: string }[];
  filtered: boolean;
  rows: readonly {
    readonly at: number;
    readonly when: string;
    readonly who: string;
    readonly what: string;
    readonly about: string;
    readonly details: readonly string[];
  }[];
  rowsAPage: number;
  newer: string | undefined;
  older: string | undefined;
}>("site/audit");
export const neutral = view<{
  /** A form was sent after leaving and not taken: that must not look as if it had been. */
  unsent: boolean;
}>("site/neutral");
export const errorPage = view<{
  heading: PlainMessageKey;
  explanation: PlainMessageKey;
  requestId: string;
  emergency: readonly Contact[];
  /** What the person typed, shown to copy. */
  typed: readonly { readonly value: string }[];
  /** Everything the form held but its secrets, to be sent again where that can help. */
  fields: readonly { readonly name: string; readonly value: string }[];
  again: string | undefined;
  /** Nothing is wrong: only too much comes at once. */
  waits: boolean;
  /** It is our fault, not the person's: said in red. */
  ours: boolean;
  /** What an administrator types to mend it. */
  commands: readonly string[];
  ways: readonly { readonly path: string; readonly label: PlainMessageKey }[];
}>("site/error");
