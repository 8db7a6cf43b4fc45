import type { LocalText } from "#messages/messages.ts";
import { datesOf } from "./check-dates.ts";
import { contactOf, deskOf, phoneOf } from "./check-team.ts";
import { checkedDay } from "./checked-day.ts";
import { COLUMNS, type Column, longestOf } from "./columns.ts";
import type { Entry } from "./entry.ts";
import { englishFor, inCyrillic, inCyrillicIfWhole, isCyrillic } from "./file-script.ts";
import { isIdentifier } from "./is-identifier.ts";
import { type Fresh, freshCells, type Reading, TRIAGE } from "./reading.ts";
import { searchForm } from "./search-form.ts";

/**
 * Reads the cells of one line. An empty cell, and one that says what the directory has, changes nothing and is not
 * checked, so that an export can always be imported.
 */
export function readEntry(reading: Reading): Entry {
  const { line, kept, fault } = reading;
  const { cells } = line;
  for (const { name, needed } of COLUMNS) {
    if (!cells[name] && (needed === "always" || (needed === "new" && !kept))) fault(name, "missing");
  }
  if (line.more) fault(undefined, "moreCells", line.more);
  const fresh: Partial<Record<Column, string>> = { ...freshCells(cells, kept) };
  for (const [column, text] of Object.entries(fresh) as [Column, string][]) {
    if (text.length <= longestOf(column)) continue;
    fault(column, "tooLong");
    // What nobody will take is not read: reading it could take long.
    fresh[column] = text.slice(0, longestOf(column));
  }
  const all: Fresh = { ...reading, fresh };
  const identifier = cells.identifier ?? "";
  if (!kept && identifier && !isIdentifier(identifier)) fault("identifier", "identifier");
  const before = kept?.entry;
  const entry = {
    line: line.number,
    identifier,
    type: typeOf(all),
    name: nameOf(all),
    territory: territoryOf(all),
    covers: coversOf(all),
    address: fresh.address === undefined ? (before?.address ?? null) : inCyrillicIfWhole(fresh.address),
    phone: fresh.phone === undefined ? (before?.phone ?? null) : phoneOf(fresh.phone, () => fault("phone", "phone")),
    hours: hoursOf(all),
    parent: fresh.parent ?? before?.parent ?? null,
    supervisor: fresh.supervisor ?? before?.supervisor ?? null,
    fallback: fresh.fallback ?? before?.fallback ?? null,
    ...datesOf(all),
    desk: deskOf(all),
    contact: contactOf(all),
  };
  if (before?.type === TRIAGE) {
    for (const [column, field] of FIXED_FOR_TRIAGE) if (entry[field] !== before[field]) fault(column, "triage");
  }
  return { ...entry, verifiedOn: checkedDay(before, entry) };
}

/** What of the triage team no file changes, beside its type and its end: it has to be found, everywhere and always. */
const FIXED_FOR_TRIAGE = [
  ["municipality", "territory"],
  ["covers", "covers"],
  ["parent", "parent"],
  ["fallback", "fallback"],
  ["active_from", "activeFrom"],
  ["desk", "desk"],
  ["contact_name", "contact"],
] as const satisfies readonly (readonly [Column, keyof Entry])[];

function typeOf({ words, fresh, kept, fault }: Fresh): string {
  const before = kept?.entry.type;
  const type = fresh.type === undefined ? (before ?? "") : words.types.get(searchForm(fresh.type));
  if (type === undefined) fault("type", "type");
  else if ((type === TRIAGE) !== (before === TRIAGE)) fault("type", "triage");
  return type ?? "";
}

function nameOf({ fresh, kept, fault }: Fresh): LocalText {
  const before = kept?.entry.name;
  const sr = fresh.name === undefined ? (before?.sr ?? "") : inCyrillic(fresh.name);
  if (fresh.name !== undefined && !isCyrillic(sr)) fault("name", "foreignLetters");
  if (/\p{Script=Cyrillic}/u.test(fresh.name_en ?? "")) fault("name_en", "foreignLetters");
  return { sr, en: fresh.name_en ?? englishFor(sr, before) };
}

function territoryOf({ words, fresh, kept, fault }: Fresh): string {
  const before = kept?.entry.territory;
  if (fresh.municipality === undefined) return before ?? "";
  const found = words.municipalities.get(searchForm(fresh.municipality)) ?? [];
  if (before !== undefined && found.includes(before)) return before;
  if (found.length === 0) fault("municipality", "municipality");
  if (found.length > 1) fault("municipality", "ambiguous");
  return found[0] ?? "";
}

function coversOf({ words, fresh, kept, fault }: Fresh): readonly string[] {
  const before = kept?.entry.covers ?? [];
  if (fresh.covers === undefined) return before;
  const parts = new Set(fresh.covers.split("|").map((part) => part.trim()));
  parts.delete("");
  const wrong: { readonly kind: "ambiguous" | "covers"; readonly part: string }[] = [];
  const covers = [...parts].flatMap((part) => {
    const found = words.territories.get(searchForm(part)) ?? [];
    const code = found.length === 1 ? found[0] : found.find((each) => before.includes(each));
    if (code === undefined) wrong.push({ kind: found.length > 1 ? "ambiguous" : "covers", part });
    return code ?? [];
  });
  const [first] = wrong;
  if (first) {
    const alike = wrong.filter(({ kind }) => kind === first.kind);
    // One fault, since a cell of thousands of places would make as many.
    fault("covers", first.kind, alike.map(({ part }) => part).join(" | "));
  }
  const all = [...new Set(covers)];
  return all.length === before.length && all.every((code) => before.includes(code)) ? before : all;
}

function hoursOf({ fresh, kept, fault }: Fresh): LocalText | null {
  const before = kept?.entry.hours ?? null;
  if (fresh.hours_sr === undefined && fresh.hours_en === undefined) return before;
  if (fresh.hours_sr === undefined && before === null) fault("hours_sr", "missing", fresh.hours_en);
  if (/\p{Script=Cyrillic}/u.test(fresh.hours_en ?? "")) fault("hours_en", "foreignLetters");
  const sr = fresh.hours_sr === undefined ? (before?.sr ?? "") : inCyrillicIfWhole(fresh.hours_sr);
  return { sr, en: fresh.hours_en ?? englishFor(sr, before) };
}
