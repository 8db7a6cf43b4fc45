import { searchForm } from "./search-form.ts";

/** The columns of a file of institutions, with what else offices call them; the first name is the one we write. */
export const COLUMNS = [
  { name: "identifier", needed: true, also: ["идентификатор", "ознака", "матични број", "шифра", "id"] },
  { name: "type", needed: true, also: ["врста", "врста установе", "тип"] },
  { name: "name", needed: true, also: ["назив", "назив установе", "име", "name_sr"] },
  { name: "name_en", needed: false, also: ["назив на енглеском", "назив енглески", "english name"] },
  { name: "municipality", needed: true, also: ["општина", "град", "место", "општина или град", "territory"] },
  { name: "covers", needed: false, also: ["надлежност", "подручје", "покрива", "area"] },
  { name: "address", needed: false, also: ["адреса"] },
  { name: "phone", needed: false, also: ["телефон"] },
  { name: "hours_sr", needed: false, also: ["радно време"] },
  { name: "hours_en", needed: false, also: ["радно време на енглеском", "hours"] },
  { name: "verified_on", needed: false, also: ["проверено", "проверено дана"] },
  { name: "parent", needed: false, also: ["матична установа", "надређена установа"] },
  { name: "supervisor", needed: false, also: ["надзор", "надзорни орган", "надзире"] },
  { name: "fallback", needed: false, also: ["замена", "мења је"] },
  { name: "active_from", needed: false, also: ["ради од", "активна од"] },
  { name: "active_to", needed: false, also: ["ради до", "активна до"] },
  { name: "desk", needed: false, also: ["служба", "тим", "радно место"] },
  { name: "contact_role", needed: false, also: ["функција", "улога особе"] },
  { name: "contact_name", needed: false, also: ["особа", "особа за контакт", "име и презиме", "contact"] },
  { name: "contact_phone", needed: false, also: ["телефон особе"] },
] as const satisfies readonly { readonly name: string; readonly needed: boolean; readonly also: readonly string[] }[];

export type Column = (typeof COLUMNS)[number]["name"];

const BY_HEADING: ReadonlyMap<string, Column> = new Map(
  COLUMNS.flatMap(({ name, also }) => [name, ...also].map((heading) => [searchForm(heading), name] as const)),
);

/** The column that a heading means, in either script and however it is written. */
export function columnNamed(heading: string): Column | undefined {
  return BY_HEADING.get(searchForm(heading));
}
