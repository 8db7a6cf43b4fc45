import type { Contact } from "#country/index.ts";
import type { FormState } from "#platform/http/app.ts";
import type { Option, PagerLink, Parts } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { Way } from "./ways.ts";

declare module "#platform/views/parts.ts" {
  interface Parts {
    "directory/_ways": { readonly ways: readonly Way[] };
    /** How to reach an institution, as far as somebody has checked it. */
    "directory/_reach": {
      readonly institution: FoundInstitution;
      /** Whom to call where the phone is not checked, unless the page says so once for all. */
      readonly instead: string | undefined;
    };
    "directory/_found": { readonly institution: FoundInstitution; readonly near: boolean };
  }
}

/** An institution as the public sees it. */
export interface FoundInstitution {
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly place: string | undefined;
  readonly address: string | undefined;
  /** Only where somebody has rung and asked; the digits only where it is one number. */
  readonly phone: { readonly dial: string | undefined; readonly shown: string } | undefined;
  readonly hours: string | undefined;
  readonly checked: string | undefined;
  readonly absent: { readonly until: string; readonly standIn: PagerLink | undefined } | undefined;
}

type Groups = Parts["parts/grouped-select"]["groups"];

export const finderPage = view<{
  form: FormState;
  action: string;
  groups: Groups;
  unknown: readonly Option[];
  needs: readonly Option[];
  results:
    | {
        /** Where: a municipality, or the whole country. */
        readonly place: string;
        readonly calls: readonly Contact[];
        /** The number that answers everywhere, where a phone of the list is not checked. */
        readonly instead: string | undefined;
        readonly here: readonly FoundInstitution[];
        readonly near: readonly FoundInstitution[];
        readonly before: PagerLink | undefined;
        readonly next: PagerLink | undefined;
      }
    | undefined;
}>("directory/find");
export const institutionPage = view<{
  institution: FoundInstitution;
  duty: { readonly does: readonly string[]; readonly source: string; readonly verified: boolean } | undefined;
  /** The first number to call in danger. */
  danger: string;
  /** The number that answers everywhere. */
  instead: string | undefined;
  supervisor: PagerLink | undefined;
}>("directory/find-institution");

/** A line of the plan of opening. */
export interface PlannedOpening {
  readonly id: string;
  readonly territory: string;
  readonly stage: "0" | "1" | "2" | "3";
  readonly from: string;
  readonly state: "now" | "future" | "past";
}
export const openingPage = view<{
  ways: readonly Way[];
  form: FormState;
  rows: readonly PlannedOpening[];
  changes: boolean;
  /** Why a line was not removed. */
  refused: boolean;
  country: readonly Option[];
  groups: Groups;
  stages: readonly Option[];
  before: PagerLink | undefined;
  next: PagerLink | undefined;
}>("directory/opening");
export const openingConfirmPage = view<{
  ways: readonly Way[];
  line: { readonly territory: string; readonly stage: string; readonly from: string };
  change: "add" | "remove";
  action: string;
  /** What is sent once more. */
  given: readonly { readonly name: string; readonly value: string }[];
  /** Some of the municipalities, and how many there are. */
  places: readonly string[];
  count: number;
  /** It also shuts out who does not know the place. */
  unknown: boolean;
}>("directory/opening-confirm");
