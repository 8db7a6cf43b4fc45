import { translator } from "#messages/messages.ts";
import { searchForm } from "./search-form.ts";

/** Whether a line must fill it: each, one that adds an institution, or none. */
export type Needed = "always" | "new" | "no";

/** The columns of a file of institutions, with what else offices call them; case, script and diacritics do not matter. */
export const COLUMNS = [
  { name: "identifier", needed: "always", also: ["oznaka", "maticni broj", "sifra", "id"] },
  { name: "type", needed: "new", also: ["vrsta ustanove", "tip", "tip ustanove"] },
  { name: "name", needed: "new", also: ["naziv ustanove", "ime", "name_sr"] },
  { name: "name_en", needed: "no", also: ["naziv engleski"] },
  { name: "municipality", needed: "new", also: ["grad", "mesto", "opstina ili grad", "territory"] },
  { name: "covers", needed: "no", also: ["podrucje", "pokriva", "area"] },
  { name: "address", needed: "no", also: [] },
  { name: "phone", needed: "no", also: [] },
  { name: "hours_sr", needed: "no", also: [] },
  { name: "hours_en", needed: "no", also: [] },
  { name: "verified_on", needed: "no", also: ["provereno dana"] },
  { name: "parent", needed: "no", also: ["nadredjena ustanova"] },
  { name: "supervisor", needed: "no", also: ["nadzor", "nadzire"] },
  { name: "fallback", needed: "no", also: ["menja je"] },
  { name: "active_from", needed: "no", also: ["radi od"] },
  { name: "active_to", needed: "no", also: ["radi do"] },
  { name: "desk", needed: "no", also: ["tim"] },
  { name: "contact_role", needed: "no", also: ["funkcija", "uloga osobe"] },
  { name: "contact_name", needed: "no", also: ["osoba", "osoba za kontakt", "ime i prezime", "contact"] },
  { name: "contact_phone", needed: "no", also: ["telefon osobe"] },
] as const satisfies readonly { readonly name: string; readonly needed: Needed; readonly also: readonly string[] }[];

export type Column = (typeof COLUMNS)[number]["name"];

const SAYING = [translator("sr"), translator("en")] as const;

const BY_HEADING: ReadonlyMap<string, Column> = new Map(
  COLUMNS.flatMap(({ name, also }) =>
    [name, ...also, ...SAYING.map((t) => t(`imports.column.${name}`))].map(
      (heading) => [searchForm(heading), name] as const,
    ),
  ),
);

/** The column that a heading means, in either script and however it is written. */
export function columnNamed(heading: string): Column | undefined {
  return BY_HEADING.get(searchForm(heading));
}

const LONGEST: Readonly<Partial<Record<Column, number>>> = {
  identifier: 40,
  phone: 40,
  contact_phone: 40,
  desk: 120,
  // A list of every municipality in words.
  covers: 10_000,
};

/** How many characters a cell of a column may hold. */
export function longestOf(column: Column): number {
  return LONGEST[column] ?? 300;
}
