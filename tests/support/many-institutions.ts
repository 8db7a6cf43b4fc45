import type { Country, Territory } from "#country/index.ts";
import type { Column } from "#institutions/columns.ts";

/** A line of a file of institutions, by its columns; what is not here is an empty cell. */
export type InventedLine = Readonly<Partial<Record<Column, string>>> &
  Readonly<Record<"identifier" | "type" | "name" | "municipality", string>>;

const NAMES =
  "Бреза Ласта Јавор Липа Ружа Славуј Дунав Чаролија Ђурђевак Љиљан Њива Џбунић Звезда Храст Јагода Чигра Шишарка".split(
    " ",
  );

/** What stands in each municipality once, before the rest is filled up with schools and the like. */
const IN_EACH_PLACE = ["csw", "police", "health", "edu_inspection", "preschool", "primary_school"] as const;
/** One turn of what fills up the rest, most of it schools, as in the country. */
const FILLING = [
  ..."primary_school secondary_school primary_school secondary_school primary_school health primary_school".split(" "),
  ..."secondary_school primary_school preschool social_service primary_school special_school secondary_school".split(
    " ",
  ),
  ..."primary_school dormitory secondary_school primary_school ngo".split(" "),
];

/**
 * Invented institutions of the whole country, always the same: every municipality, every type but the triage team's,
 * everybody with a stand-in, and with somebody above but for the one on top. Ties lead forwards and backwards in the file.
 * @param count how many in all; what each place needs is about 1,200 and is always there
 */
export function manyInstitutions(country: Country, count = 3000): readonly InventedLine[] {
  const districts = country.territories.filter(({ kind }) => kind === "district");
  const placesIn = (district: Territory) =>
    country.territories.filter(({ kind, parent }) => kind === "municipality" && parent === district.code);
  const local = districts.flatMap((district) => placesIn(district).flatMap((place) => inPlace(place, district)));
  const regional = districts.flatMap((district, at) =>
    inDistrict(district, placesIn(district), districts[(at + 1) % districts.length] ?? district),
  );
  const national = nationwide(districts[0] ? placesIn(districts[0]) : []);
  const needed = [...local, ...regional, ...national];
  const rest = Math.max(0, count - needed.length);
  const places = districts.flatMap((district) => placesIn(district).map((place) => ({ place, district })));
  const filling = Array.from({ length: rest }, (_, at): Invented => {
    const { place, district } = places[(at * 7) % places.length]!;
    const type = FILLING[Math.floor(at / places.length + at) % FILLING.length]!;
    return { ...oneOf(type, place, district), identifier: `${type}-${place.official ?? place.code}-${at + 2}` };
  });
  const all = [...local.slice(0, 400), ...filling, ...local.slice(400), ...regional, ...national];
  return all.map((each, at) => lineOf(country, each, at));
}

interface Invented {
  readonly identifier: string;
  readonly type: string;
  readonly place: Territory;
  readonly covers?: string;
  readonly parent?: string;
  readonly supervisor: string;
  readonly fallback: string;
}

const idIn = (type: string, { official, code }: Territory) => `${type}-${official ?? code}-1`;
const areaOf = (type: string, district: Territory) => `${type}-${district.official ?? district.code}`;

function inPlace(place: Territory, district: Territory): Invented[] {
  return IN_EACH_PLACE.map((type) => ({ ...oneOf(type, place, district), identifier: idIn(type, place) }));
}

/** Who stands above and who stands in, by type. */
function oneOf(type: string, place: Territory, district: Territory): Invented {
  const school = { parent: "ministry-3", supervisor: areaOf("school_admin", district) };
  const ties: Readonly<Record<string, Pick<Invented, "parent" | "supervisor" | "fallback">>> = {
    csw: { supervisor: "ministry-2", fallback: areaOf("other_inspection", district) },
    police: {
      parent: areaOf("police", district),
      supervisor: areaOf("police", district),
      fallback: areaOf("police", district),
    },
    health: { supervisor: "ministry-4", fallback: idIn("csw", place) },
    edu_inspection: { supervisor: "ministry-3", fallback: areaOf("school_admin", district) },
    social_service: { supervisor: idIn("csw", place), fallback: idIn("csw", place) },
    ngo: { supervisor: "ministry-2", fallback: idIn("csw", place) },
  };
  const tie = ties[type] ?? { ...school, fallback: areaOf("school_admin", district) };
  return { identifier: "", type, place, ...tie };
}

const SEATS = 3;

function inDistrict(district: Territory, places: readonly Territory[], next: Territory): Invented[] {
  const seat = places[0]!;
  const one = (type: string, above: string, fallback = above): Invented => ({
    ...{ identifier: areaOf(type, district), type, place: seat, covers: district.code, supervisor: above, fallback },
  });
  const courts = places
    .filter((_, at) => at % SEATS === 0)
    .map((place, at): Invented => {
      const covers = places.slice(at * SEATS + 1, at * SEATS + SEATS).map(({ code }) => code);
      const above = areaOf("higher_prosecutor", district);
      const type = "basic_prosecutor";
      return {
        identifier: idIn(type, place),
        type,
        place,
        covers: covers.join("|"),
        supervisor: above,
        fallback: above,
      };
    });
  return [
    one("school_admin", "ministry-3"),
    one("police", "ministry-1"),
    one("other_inspection", "ministry-6"),
    one("higher_prosecutor", "ministry-5", areaOf("higher_prosecutor", next)),
    ...courts,
  ];
}

const MINISTRIES = 7;

function nationwide([seat]: readonly Territory[]): Invented[] {
  const place = seat!;
  const one = (identifier: string, type: string, supervisor: string, fallback = supervisor): Invented => ({
    ...{ identifier, type, place, covers: "country", supervisor, fallback },
  });
  const ministries = Array.from({ length: MINISTRIES }, (_, at) =>
    one(`ministry-${at + 1}`, "ministry", "ombudsman", `ministry-${((at + 1) % MINISTRIES) + 1}`),
  );
  return [
    ...ministries,
    one("hitech_police", "hitech_police", "ministry-1"),
    one("hitech_prosecutor", "hitech_prosecutor", "ministry-5"),
    one("contact_center", "contact_center", "ministry-2"),
    one("ombudsman", "ombudsman", "equality"),
    one("equality", "equality", "", "ombudsman"),
  ];
}

function lineOf(country: Country, each: Invented, at: number): InventedLine {
  const { identifier, type, place, covers = "", parent = "", supervisor, fallback } = each;
  const label = country.codeLists.institution_type.find(({ code }) => code === type)!.label;
  const number = String(at).padStart(4, "0");
  const name = NAMES[at % NAMES.length]!;
  return {
    ...{ identifier, type, municipality: place.name.sr, covers, parent, supervisor, fallback },
    name: `${label.sr} „${name} ${at}“`,
    name_en: `${label.en} ${at}`,
    address: `Улица ${name} ${(at % 90) + 1}`,
    phone: `+381 99 555 ${number}`,
    active_from: "2026-01-01",
    ...(at % 2 === 0 ? { hours_sr: "радним данима 8–16", hours_en: "weekdays 8–16", verified_on: "2026-10-01" } : {}),
    ...(at % 3 === 0 ? { contact_role: "Стручни сарадник", contact_name: `Особа ${number}` } : {}),
    ...(at % 3 === 0 ? { contact_phone: `099 555 ${number}` } : {}),
  };
}

/** The lines as a file, each cell in quotes. */
export function fileOf(lines: readonly InventedLine[], delimiter: ";" | "," = ";"): Buffer {
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))] as Column[];
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const row = (cells: readonly string[]) => cells.map(cell).join(delimiter);
  return Buffer.from([row(columns), ...lines.map((line) => row(columns.map((name) => line[name] ?? "")))].join("\r\n"));
}
