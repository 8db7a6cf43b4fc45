import type { Column, ColumnKind, Row } from "./row-store.ts";

/** The values of a row as a line of a backup holds them, in the order of the columns. */
export function packRow(columns: readonly Column[], row: Row): unknown[] {
  return columns.map(({ key, kind }) => {
    const value = row[key] ?? null;
    return kind === "bytes" && value !== null ? (value as Buffer).toString("base64") : value;
  });
}

/** The other way round; the values must fit. */
export function unpackRow(columns: readonly Column[], values: readonly unknown[]): Row {
  return Object.fromEntries(
    columns.map(({ key, kind }, at) => {
      const value = values[at] ?? null;
      return [key, kind === "bytes" && value !== null ? Buffer.from(value as string, "base64") : value];
    }),
  );
}

/** Whether a value of a line can stand in a column of this kind; null can be judged by the schema alone. */
export function fits(kind: ColumnKind, value: unknown): boolean {
  if (value === null) return true;
  if (kind === "text") return typeof value === "string";
  if (kind === "number") return Number.isSafeInteger(value);
  if (kind === "flag") return typeof value === "boolean";
  if (kind === "bytes") return typeof value === "string" && isBase64(value);
  return true;
}

/** By decoding it: a pattern over a megabyte fills the stack. */
export const isBase64 = (value: string): boolean => Buffer.from(value, "base64").toString("base64") === value;
