import { translator } from "#messages/messages.ts";
import { searchForm } from "./search-form.ts";

/** The columns of a file of institutions, with what else offices call them; case, script and diacritics do not matter. */
export const COLUMNS = [
  { name: "identifier", needed: true, also: ["oznaka", "maticni broj", "sifra", "id"] },
  { name: "type", needed: true, also: ["vrsta ustanove", "tip", "tip ustanove"] },
  { name: "name", needed: true, also: ["naziv ustanove", "ime", "name_sr"] },
  { name: "name_en", needed: false, also: ["naziv engleski"] },
  { name: "municipality", needed: true, also: ["grad", "mesto", "opstina ili grad", "territory"] },
  { name: "covers", needed: false, also: ["podrucje", "pokriva", "area"] },
  { name: "address", needed: false, also: [] },
  { name: "phone", needed: false, also: [] },
  { name: "hours_sr", needed: false, also: [] },
  { name: "hours_en", needed: false, also: [] },
  { name: "verified_on", needed: false, also: ["provereno dana"] },
  { name: "parent", needed: false, also: ["nadredjena ustanova"] },
  { name: "supervisor", needed: false, also: ["nadzor", "nadzire"] },
  { name: "fallback", needed: false, also: ["menja je"] },
  { name: "active_from", needed: false, also: ["radi od"] },
  { name: "active_to", needed: false, also: ["radi do"] },
  { name: "desk", needed: false, also: ["tim"] },
  { name: "contact_role", needed: false, also: ["funkcija", "uloga osobe"] },
  { name: "contact_name", needed: false, also: ["osoba", "osoba za kontakt", "ime i prezime", "contact"] },
  { name: "contact_phone", needed: false, also: ["telefon osobe"] },
] as const satisfies readonly { readonly name: string; readonly needed: boolean; readonly also: readonly string[] }[];

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
