import type { FormState } from "#platform/http/app.ts";
import { view } from "#platform/views/view.ts";
import type { casePage } from "./views.ts";

type CasePageProps = NonNullable<typeof casePage.props>;

/** A supervisor's own requests, and a form for another one. */
export const accessPage = view<{
  rows: readonly {
    readonly number: string;
    /** Undefined where there is nothing to read. */
    readonly path: string | undefined;
    readonly asked: number;
    readonly state: string;
  }[];
  rowsAPage: number;
  first: string | undefined;
  next: string | undefined;
  /** Names this showing of the form. */
  once: string;
  form: FormState;
}>("casework/access");

export interface ShownRequest {
  readonly who: string;
  readonly since: number;
  readonly reason: string;
  readonly state: string;
  /** Who decided and when, in words. */
  readonly decided: string | undefined;
  /** Where it is granted and refused, while it waits. */
  readonly decide: { readonly grant: string; readonly refuse: string } | undefined;
  /** Where it is taken back, while it holds. */
  readonly end: string | undefined;
}

/** What supervisors ask of the desk that holds a case. */
export const caseAccessPage = view<{
  number: string;
  path: string;
  requests: readonly ShownRequest[];
  days: readonly number[];
  form: FormState;
}>("casework/case-access");

/** A case as a supervisor reads it: nothing of it can be changed. */
export const grantedPage = view<
  Pick<
    CasePageProps,
    | "number"
    | "urgency"
    | "status"
    | "arrived"
    | "waits"
    | "answers"
    | "confidentialName"
    | "withhold"
    | "entries"
    | "earlier"
    | "deadlines"
    | "timeline"
    | "assessment"
  > & {
    endsAt: number;
    versions: Pick<CasePageProps["versions"], "shown" | "older" | "open">;
  }
>("casework/granted");
