import type { LocalText } from "#messages/messages.ts";
import type { ContactPerson } from "./contact-store.ts";
import type { Desk } from "./store.ts";

/** An institution as a file says it: codes, days as "2026-09-01", other institutions by their identifiers. */
export interface Entry {
  /** Where it stands in the file; 0 in the directory. */
  readonly line: number;
  readonly identifier: string;
  readonly type: string;
  readonly name: LocalText;
  readonly territory: string;
  readonly covers: readonly string[];
  readonly address: string | null;
  readonly phone: string | null;
  readonly hours: LocalText | null;
  readonly verifiedOn: string | null;
  readonly parent: string | null;
  readonly supervisor: string | null;
  readonly fallback: string | null;
  readonly activeFrom: string | null;
  /** The first day on which it does not work any more. */
  readonly activeTo: string | null;
  /** In Serbian; of several desks the first. */
  readonly desk: string | null;
  /** Of several the first; `id` is that of the row it changes, and undefined for a new one. */
  readonly contact: EntryContact | null;
}

export type EntryContact = Pick<ContactPerson, "role" | "name" | "phone"> & { readonly id: string | undefined };

/** An institution of the directory in the words of a file, with its rows. */
export interface Kept {
  readonly id: string;
  readonly desks: readonly Desk[];
  readonly contacts: readonly ContactPerson[];
  readonly entry: Entry;
}
