import { type Country, codeLabel, territoryName } from "#country/index.ts";
import { toCyrillic } from "#messages/cyrillic.ts";
import { toLatin } from "#messages/latin.ts";
import type { LocalText } from "#messages/messages.ts";
import type { Column } from "./columns.ts";
import { WHOLE_COUNTRY } from "./directory.ts";
import type { Line } from "./read-csv.ts";
import { searchForm } from "./search-form.ts";

/** An institution as a file says it; other institutions are named by their identifiers. */
export interface Entry {
  readonly line: number;
  readonly identifier: string;
  readonly type: string;
  readonly name: LocalText;
  readonly territory: string;
  readonly covers: readonly string[];
  readonly address: string | null;
  readonly phone: string | null;
  readonly hours: LocalText | null;
  readonly verifiedOn: string | null;
  readonly parent: string | null;
  readonly supervisor: string | null;
  readonly fallback: string | null;
  readonly activeFrom: string | null;
  readonly activeTo: string | null;
  readonly desk: string | null;
  readonly contact: { readonly role: string; readonly name: string; readonly phone: string | null } | null;
}

export const LINE_FAULTS = [
  "missing",
  "identifier",
  "type",
  "foreign-letters",
  "municipality",
  "ambiguous",
  "covers",
  "date",
  "dates",
  "phone",
  "twice",
  "unknown-institution",
  "itself",
  "too-long",
  "contact",
] as const;
export type LineFaultKind = (typeof LINE_FAULTS)[number];

/** What is wrong in one cell; `text` is what stands there. */
export interface LineFault {
  readonly line: number;
  readonly column: Column;
  readonly kind: LineFaultKind;
  readonly text: string;
}

export interface Checked {
  readonly entries: readonly Entry[];
  readonly faults: readonly LineFault[];
  /** Lines whose name stood in Latin letters and was changed to Cyrillic: somebody should read it. */
  readonly rewritten: readonly number[];
}

const LONGEST: Readonly<Partial<Record<Column, number>>> = { identifier: 40, phone: 40, desk: 120 };
const LONGEST_ELSE = 300;

/**
 * Checks each line by itself and against the others.
 * @param known identifiers that are in the directory already
 */
export function checkLines(country: Country, lines: readonly Line[], known: ReadonlySet<string>): Checked {
  const codes = codesOf(country);
  const faults: LineFault[] = [];
  const entries: Entry[] = [];
  const rewritten: number[] = [];
  const inFile = new Set(lines.map(({ cells }) => cells.identifier));
  const seen = new Set<string>();
  for (const line of lines) {
    const before = faults.length;
    const entry = checkLine(codes, line, faults, rewritten);
    const fault = (column: Column, kind: LineFaultKind) =>
      faults.push({ line: line.number, column, kind, text: line.cells[column] ?? "" });
    if (seen.has(entry.identifier)) fault("identifier", "twice");
    seen.add(entry.identifier);
    for (const column of ["parent", "supervisor", "fallback"] as const) {
      const named = entry[column];
      if (named === null) continue;
      if (named === entry.identifier) fault(column, "itself");
      else if (!inFile.has(named) && !known.has(named)) fault(column, "unknown-institution");
    }
    if (faults.length === before) entries.push(entry);
  }
  return { entries, faults, rewritten };
}

interface Codes {
  /** By search form of code and label, each with the codes it may mean. */
  readonly types: ReadonlyMap<string, string>;
  readonly municipalities: ReadonlyMap<string, readonly string[]>;
  readonly territories: ReadonlyMap<string, readonly string[]>;
}

function codesOf(country: Country): Codes {
  const types = new Map<string, string>();
  for (const { code } of country.codeLists.institution_type) {
    const { sr, en } = codeLabel(country, "institution_type", code);
    for (const name of [code, sr, en]) types.set(searchForm(name), code);
  }
  return {
    types,
    municipalities: placesBy(country, ({ kind }) => kind === "municipality"),
    territories: placesBy(country, () => true),
  };
}

function placesBy(country: Country, wanted: (territory: Country["territories"][number]) => boolean) {
  const places = new Map<string, string[]>();
  for (const territory of country.territories.filter(wanted)) {
    const { sr, en } = territoryName(country, territory.code);
    const names = [territory.code, territory.official ?? "", sr, en, lastPart(sr), lastPart(en)];
    for (const name of new Set(names.map(searchForm))) {
      if (name !== "") places.set(name, [...(places.get(name) ?? []), territory.code]);
    }
  }
  return places;
}

/** "Београд – Земун" is "Земун" to who works there. */
const lastPart = (name: string) => name.split(" – ").at(-1) ?? name;

function checkLine(codes: Codes, { number, cells }: Line, faults: LineFault[], rewritten: number[]): Entry {
  const fault = (column: Column, kind: LineFaultKind, text = cells[column] ?? "") =>
    void faults.push({ line: number, column, kind, text });
  for (const column of ["identifier", "type", "name", "municipality"] as const) {
    if (!cells[column]) fault(column, "missing");
  }
  for (const [column, text] of Object.entries(cells) as [Column, string][]) {
    if (text.length > (LONGEST[column] ?? LONGEST_ELSE)) fault(column, "too-long", text.slice(0, 60));
  }
  if (cells.identifier && !/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u.test(cells.identifier)) fault("identifier", "identifier");
  const type = codes.types.get(searchForm(cells.type ?? ""));
  if (cells.type && !type) fault("type", "type");
  const name = nameOf(cells, () => rewritten.push(number));
  if (/\p{Script=Latin}/u.test(name.sr)) fault("name", "foreign-letters");
  const found = codes.municipalities.get(searchForm(cells.municipality ?? "")) ?? [];
  if (cells.municipality && found.length === 0) fault("municipality", "municipality");
  if (found.length > 1) fault("municipality", "ambiguous");
  return {
    line: number,
    identifier: cells.identifier ?? "",
    type: type ?? "",
    name,
    territory: found[0] ?? "",
    covers: coversOf(codes, cells.covers, (part) => fault("covers", "covers", part)),
    address: cells.address ?? null,
    phone: phoneOf(cells, "phone", fault),
    hours: hoursOf(cells),
    parent: cells.parent ?? null,
    supervisor: cells.supervisor ?? null,
    fallback: cells.fallback ?? null,
    ...datesOf(cells, fault),
    desk: cells.desk ? inCyrillic(cells.desk) : null,
    contact: contactOf(cells, fault),
  };
}

type Fault = (column: Column, kind: LineFaultKind, text?: string) => void;
type Cells = Line["cells"];

function nameOf({ name = "", name_en }: Cells, changed: () => void): LocalText {
  const sr = inCyrillic(name);
  if (sr !== name) changed();
  return { sr, en: name_en ?? toLatin(sr) };
}

/** A name in Latin letters becomes Cyrillic; one that is Cyrillic already stays, foreign letters included. */
function inCyrillic(text: string): string {
  return /\p{Script=Cyrillic}/u.test(text) ? text : toCyrillic(text);
}

function hoursOf({ hours_sr, hours_en }: Cells): LocalText | null {
  const sr = inCyrillic(hours_sr ?? "");
  return hours_sr ? { sr, en: hours_en ?? toLatin(sr) } : null;
}

function coversOf(codes: Codes, text: string | undefined, fault: (part: string) => void): readonly string[] {
  const parts = (text ?? "").split("|").map((part) => part.trim());
  return parts.filter(Boolean).flatMap((part) => {
    const form = searchForm(part);
    if (WHOLE.has(form)) return [WHOLE_COUNTRY];
    const [code, ...more] = codes.territories.get(form) ?? [];
    if (code !== undefined && more.length === 0) return [code];
    fault(part);
    return [];
  });
}

const WHOLE = new Set([WHOLE_COUNTRY, "cela zemlja", "cela srbija", "republika srbija", "srbija", "serbia"]);

function phoneOf(cells: Cells, column: "phone" | "contact_phone", fault: Fault): string | null {
  const text = cells[column];
  if (text === undefined) return null;
  const digits = text.replace(/[\s/().-]/g, "");
  if (!/^\+?\d{3,15}$/.test(digits)) fault(column, "phone");
  return text;
}

function datesOf(cells: Cells, fault: Fault): Pick<Entry, "verifiedOn" | "activeFrom" | "activeTo"> {
  const read = (column: "verified_on" | "active_from" | "active_to") => {
    const text = cells[column];
    const date = text === undefined ? null : isoDate(text);
    if (date === undefined) fault(column, "date");
    return date ?? null;
  };
  const [verifiedOn, activeFrom, activeTo] = [read("verified_on"), read("active_from"), read("active_to")];
  if (activeFrom !== null && activeTo !== null && activeTo <= activeFrom) fault("active_to", "dates");
  return { verifiedOn, activeFrom, activeTo };
}

/** "2026-09-01", or as Serbian offices write it: "1. 9. 2026." */
function isoDate(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?$/.exec(text) ?? [];
  const iso = day ? `${year}-${month?.padStart(2, "0")}-${day.padStart(2, "0")}` : text;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso) ? iso : undefined;
}

function contactOf(cells: Cells, fault: Fault): Entry["contact"] {
  const { contact_role: role, contact_name: name } = cells;
  const phone = phoneOf(cells, "contact_phone", fault);
  if (!role && !name && phone === null) return null;
  if (!name) fault("contact_name", "contact");
  return { role: role ?? "", name: name ?? "", phone };
}
