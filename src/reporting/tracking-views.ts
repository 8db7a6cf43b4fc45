import type { Contact } from "#country/index.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Speaking, TimelineStep } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { Address } from "./voice.ts";

export const trackingPage = view<
  {
    form: FormState;
    /** The report is not open any more: what was sent from it did not arrive. */
    over: boolean;
    /** Whom to call instead, where it was not sent. */
    contacts: readonly Contact[];
    /** A right code led here, and nothing is open: no cookie was kept, or time is over. */
    closed: boolean;
    address: Address;
  } & Speaking
>("reporting/track");
export const trackingBusy = view<object>("reporting/track-busy");
export const trackedPage = view<
  {
    form: FormState;
    said: "added" | "not-safe" | undefined;
    /** What stands first: an answer, a question, a day by which somebody reads, or nothing yet. */
    news: "answered" | "asked" | "waiting" | "late" | "none";
    /** By when it is read, while nobody has read it. */
    nextDay: number | undefined;
    steps: readonly TimelineStep[];
    messages: readonly { at: number; text: string; ours: boolean }[];
    earlier: number | undefined;
    /** The country's emergency numbers, for a sentence. */
    numbers: string;
    once: string;
    /** Which report the form goes to. */
    shown: string;
    address: Address;
  } & Speaking
>("reporting/track-case");
