import { stringify } from "csv-stringify/sync";
import { type Country, isTerritory, sayType, territoryName, WHOLE_COUNTRY } from "#country/index.ts";
import type { Translate } from "#messages/messages.ts";
import { COLUMNS, type Column } from "./columns.ts";
import type { Entry } from "./entry.ts";
import { textCells } from "./entry-cells.ts";
import { fileWords } from "./file-words.ts";
import { inChunks } from "./in-chunks.ts";
import { searchForm } from "./search-form.ts";
import { neutraliseCell, tidyCell } from "./tidy-cell.ts";

export const SEPARATORS = { semicolon: ";", comma: "," } as const;
export type Separator = keyof typeof SEPARATORS;

/**
 * Writes institutions as a file that can be imported again: UTF-8 with a byte order mark, so that an office's program
 * reads the letters right, and a sign before whatever it would take for a formula.
 * @param t the language of the headings and of the words that stand for codes
 * @yields after each piece, since a whole country would keep everybody else waiting
 */
export function* writeCsv(
  country: Country,
  t: Translate,
  entries: readonly Entry[],
  separator: Separator,
): Generator<void, string> {
  const word = wordsFor(country, t);
  const names = COLUMNS.map(({ name }) => name);
  const options = { delimiter: SEPARATORS[separator], record_delimiter: "windows", quoted_match: /[;,\r\n]/ };
  const pieces = [stringify([names.map((name) => t(`imports.column.${name}`))], { ...options, bom: true })];
  for (const some of inChunks(entries, ROWS_A_STEP)) {
    const rows = some.map((entry) => {
      const cells = { ...textCells(entry), ...word(entry) };
      return names.map((name) => neutraliseCell(tidyCell(cells[name] ?? "")));
    });
    pieces.push(stringify(rows, options));
    yield;
  }
  return pieces.join("");
}

const ROWS_A_STEP = 20;

/** Says types and territories in words; a name that two places have is said by its code. */
function wordsFor(country: Country, t: Translate): (entry: Entry) => Partial<Record<Column, string>> {
  const { territories, municipalities } = fileWords(country);
  const place = (code: string, known: ReadonlyMap<string, readonly string[]>) => {
    if (code === WHOLE_COUNTRY) return t("imports.wholeCountry");
    if (!isTerritory(country, code)) return code;
    const name = t.local(territoryName(country, code));
    return known.get(searchForm(name))?.length === 1 ? name : code;
  };
  return ({ type, territory, covers }) => ({
    type: sayType(country, t, type),
    municipality: place(territory, municipalities),
    covers: covers.map((code) => place(code, territories)).join("|"),
  });
}
