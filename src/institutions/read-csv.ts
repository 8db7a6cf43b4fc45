import { parse } from "csv-parse/sync";
import { atOnce } from "#platform/jobs/in-turns.ts";
import { COLUMNS, type Column, columnNamed } from "./columns.ts";
import { decodeText, type EncodingFault } from "./decode-text.ts";
import { cellText } from "./tidy-cell.ts";

/** A line of a file of institutions: what stands in each column that it fills, tidied. */
export interface Line {
  /** As editors count, from 1; the headings stand on the first. */
  readonly number: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
  /** What stands behind the last column: a separator inside a text moves everything on. */
  readonly more: string;
}

export type FileFault =
  | EncodingFault
  | { readonly kind: "empty" | "noLines" | "tooMany" | "tooManyColumns" }
  | { readonly kind: "unreadable"; readonly line: number }
  | { readonly kind: "noColumns" | "doubledColumns"; readonly columns: readonly Column[] };

export type CsvFile =
  | {
      readonly ok: true;
      readonly lines: readonly Line[];
      readonly unknown: readonly string[];
      /** Columns without which no institution can be added. */
      readonly missing: readonly Column[];
    }
  | { readonly ok: false; readonly fault: FileFault };

/** Twice a country: while a file is applied, whoever reports waits for the writer, and must not wait for long. */
export const MOST_LINES = 5000;
/** Far more than anybody names; columns without a heading are not counted, since spreadsheets save thousands of them. */
export const MOST_COLUMNS = 200;
/** So few lines that nobody notices the time they take, also where each names a thousand places. */
export const LINES_A_STEP = 5;
const NEEDED: readonly Column[] = COLUMNS.filter(({ needed }) => needed !== "no").map(({ name }) => name);

/**
 * Reads a file of institutions as offices save it: UTF-8 or Windows-1250, separated by semicolons, commas or tabs,
 * headings in Serbian in either script or in English, in any order.
 * @returns the lines, and headings that mean nothing here; or what is wrong with the file as a whole
 */
export function readCsv(bytes: Uint8Array): CsvFile {
  return atOnce(csvSteps(bytes));
}

/** The same in small steps, between which others can be served. */
export function* csvSteps(bytes: Uint8Array): Generator<void, CsvFile> {
  if (hasTooManyBreaks(bytes)) return { ok: false, fault: { kind: "tooMany" } };
  const decoded = yield* decodeText(bytes);
  if (!decoded.ok) return decoded;
  yield;
  if (decoded.text.trim() === "") return { ok: false, fault: { kind: "empty" } };
  // The parser would count a line end of two signs twice inside quotation marks.
  const text = decoded.text.replace(/\r\n?/g, "\n");
  yield;
  const found = yield* split(text);
  if (!("records" in found)) return { ok: false, fault: { kind: "unreadable", line: found.line } };
  const [headings, ...records] = found.records;
  if (!headings) return { ok: false, fault: { kind: "empty" } };
  const named = headings.cells.flatMap((heading, at) => (heading.trim() === "" ? [] : [{ heading, at }]));
  if (named.length > MOST_COLUMNS) return { ok: false, fault: { kind: "tooManyColumns" } };
  const { columns, unknown } = columnsIn(named);
  const names = columns.map(({ name }) => name);
  const fault = faultOf(names, records.length);
  if (fault) return { ok: false, fault };
  const width = headings.cells.length;
  const lines: Line[] = [];
  for (const { cells, line } of records) {
    lines.push({ number: line, cells: cellsOf(columns, cells), more: textBehind(cells, width) });
    // A single line may hold thousands of cells.
    yield;
  }
  return { ok: true, lines, missing: NEEDED.filter((name) => !names.includes(name)), unknown };
}

interface Heading {
  readonly heading: string;
  /** Its place in each line. */
  readonly at: number;
}

interface Known {
  readonly name: Column;
  readonly at: number;
}

function columnsIn(headings: readonly Heading[]): {
  readonly columns: readonly Known[];
  readonly unknown: readonly string[];
} {
  const read = headings.map(({ heading, at }) => ({ heading: cellText(heading), at, name: columnNamed(heading) }));
  return {
    columns: read.flatMap(({ name, at }) => (name === undefined ? [] : [{ name, at }])),
    unknown: read.flatMap(({ name, heading }) => (name === undefined && heading !== "" ? [heading] : [])),
  };
}

function faultOf(columns: readonly Column[], count: number): FileFault | undefined {
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.includes("identifier")) return { kind: "noColumns", columns: missing };
  const doubled = columns.filter((name, at) => columns.indexOf(name) !== at);
  if (doubled.length > 0) return { kind: "doubledColumns", columns: [...new Set(doubled)] };
  if (count === 0) return { kind: "noLines" };
  return count > MOST_LINES ? { kind: "tooMany" } : undefined;
}

interface Split {
  readonly cells: readonly string[];
  readonly line: number;
}

type Records = { readonly records: readonly Split[] } | { readonly line: number };

/** Letters that the parser takes at once: it cannot stop inside. */
const PIECE = 16_384;

/** Line breaks of any file, empty lines and those inside of texts among them. */
const MOST_BREAKS = 2 * MOST_LINES;

const [NEW_LINE, OLD_LINE] = [10, 13];

/** Counts line ends of every kind, an old one with a new one behind it once, as far as there may be any. */
function hasTooManyBreaks(bytes: Uint8Array): boolean {
  let left = MOST_BREAKS;
  for (let at = bytes.indexOf(NEW_LINE); at >= 0 && left >= 0; at = bytes.indexOf(NEW_LINE, at + 1)) left--;
  for (let at = bytes.indexOf(OLD_LINE); at >= 0 && left >= 0; at = bytes.indexOf(OLD_LINE, at + 1)) {
    if (bytes[at + 1] !== NEW_LINE) left--;
  }
  return left < 0;
}

function* split(text: string): Generator<void, Records> {
  const records: Split[] = [];
  const delimiter = delimiterOf(text);
  let before = 0;
  for (let from = 0; from < text.length; ) {
    const end = endOfPiece(text, from);
    if (end === undefined) return { line: before + 1 };
    const found = splitPiece(text.slice(from, end), delimiter);
    const moved = found.records.map(({ cells, line }) => ({ cells, line: line + before }));
    records.push(...moved);
    if (found.broken) return { line: before + found.last + 1 };
    before += found.breaks;
    from = end;
    yield;
  }
  return { records };
}

/** No line of a real file is as long, and nothing would serve others while it is read. */
const LONGEST_LINE = 65_536;

/** Where a piece ends: behind a line break that lies in no quotation marks; undefined where none comes. */
function endOfPiece(text: string, from: number): number | undefined {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    if (at - from > PIECE + LONGEST_LINE) return undefined;
    const letter = text[at];
    if (letter === '"') quoted = !quoted;
    if (letter === "\n" && !quoted && at - from >= PIECE) return at + 1;
  }
  return text.length;
}

interface Piece {
  readonly records: readonly Split[];
  readonly broken: boolean;
  /** The last line that could be read. */
  readonly last: number;
  readonly breaks: number;
}

function splitPiece(text: string, delimiter: string): Piece {
  const records: Split[] = [];
  const breaks = text.split("\n").length - 1;
  let last = 0;
  try {
    parse(text, {
      delimiter,
      // A tab that separates is no space around a text.
      trim: delimiter !== "\t",
      relax_column_count: true,
      skip_records_with_empty_values: true,
      on_record: (cells: string[], { lines }: { lines: number }) => {
        // A text with line breaks ends further down than its line begins.
        records.push({ cells, line: lines - cells.join("").split("\n").length + 1 });
        last = lines;
        return null;
      },
    });
    return { records, broken: false, last, breaks };
  } catch {
    return { records, broken: true, last, breaks };
  }
}

/** What stands most often in the headings. */
function delimiterOf(text: string): string {
  const [first = ""] = text.trimStart().split("\n", 1);
  const count = (delimiter: string) => first.split(delimiter).length;
  return [";", ",", "\t"].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function cellsOf(columns: readonly Known[], record: readonly string[]): Line["cells"] {
  const cells: Partial<Record<Column, string>> = {};
  for (const { name, at } of columns) {
    const text = cellText(record[at] ?? "");
    if (text !== "") cells[name] = text;
  }
  return cells;
}

/** The beginning of what stands behind a line's last column; nobody reads more of it to find what moved it. */
function textBehind(cells: readonly string[], width: number): string {
  if (cells.length <= width) return "";
  return cellText(cells.slice(width).join(" ")).slice(0, LONGEST_BEHIND);
}

const LONGEST_BEHIND = 300;
