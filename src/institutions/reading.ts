import { toLatin } from "#messages/latin.ts";
import type { Column } from "./columns.ts";
import type { Kept } from "./entry.ts";
import { textCells } from "./entry-cells.ts";
import type { FileWords } from "./file-words.ts";
import type { LineFaultKind } from "./line-fault.ts";
import type { Line } from "./read-csv.ts";
import { tidyCell } from "./tidy-cell.ts";

export type Fault = (column: Column | undefined, kind: LineFaultKind, text?: string) => void;

/** A line that is being read. */
export interface Reading {
  readonly words: FileWords;
  readonly line: Line;
  /** What the directory has under this identifier. */
  readonly kept: Kept | undefined;
  /** The day in the country, as "2026-11-22". */
  readonly today: string;
  readonly fault: Fault;
}

type Cells = Line["cells"];

/** A reading with those cells alone that say something new. */
export interface Fresh extends Reading {
  readonly fresh: Cells;
}

/** The triage team receives every report: no file makes one, ends one, or turns one into something else. */
export const TRIAGE = "triage";

/** Texts that a file may write in Latin letters. */
const IN_BOTH_SCRIPTS: readonly Column[] = ["name", "address", "hours_sr", "desk"];

/** Takes the cells of a line and gives those that say something else than the directory. */
export function freshCells(cells: Cells, kept: Kept | undefined): Cells {
  if (!kept) return cells;
  const before = textCells(kept.entry);
  const says = (column: Column, text: string) => {
    const known = before[column] ?? "";
    return text === tidyCell(known) || (IN_BOTH_SCRIPTS.includes(column) && text === tidyCell(toLatin(known)));
  };
  return Object.fromEntries(
    (Object.entries(cells) as [Column, string][]).filter(([column, text]) => !says(column, text)),
  );
}
