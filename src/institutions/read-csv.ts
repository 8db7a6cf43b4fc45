import { parse } from "csv-parse/sync";
import { COLUMNS, type Column, columnNamed } from "./columns.ts";

/** A line of a file of institutions: what stands in each column, without spaces around it. */
export interface Line {
  /** As editors count, from 1; the headings stand on the first. */
  readonly number: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

export type CsvFault = "empty" | "unreadable" | "no-columns" | "too-many";

export type CsvFile =
  | { readonly ok: true; readonly lines: readonly Line[]; readonly unknown: readonly string[] }
  | {
      readonly ok: false;
      readonly fault: CsvFault;
      readonly line: number | undefined;
      readonly missing: readonly Column[];
    };

const MOST_LINES = 20_000;
const NEEDED: readonly Column[] = COLUMNS.filter(({ needed }) => needed).map(({ name }) => name);

/**
 * Reads a file of institutions as offices save it: UTF-8 or Windows-1250, commas or semicolons, headings in Serbian in
 * either script or in English, in any order.
 * @returns the lines, and headings that mean nothing here; or what is wrong with the file as a whole
 */
export function readCsv(bytes: Uint8Array): CsvFile {
  const text = decode(bytes);
  const fail = (fault: CsvFault, line?: number, missing: readonly Column[] = []): CsvFile => ({
    ok: false,
    fault,
    line,
    missing,
  });
  if (text.trim() === "") return fail("empty");
  const found = split(text);
  if (!("records" in found)) return fail("unreadable", found.line);
  const [headings, ...records] = found.records;
  if (!headings) return fail("empty");
  if (records.length > MOST_LINES) return fail("too-many");
  const columns = headings.record.map(columnNamed);
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.length > 0) return fail("no-columns", headings.line, missing);
  return {
    ok: true,
    lines: records.map(({ record, line }) => ({ number: line, cells: cellsOf(columns, record) })),
    unknown: headings.record.filter((heading, at) => columns[at] === undefined && heading !== ""),
  };
}

/** What is not UTF-8 was saved by an older program, which in Serbia writes Windows-1250. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1250").decode(bytes);
  }
}

interface Record_ {
  readonly record: readonly string[];
  readonly line: number;
}

function split(text: string): { readonly records: readonly Record_[] } | { readonly line: number | undefined } {
  const [first = ""] = text.split(/\r\n?|\n/, 1);
  const delimiter = first.split(";").length > first.split(",").length ? ";" : ",";
  const lines: Record_[] = [];
  try {
    parse(text, {
      delimiter,
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      on_record: (record: string[], { lines: line }: { lines: number }) => {
        lines.push({ record, line });
        return null;
      },
    });
    return { records: lines };
  } catch (error) {
    const line = (error as { lines?: unknown }).lines;
    return { line: typeof line === "number" ? line : undefined };
  }
}

/** A sign that an export puts before a formula is taken off again. */
function cellsOf(columns: readonly (Column | undefined)[], record: readonly string[]): Line["cells"] {
  const cells: Partial<Record<Column, string>> = {};
  columns.forEach((column, at) => {
    const text = (record[at] ?? "").replace(/^'(?=[=+\-@\t\r])/, "").normalize("NFC");
    if (column && text !== "") cells[column] = text;
  });
  return cells;
}
