import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import type { Entry, Kept } from "#institutions/entry.ts";
import { planImport } from "#institutions/plan-import.ts";
import { type Separator, writeCsv } from "#institutions/write-csv.ts";
import { LANGUAGES, type Language, translator } from "#messages/messages.ts";
import { atOnce } from "#platform/jobs/in-turns.ts";

const country = loadCountry("RS");
const AT = Date.parse("2026-11-22T11:00:00Z");
const codes = country.territories.map(({ code }) => code);
const municipalities = country.territories.filter(({ kind }) => kind === "municipality").map(({ code }) => code);

/** What people type, and what breaks files: quotes, separators, line breaks, formulas, spaces, letters in two parts. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        ";",
        ",",
        "\t",
        "\r\n",
        "\n",
        "=",
        "+",
        "-",
        "@",
        "|",
        " ",
        "\u0301",
        "\u200B",
        "„",
        "\uFF1D",
      ),
      fc.constantFrom("Школа", "Petőfi", "x=1", "+381 11 222", "'=a", '""', "null", "2026-01-01", "Ć“", "{t}", "<b>"),
      fc.string({ unit: "grapheme", maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(""));
const filled = nasty.filter((text) => /\p{L}/u.test(text));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const day = fc.constantFrom("2026-01-01", "1999-12-31", "2030-02-28");

const institutions: fc.Arbitrary<Kept[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom(...country.codeLists.institution_type.map(({ code }) => code)),
      name: fc.record({ sr: filled, en: filled }),
      territory: fc.constantFrom(...municipalities),
      covers: fc.uniqueArray(fc.constantFrom("country", ...codes), { maxLength: 4 }),
      ...{ address: maybe(filled), phone: maybe(filled), hours: maybe(fc.record({ sr: filled, en: filled })) },
      ...{ verifiedOn: maybe(day), activeFrom: day, activeTo: maybe(day), desk: maybe(filled) },
      contact: maybe(fc.record({ role: filled, name: filled, phone: maybe(filled) })),
      ties: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) =>
    all.map(({ ties, contact, ...fields }, at): Kept => {
      const tie = (to: number) => (to < all.length ? `i-${to}` : null);
      const person = contact && { id: `p-${at}`, institutionId: `id-${at}`, ...contact };
      const [parent, supervisor, fallback] = ties.map(tie) as [string | null, string | null, string | null];
      const entry: Entry = { line: 0, identifier: `i-${at}`, ...fields, parent, supervisor, fallback, contact: person };
      const name = fields.desk === null ? undefined : { sr: fields.desk, en: fields.desk };
      const desk = name && {
        id: `d-${at}`,
        institutionId: `id-${at}`,
        kind: fields.type,
        name,
        fallbackId: null,
        proposedFallbackId: null,
      };
      return { id: `id-${at}`, desks: desk ? [desk] : [], contacts: person ? [person] : [], entry };
    }),
  );

const exported = (kept: readonly Kept[], language: Language = "sr", separator: Separator = "semicolon") =>
  atOnce(
    writeCsv(
      country,
      translator(language),
      kept.map(({ entry }) => entry),
      separator,
    ),
  );

function again(text: string, kept: readonly Kept[]) {
  const planned = planImport(country, Buffer.from(text), kept, AT);
  if (!planned.ok) throw new Error(JSON.stringify(planned.fault));
  const { faults, added, changed, rewritten, unknown, same } = planned.plan;
  return { faults, added, changed: changed.map(({ changes }) => changes), rewritten, unknown, same };
}

describe("an export", () => {
  it("changes nothing when it is imported, whatever stands in it, in every language", () => {
    fc.assert(
      fc.property(
        institutions,
        fc.constantFrom(...LANGUAGES),
        fc.constantFrom<Separator>("semicolon", "comma"),
        (kept, language, separator) => {
          expect(again(exported(kept, language, separator), kept)).toEqual({
            ...{ faults: [], added: [], changed: [], rewritten: [], unknown: [], same: kept.length },
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it("would be seen to change something", () => {
    const kept = [{ id: "id", desks: [], contacts: [], entry: { ...plain, address: "Улица 1", contact: null } }];
    const [added, changed] = [exported(kept).replace("c-1;", "c-2;"), exported(kept).replace("Улица 1", "Улица 2")];
    expect(again(added, kept).added).toHaveLength(1);
    expect(again(changed, kept).changed).toEqual([[{ field: "address", before: "Улица 1", after: "Улица 2" }]]);
  });

  const plain: Entry = {
    ...{ line: 0, identifier: "c-1", type: "csw", name: { sr: "Центар", en: "Centre" }, territory: "rs-zemun" },
    ...{ covers: ["rs-vojvodina", "country"], address: "=1+1", phone: "+381 11 222", hours: null, verifiedOn: null },
    ...{ parent: null, supervisor: null, fallback: null, activeFrom: "2026-01-01", activeTo: null, desk: "@x" },
    contact: { id: "p", role: "-a", name: "'=b", phone: null },
  };
  const linesOf = (language: Language, separator: Separator, entries: readonly Entry[] = [plain]) =>
    atOnce(writeCsv(country, translator(language), entries, separator)).split("\r\n");

  it("is written in small steps, between which others can be served", () => {
    const many = Array.from({ length: 3000 }, () => plain);
    const steps = writeCsv(country, translator("sr"), many, "semicolon");
    let count = 0;
    while (!steps.next().done) count++;
    expect(count).toBe(150);
  });

  it("begins with a byte order mark, names its columns in the person's language, and ends its lines as offices do", () => {
    expect(linesOf("sr", "semicolon")[0]).toMatch(/^\uFEFFИдентификатор;Врста;Назив;Назив на енглеском;Општина;/);
    expect(linesOf("en", "comma")[0]).toMatch(/^\uFEFFIdentifier,Type,Name,English name,Municipality,/);
    expect(linesOf("sr-Latn", "comma")[1]).toMatch(/^c-1,Centar za socijalni rad,Центар,Centre,Beograd – Zemun,/);
    expect(linesOf("en", "comma", [])).toHaveLength(2);
  });

  it("neutralises what an office's program would calculate", () => {
    const cells = linesOf("en", "semicolon")[1]?.split(";") ?? [];
    expect(cells).toEqual(expect.arrayContaining(["'=1+1", "'+381 11 222", "'@x", "'-a", "''=b"]));
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toContain("Region of Vojvodina|whole country");
  });

  it("neutralises also what begins with signs that nobody sees", () => {
    const hidden = { ...plain, address: "\u200B=1+1", phone: "\u200D\u2060 +381", hours: null };
    const [, line = ""] = linesOf("en", "semicolon", [hidden]);
    expect(line).toContain(";'=1+1;'+381;");
    expect(line).not.toMatch(/\p{Cf}/u);
  });

  it("says a place by its code where two are called the same, so that it means one again", () => {
    const names = new Map<string, number>();
    for (const code of municipalities) {
      const [, line = ""] = linesOf("en", "semicolon", [{ ...plain, territory: code }]);
      const place = line.split(";")[4] ?? "";
      names.set(place, (names.get(place) ?? 0) + 1);
    }
    expect(names.size).toBe(municipalities.length);
  });
});
