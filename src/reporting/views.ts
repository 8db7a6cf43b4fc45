import type { Contact } from "#country/index.ts";
import type { LocalText, Phrase, PlainMessageKey } from "#messages/messages.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Option, OtherVoice, Parts, Speaking } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { AnswerName } from "./question.ts";
import type { Address } from "./voice.ts";

/** A question as its page shows it. */
export type ShownQuestion =
  | {
      readonly part: "choices";
      readonly props: Parts["parts/choices"];
      /** What opens it where it lies folded. */
      readonly folded?: string | undefined;
    }
  | { readonly part: "select"; readonly props: Parts["parts/select"] }
  | { readonly part: "field"; readonly props: Parts["parts/field"] }
  | {
      readonly part: "search";
      readonly words: Parts["parts/field"];
      readonly searched: boolean;
      readonly found: Parts["parts/choices"];
    };

declare module "#platform/views/parts.ts" {
  interface Parts {
    "reporting/_question": { readonly question: ShownQuestion };
    /** A box that people do not see: whoever fills it in is likely a machine. */
    "reporting/_trap": object;
    /** Who helps outside the school, above everything else where its own employee harms. */
    "reporting/_outside": { readonly help: OutsideHelp };
  }
}

/** Whom to turn to outside a school whose own team reads its reports. */
export interface OutsideHelp {
  readonly school: string;
  readonly contacts: readonly Contact[];
  /** Who knows the numbers that nobody has checked. */
  readonly line: string;
  readonly finder: string;
  readonly bodies: readonly {
    readonly name: string;
    readonly phone: { readonly dial: string | undefined; readonly shown: string } | undefined;
  }[];
}

/** A page of the journey: where it stands, and where its form goes. */
export interface Place {
  readonly step: number;
  /** Undefined for the page's own address. */
  readonly action: string | undefined;
  readonly returning: boolean;
}

/** Texts above a form that are not in it and must not be lost. */
export interface BesideForm {
  /** Something else was saved meanwhile, or the page asks for something no longer. */
  readonly said: "clash" | "unasked";
  readonly texts: readonly { readonly name: AnswerName; readonly text: string }[];
}

export const startPage = view<{
  open: boolean;
  form: FormState;
  /** Where not every place is open, the municipality is asked for first. */
  places: Pick<Parts["parts/grouped-select"], "groups" | "others"> | undefined;
  address: Address;
  voice: OtherVoice;
  contacts: readonly Contact[];
  /** Whose team reads the reports, where the service is for one school. */
  school: string | undefined;
}>("reporting/start");
export const outsidePage = view<{ help: OutsideHelp; next: string; begun: boolean; voice: OtherVoice }>(
  "reporting/outside",
);
export const notOpenPage = view<{
  place: string | undefined;
  /** The day on which it opens, in words. */
  day: string | undefined;
  /** Who may report there already. */
  staff: PlainMessageKey | undefined;
  /** There are other places to choose from. */
  others: boolean;
  contacts: readonly Contact[];
  finder: string;
}>("reporting/not-open");
/** Where somebody at work begins a report for a child. */
export const staffReportPage = view<{
  form: FormState;
  workplaces: readonly Option[];
  /** Those at which reporting is not open for their staff yet. */
  closed: readonly { readonly name: string; readonly day: string | undefined }[];
  danger: string;
}>("reporting/staff-report");
/** For who pressed Begin while too many did: it asks again by itself. */
export const beginLaterPage = view<{ address: Address; voice: OtherVoice }>("reporting/begin-later");
export const stepPage = view<
  Place &
    Speaking & {
      title: string | undefined;
      form: FormState;
      /** Its questions, rendered. */
      body: string;
      skippable: boolean;
      goesBack: boolean;
      sendable: boolean;
      /** Nothing is said yet about who must not learn of it, and it is not asked on this page. */
      withholdsNothing: boolean;
      staffNotice: boolean;
      /** Who can help near a place from which nobody may report yet. */
      finder: string | undefined;
      beside:
        | (BesideForm & { readonly carried: readonly { readonly name: string; readonly value: string }[] })
        | undefined;
    }
>("reporting/step");
export const helpPage = view<{
  step: number;
  body: PlainMessageKey;
  contacts: readonly Contact[];
  finder: string;
  next: string;
  voice: OtherVoice;
}>("reporting/help");

/** One answer on the check page. */
export interface CheckRow {
  readonly label: PlainMessageKey;
  readonly answers: readonly string[];
  /** The reporter's own words, in whatever language. */
  readonly written: boolean;
  readonly change: string;
}
export const checkPage = view<
  Place & { readonly action: string } & {
    address: Address;
    voice: OtherVoice;
    back: string;
    /** Somebody pressed Send while answers were missing. */
    unsent: boolean;
    rows: readonly CheckRow[];
    missing: readonly { readonly label: PlainMessageKey; readonly path: string }[];
  }
>("reporting/check");
export const donePage = view<{
  address: Address;
  voice: OtherVoice;
  groups: readonly string[];
  sentAt: number;
  /** By when a person reads it, where a rule of the desk says so. */
  rule: { readonly by: number; readonly basis: LocalText } | undefined;
  /** It is read by the day after this one, which a child understands faster than a date. */
  tomorrow: boolean;
  answerAt: string;
  /** Sent without a cookie: this page shows the code once. */
  onePage: boolean;
  /** Sent by somebody at work, who goes back there. */
  staff: boolean;
  /** What the journey would have said about danger before it went on. */
  alarm: PlainMessageKey | undefined;
  contacts: readonly Contact[];
}>("reporting/done");
export const onePage = view<{
  /** In the order of the page, each with the name of its question: a dozen questions say "Choose one answer". */
  faults: readonly { readonly field: string; readonly label: PlainMessageKey; readonly phrase: Phrase }[];
  said: "one.again" | "one.closed" | undefined;
  /** Nothing was sent yet: first whom to call outside the school. */
  outside: OutsideHelp | undefined;
  /** Not every place is open, and the page that asks for it first says which. */
  limited: boolean;
  address: Address;
  /** Only what somebody chose travels in the form. */
  chosen: Address | undefined;
  contacts: readonly Contact[];
  action: string;
  other: Speaking["other"];
  languages: Speaking["languages"];
  closes: boolean;
  /** The key of this report, and since when the page lies open. */
  hidden: readonly { readonly name: string; readonly value: string }[];
  /** Who can help near a place from which nobody may report yet. */
  finder: string | undefined;
  must: readonly ShownQuestion[];
  more: readonly ShownQuestion[];
}>("reporting/one");
export const beforePage = view<{
  groups: readonly string[];
  typed: readonly string[];
  voice: OtherVoice;
}>("reporting/before");
export const lostPage = view<{
  heading: PlainMessageKey;
  body: PlainMessageKey;
  contacts: readonly Contact[];
  /** What the person typed, to copy. */
  typed: readonly string[];
  voice: OtherVoice;
  /** Offers to begin a new report. */
  again: boolean;
  /** Where to go on instead. */
  link: { readonly path: string; readonly label: PlainMessageKey } | undefined;
}>("reporting/lost");
