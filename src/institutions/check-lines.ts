import type { Country } from "#country/index.ts";
import { readEntry } from "./check-cells.ts";
import type { Entry, Kept } from "./entry.ts";
import { fileWords } from "./file-words.ts";
import { identifierSkeleton } from "./identifier-skeleton.ts";
import { leadsBack } from "./leads-back.ts";
import type { LineFault } from "./line-fault.ts";
import { LINES_A_STEP, type Line } from "./read-csv.ts";
import type { Fault } from "./reading.ts";
import { TIES } from "./ties.ts";
import { tiesAfter } from "./ties-after.ts";

/** A name that stood in Latin letters and was changed to Cyrillic: somebody should read it. */
export interface Rewritten {
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

export interface Checked {
  /** Of lines without a fault. */
  readonly entries: readonly Entry[];
  readonly faults: readonly LineFault[];
  readonly rewritten: readonly Rewritten[];
}

interface ReadLine {
  readonly line: Line;
  readonly fault: Fault;
  readonly entry: Entry;
}

/** An identifier that stands in the directory, with what it has there. */
export type KeptByIdentifier = ReadonlyMap<string, Kept>;

/** Checks each line by itself, against the others, and against what the directory has under its identifier. */
export function* checkLines(
  country: Country,
  lines: readonly Line[],
  kept: KeptByIdentifier,
  today: string,
): Generator<void, Checked> {
  const words = fileWords(country);
  yield;
  const faults: LineFault[] = [];
  const read: ReadLine[] = [];
  for (const line of lines) {
    const fault: Fault = (column, kind, text = (column && line.cells[column]) ?? "") =>
      void faults.push({ line: line.number, column, kind, text: text.slice(0, LONGEST_SHOWN) });
    const before = kept.get(line.cells.identifier ?? "");
    read.push({ line, fault, entry: readEntry({ words, line, kept: before, today, fault }) });
    if (read.length % LINES_A_STEP === 0) yield;
  }
  const times = new Map<string, number>();
  for (const { entry } of read) times.set(entry.identifier, (times.get(entry.identifier) ?? 0) + 1);
  const written = read.map(({ entry }) => entry);
  const above = {
    parent: tiesAfter("parent", written, kept),
    supervisor: tiesAfter("supervisor", written, kept),
  };
  for (const [at, { entry, fault }] of read.entries()) {
    if (at % LINES_A_STEP === 0) yield;
    if (entry.identifier !== "" && (times.get(entry.identifier) ?? 0) > 1) fault("identifier", "twice");
    const before = kept.get(entry.identifier)?.entry;
    for (const tie of TIES) {
      const to = entry[tie];
      if (to === null || to === before?.[tie]) continue;
      if (to === entry.identifier) fault(tie, "itself");
      else if (!times.has(to) && !kept.has(to)) fault(tie, "unknownInstitution");
      // Two that stand in for each other are no circle: somebody of them is there.
      else if (tie !== "fallback" && leadsBack(entry.identifier, above[tie])) fault(tie, CIRCLES[tie]);
    }
  }
  faults.push(...(yield* lookAlikes(lines, kept)));
  yield;
  const wrong = new Set(faults.map(({ line }) => line));
  const right = read.filter(({ line }) => !wrong.has(line.number));
  return {
    entries: right.map(({ entry }) => entry),
    faults: faults.toSorted((one, other) => one.line - other.line),
    rewritten: right.flatMap(({ line, entry }) => rewrittenIn(line, entry, kept)),
  };
}

const LONGEST_SHOWN = 60;

/** New identifiers that people would take for another one, of the directory or of the file. */
function* lookAlikes(lines: readonly Line[], kept: KeptByIdentifier): Generator<void, LineFault[]> {
  const known = new Map<string, string>();
  for (const identifier of kept.keys()) {
    known.set(identifierSkeleton(identifier), identifier);
    if (known.size % LINES_A_STEP === 0) yield;
  }
  /** The first line of each, and the first that is written otherwise. */
  const inFile = new Map<string, { readonly one: Line; other?: Line }>();
  const fresh: { readonly line: Line; readonly skeleton: string }[] = [];
  for (const line of lines) {
    const { identifier } = line.cells;
    if (identifier === undefined || kept.has(identifier)) continue;
    const skeleton = identifierSkeleton(identifier);
    fresh.push({ line, skeleton });
    const alike = inFile.get(skeleton);
    if (!alike) inFile.set(skeleton, { one: line });
    else if (alike.one.cells.identifier !== identifier) alike.other ??= line;
    if (fresh.length % LINES_A_STEP === 0) yield;
  }
  return fresh.flatMap(({ line: { number, cells }, skeleton }): LineFault[] => {
    const { identifier: text = "" } = cells;
    const alike = inFile.get(skeleton);
    const other = alike?.one.cells.identifier === text ? alike.other : alike?.one;
    const identifier = known.get(skeleton) ?? other?.cells.identifier;
    if (identifier === undefined) return [];
    const like = { identifier, line: known.has(skeleton) ? undefined : other?.number };
    return [{ line: number, column: "identifier", kind: "looksLike", text: text.slice(0, LONGEST_SHOWN), like }];
  });
}

const CIRCLES = { parent: "circle", supervisor: "circleAbove" } as const;

function rewrittenIn(line: Line, entry: Entry, kept: KeptByIdentifier): Rewritten[] {
  const before = line.cells.name ?? "";
  const after = entry.name.sr;
  if (after === before || kept.get(entry.identifier)?.entry.name.sr === after) return [];
  return [{ line: line.number, before, after }];
}
