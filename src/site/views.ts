import type { Contact } from "#country/index.ts";
import type { LocalText, Phrase, PlainMessageKey } from "#messages/messages.ts";
import { view } from "#platform/views/view.ts";
import type { PublicFrame, StaffFrame } from "./frame.ts";

/** The public layout: the frame and the facts of one page. */
export const pageLayout = view<PublicFrame & { title: string; body: string; narrow: boolean }>("layouts/page");
export const staffLayout = view<StaffFrame & { title: string; body: string; narrow: boolean }>("layouts/staff");
export const home = view<Record<never, never>>("site/home");
export const help = view<{
  contacts: readonly (Contact & { readonly shownHours: LocalText | null })[];
  first: Contact;
}>("site/help");
export const privacy = view<{ promises: readonly PlainMessageKey[] }>("site/privacy");
export const about = view<Record<never, never>>("site/about");
export const neutral = view<Record<never, never>>("site/neutral");
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
  start: string;
}>("site/error");
export type { Phrase };
