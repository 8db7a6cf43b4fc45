import type { Column } from "./columns.ts";

export const LINE_FAULTS = [
  "missing",
  "identifier",
  "type",
  "triage",
  "foreignLetters",
  "municipality",
  "ambiguous",
  "covers",
  "date",
  "dates",
  "notYet",
  "phone",
  "twice",
  "looksLike",
  "unknownInstitution",
  "itself",
  "circle",
  "circleAbove",
  "tooLong",
  "contact",
  "desk",
  "moreCells",
] as const;
export type LineFaultKind = (typeof LINE_FAULTS)[number];

/** What is wrong in one cell; `text` is what stands there. */
export interface LineFault {
  readonly line: number;
  /** Undefined for what stands behind the last column. */
  readonly column: Column | undefined;
  readonly kind: LineFaultKind;
  readonly text: string;
  /** Which other identifier it looks like, and where in the file that stands; without a line in the directory. */
  readonly like?: { readonly identifier: string; readonly line: number | undefined };
}
