import type { FormState } from "#platform/http/app.ts";
import type { Option } from "#platform/views/parts.ts";
import { view } from "#platform/views/view.ts";
import type { ShownDeadline } from "./deadline-words.ts";
import type { DueFigures } from "./due-store.ts";

/** One row of what is late or to come. */
export interface ShownDue extends ShownDeadline {
  readonly number: string;
  /** The case, for whoever opens it. */
  readonly path: string | undefined;
  readonly who: string;
  /** Where a supervisor says that it was looked at. */
  readonly review: string | undefined;
}

/** Where a desk gives itself more time. */
export const extensionPage = view<{
  path: string;
  action: string;
  number: string;
  /** Undefined where nothing is to be extended any more. */
  owed: string | undefined;
  choices: readonly Option[];
  once: string;
  form: FormState;
}>("casework/extension");

export const duePage = view<{
  of: "own" | "below";
  late: boolean;
  chips: readonly { readonly path: string; readonly label: string; readonly current: boolean }[];
  figures: DueFigures;
  days: number;
  rows: readonly ShownDue[];
  rowsAPage: number;
  previous: string | undefined;
  next: string | undefined;
}>("casework/due");
