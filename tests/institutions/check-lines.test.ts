import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import type { Entry, Kept } from "#institutions/entry.ts";
import { LINE_FAULTS } from "#institutions/line-fault.ts";
import { type ImportPlan, planImport } from "#institutions/plan-import.ts";
import { inWindows1250, reportOn } from "../support/institution-files.ts";

const country = loadCountry("RS");
const AT = Date.parse("2026-11-22T11:00:00Z");
const HEAD = "id;type;name;municipality";
const line = (id: string, more = "") => `${id};csw;Центар;Чачак${more}`;

function plan(file: string, directory: readonly Kept[] = [], at = AT): ImportPlan {
  const planned = planImport(country, Buffer.from(file), directory, at);
  if (!planned.ok) throw new Error(planned.fault.kind);
  return planned.plan;
}
const faultsIn = (file: string, directory: readonly Kept[] = [], at = AT) =>
  plan(file, directory, at).faults.map(({ line: number, column, kind }) => [number, column, kind].join(" "));
const entriesIn = (file: string) => plan(file).added;

const EMPTY = {
  ...{ covers: [], address: null, phone: null, hours: null, verifiedOn: null, parent: null, supervisor: null },
  ...{ fallback: null, activeFrom: "2026-01-01", activeTo: null, desk: null, contact: null },
} as const;
function kept(identifier: string, more: Partial<Entry> = {}, rows: Partial<Kept> = {}): Kept {
  const name = { sr: "Центар", en: "Centar" };
  const entry = { line: 0, identifier, type: "csw", name, territory: "rs-cacak", ...EMPTY, ...more };
  return { id: `id-${identifier}`, desks: [], contacts: [], ...rows, entry };
}

describe("five broken files have each their report", () => {
  it("one that was pasted together from two encodings", () => {
    const file = Buffer.concat([
      Buffer.from(`${HEAD}\nc-1;csw;Центар „Чачак“;Чачак\n`),
      inWindows1250(`c-2;csw;Dečji centar;Čačak\n`),
    ]);
    expect(reportOn(file)).toEqual([
      "From line 3 on the letters are saved in another way than before. Save the whole file as “CSV UTF-8”.",
    ]);
    expect(reportOn(`${HEAD}\n${line("c-1")}\nc-2;csw;"Центар;Чачак\n${line("c-3")}\n`)).toEqual([
      "From line 3 on the columns cannot be told apart. Look for a quotation mark that nothing closes.",
    ]);
  });

  it("one that lacks columns", () => {
    expect(reportOn("идентификатор,назив,телефон\nc-1,Центар,011")).toEqual([
      "These columns are missing in the first line: Type, Municipality.",
    ]);
  });

  it("one with unknown municipalities and types", () => {
    const file = [
      HEAD,
      "c-1;csw;Центар;Атлантида",
      "c-2;ministarstvo za sve;Центар;Чачак",
      "c-3;csw;Центар;Палилула",
      "c-4;triage;Центар;Чачак",
      ";;;",
      "c-5;;Центар;",
    ].join("\r\n");
    expect(reportOn(file)).toEqual([
      "2 Municipality “Атлантида”: There is no such municipality.",
      "3 Type “ministarstvo za sve”: There is no such type.",
      "4 Municipality “Палилула”: Several places are called so. Put the city before it, or the code.",
      "5 Type “triage”: The triage team is made at set-up. A file changes only its name, address, phone, hours and supervising body.",
      "7 Type “”: This is needed.",
      "7 Municipality “”: This is needed.",
    ]);
  });

  it("one with doubled identifiers and unknown, circular and own ties", () => {
    const file = [
      `${HEAD};parent;supervisor;fallback`,
      line("c-1", ";;c-0;"),
      line("c-2", ";;c-1;c-2"),
      line("c-3", ";;;"),
      line("c-3", ";;;"),
      line("c-4", ";c-5;;"),
      line("c-5", ";c-4;;"),
      line("c-6", ";c-4;c-1;"),
      line("c 7", ";;;"),
      line("c-8", ";;c-9;c-9"),
      line("c-9", ";;c-8;c-8"),
    ].join("\n");
    expect(reportOn(file)).toEqual([
      "2 Supervising body “c-0”: This institution is neither in the file nor in the directory.",
      "3 Fallback “c-2”: An institution cannot name itself.",
      "4 Identifier “c-3”: This identifier stands in the file more than once.",
      "5 Identifier “c-3”: This identifier stands in the file more than once.",
      "6 Parent body “c-5”: The institution would be a part of itself, through others.",
      "7 Parent body “c-4”: The institution would be a part of itself, through others.",
      "9 Identifier “c 7”: It begins with a letter or a digit and holds no spaces.",
      "10 Supervising body “c-9”: The institution would supervise itself, through others.",
      "11 Supervising body “c-8”: The institution would supervise itself, through others.",
    ]);
    expect(plan(file).leftOut).toEqual([{ line: 8, column: "parent", identifier: "c-4" }]);
  });

  it("one with wrong days, phones, lengths, letters, people and cells", () => {
    const file = [
      `${HEAD};active_from;active_to;phone;address;name_en;hours_en;contact_role;contact_name;contact_phone;covers`,
      line("c-1", ";2026-02-30;1. 9. 26.;;;;;;;;"),
      line("c-2", ";2026-09-01;1. 9. 2026.;call us;;;;;;;"),
      line("c-3", `;;;;${"а".repeat(301)};Центар;;;;;Атлантида|Чачак`),
      "c-4;csw;Школа Petőfi Sándor;Чачак;;;;;;;;;;",
      line("c-5", ";;;;;;9–5;psychologist;;;"),
      line("c-6", ";;;;;;;;Ана;;"),
      line("c-7", ";;;;;;;;;;;;Чачак"),
      line("c-8", ";;;;;;;;Ана;12;"),
    ].join("\n");
    expect(reportOn(file)).toEqual([
      "2 Active from “2026-02-30”: Write a day as 2026-09-01 or as 1. 9. 2026.",
      "2 Active to “1. 9. 26.”: Write a day as 2026-09-01 or as 1. 9. 2026.",
      "3 Phone “call us”: This is no phone number.",
      "3 Active to “1. 9. 2026.”: The end must be after the beginning.",
      `4 Address “${"а".repeat(60)}”: At most 300 characters.`,
      "4 English name “Центар”: There are letters here that this language does not have.",
      "4 Further area “Атлантида”: There is no such place.",
      "5 Name “Школа Petőfi Sándor”: There are letters here that this language does not have.",
      "6 Hours “9–5”: This is needed.",
      "6 Contact: name “”: A contact person needs a name, and a role or a phone.",
      "7 Contact: name “Ана”: A contact person needs a name, and a role or a phone.",
      "8 - “Чачак”: There are more cells than headings. Look for a separator inside a text.",
      "9 Contact: phone “12”: This is no phone number.",
    ]);
  });

  it("and every kind of fault has been seen", () => {
    const [first] = [`${HEAD};desk`];
    const desks = ["a", "b"].map((id) => ({
      id,
      institutionId: "id-c",
      kind: "csw",
      name: { sr: id, en: id },
      fallbackId: null,
      proposedFallbackId: null,
    }));
    expect(faultsIn(`${first}\n${line("c", ";Трећа")}`, [kept("c", { desk: "a" }, { desks })])).toEqual([
      "2 desk desk",
    ]);
    expect(faultsIn(`${first}\n${line("c", ";b")}`, [kept("c", { desk: "a" }, { desks })])).toEqual([]);
    expect(faultsIn(`${HEAD};verified_on\n${line("c", ";2026-11-23")}`)).toEqual(["2 verified_on notYet"]);
    expect(LINE_FAULTS).toHaveLength(22);
  });
});

describe("the right lines alone", () => {
  it("are not written where they would lead in a circle because a wrong line does not come", () => {
    const file = `${HEAD};parent;phone\n${line("ca", ";cd;12x")}\n${line("cb", ";ca;")}`;
    const { changed, leftOut } = plan(file, [kept("ca", { parent: "cb" }), kept("cb"), kept("cd")]);
    expect(changed).toEqual([]);
    expect(leftOut).toEqual([{ line: 3, column: "parent", identifier: "ca" }]);
  });
});

describe("an identifier that people would take for another one", () => {
  it("is a fault, against the directory and against the file, whatever the script, case or width", () => {
    // Cyrillic К, full width, capitals, Greek.
    const file = [HEAD, ...["Triage", "SК1", "ｓｋ1", "a-2", "А-2", "b-1", "Β-1", "sk-1"].map((id) => line(id))].join(
      "\n",
    );
    const { added, faults } = plan(file, [kept("triage", { type: "triage" }), kept("sk1")]);
    expect(added.map(({ identifier }) => identifier)).toEqual(["sk-1"]);
    expect(faults.map((fault) => [fault.line, fault.like?.identifier, fault.like?.line])).toEqual([
      [2, "triage", undefined],
      [3, "sk1", undefined],
      [4, "sk1", undefined],
      [5, "А-2", 6],
      [6, "a-2", 5],
      [7, "Β-1", 8],
      [8, "b-1", 7],
    ]);
    expect(reportOn(`${HEAD}\n${line("x1")}\n${line("х1")}`)).toEqual([
      "2 Identifier “x1”: It looks like х1 in line 3. If that is meant, write it the same way.",
      "3 Identifier “х1”: It looks like x1 in line 2. If that is meant, write it the same way.",
    ]);
  });

  it("is none where the directory has both already", () => {
    expect(faultsIn(`${HEAD}\n${line("x1")}\n${line("х1")}`, [kept("x1"), kept("х1")])).toEqual([]);
  });
});

describe("the triage team", () => {
  const team = kept("t", { type: "triage", covers: ["country"] });
  const faults = (column: string, cell: string) =>
    faultsIn(`${HEAD};${column}\nt;triage;Центар;Чачак;${cell}\nx;csw;Центар;Чачак;`, [team]);

  it("keeps its place, ties, desk and days whatever a file says, and takes a name, how it is reached, and who supervises it", () => {
    const places = `${HEAD}\nt;triage;Центар;Земун`;
    expect(faultsIn(places, [team])).toEqual(["2 municipality triage"]);
    for (const [column, cell] of [
      ...[
        ["active_from", "2099-01-01"],
        ["active_to", "2027-01-01"],
        ["covers", "Чачак"],
        ["fallback", "x"],
      ],
      ...[
        ["parent", "x"],
        ["desk", "Нова"],
      ],
    ] as const)
      expect(faults(column ?? "", cell ?? ""), column).toEqual([`2 ${column} triage`]);
    for (const [column, cell] of [
      ["phone", "19833"],
      ["address", "Нова 1"],
      ["hours_sr", "8–16"],
      ["name_en", "Team"],
      ["supervisor", "x"],
    ])
      expect(faults(column ?? "", cell ?? ""), column).toEqual([]);
  });
});

describe("a line", () => {
  it("may name its place by the name alone, with the city, by the official number or the code", () => {
    const places = ["Земун", "beograd - zemun", "70157", "rs-zemun", "Belgrade – Zemun"];
    const found = entriesIn([HEAD, ...places.map((place, at) => `c-${at};csw;Центар;${place}`)].join("\n"));
    expect(found.map(({ territory }) => territory)).toEqual(places.map(() => "rs-zemun"));
  });

  it("may name what it covers: municipalities, districts, regions, or the whole country", () => {
    const found = entriesIn(
      `${HEAD};covers\n${line("c-1", ";Земун| rs-vojvodina |Zemun")}\n${line("c-2", ";Цела земља")}`,
    );
    expect(found.map(({ covers }) => covers)).toEqual([["rs-zemun", "rs-vojvodina"], ["country"]]);
  });

  it("in Latin letters becomes Cyrillic, is listed for reading, and keeps what is no Serbian word", () => {
    const file = `${HEAD};address;desk\nc-1;csw;XIV gimnazija „Njegoš“;Чачак;Kralja Petra I. 5;Tim\nc-2;csw;Центар;Чачак;Trg Petőfi Sándora;`;
    const { added, rewritten } = plan(file);
    expect(added.map(({ name, address, desk }) => [name.sr, name.en, address, desk])).toEqual([
      ["XIV гимназија „Његош“", "XIV gimnazija „Njegoš“", "Краља Петра I. 5", "Тим"],
      ["Центар", "Centar", "Trg Petőfi Sándora", null],
    ]);
    expect(rewritten).toEqual([{ line: 2, before: "XIV gimnazija „Njegoš“", after: "XIV гимназија „Његош“" }]);
  });
});

describe("a line about an institution that is known", () => {
  const changes = (file: string, directory: readonly Kept[]) =>
    plan(file, directory).changed.map(({ entry, changes: all }) => [
      entry.identifier,
      ...all.map(({ field, before, after }) => `${field}: ${before} → ${after}`),
    ]);

  it("says what it changes; what it leaves empty stays", () => {
    const directory = [
      kept("c-1", { phone: "011 1", address: "Улица 1" }),
      kept("c-2"),
      kept("c-3", { activeTo: "2026-02-01" }),
    ];
    const file = `${HEAD};phone;address;hours_sr\nc-1;police;Станица;Zemun;011 222;;8–16\n${line("c-2", ";;;")}`;
    expect(changes(file, directory)).toEqual([
      [
        "c-1",
        ...["type: csw → police", "name: Центар / Centar → Станица / Stanica", "territory: rs-cacak → rs-zemun"],
        ...["phone: 011 1 → 011 222", "hours:  → 8–16 / 8–16"],
      ],
    ]);
    expect(plan(file, directory)).toMatchObject({ same: 1, notNamed: 0 });
    expect(plan(`${HEAD}\n${line("c-3")}`, directory)).toMatchObject({ same: 1, notNamed: 2 });
  });

  it("takes the checked day away where the phone or the hours change and the day stays, and says so", () => {
    const checked = { phone: "011 1", hours: { sr: "8–16", en: "8 to 16" }, verifiedOn: "2026-11-02" };
    const directory = [kept("c-1", checked)];
    const cleared = "verifiedOn: 2026-11-02 → ";
    expect(changes("id;telefon\nc-1;011 222", directory)).toEqual([["c-1", "phone: 011 1 → 011 222", cleared]]);
    expect(changes("id;phone;verified_on\nc-1;011 222;2. 11. 2026.", directory)).toEqual([
      ["c-1", "phone: 011 1 → 011 222", cleared],
    ]);
    for (const [column, text] of [
      ["hours_sr", "9–17"],
      ["hours_en", "9 to 17"],
    ])
      expect(changes(`id;${column}\nc-1;${text}`, directory), column).toEqual([
        ["c-1", expect.stringMatching(/^hours: /), cleared],
      ]);
    expect(changes("id;phone;verified_on\nc-1;011 222;2026-11-22", directory)).toEqual([
      ["c-1", "phone: 011 1 → 011 222", "verifiedOn: 2026-11-02 → 2026-11-22"],
    ]);
    expect(changes("id;address\nc-1;Улица 1", directory)).toEqual([["c-1", "address:  → Улица 1"]]);
    expect(changes("id;phone;hours_sr\nc-1;011 1;8–16", directory)).toEqual([]);
  });

  it("cannot have been checked on a day that has not come in the country, unless the directory says so already", () => {
    const file = (day: string) => `id;verified_on\nc-1;${day}`;
    const lateInLondon = Date.parse("2026-11-22T23:30:00Z");
    expect(faultsIn(file("2026-11-23"), [kept("c-1")])).toEqual(["2 verified_on notYet"]);
    expect(faultsIn(file("2026-11-23"), [kept("c-1")], lateInLondon)).toEqual([]);
    expect(faultsIn(file("24. 11. 2026."), [kept("c-1")], lateInLondon)).toEqual(["2 verified_on notYet"]);
    expect(faultsIn(file("2030-01-01"), [kept("c-1", { verifiedOn: "2030-01-01" })])).toEqual([]);
  });

  it("needs its identifier alone, and a file about known ones the columns that it changes", () => {
    const directory = [kept("c-1"), kept("c-2", { phone: "011 2" })];
    expect(changes("id;phone\nc-1;011 1\nc-2;011 2", directory)).toEqual([["c-1", "phone:  → 011 1"]]);
    const columns = ["type", "name", "municipality"];
    expect(planImport(country, Buffer.from("id;phone\nc-1;011 1\nc-3;011 3"), directory, AT)).toEqual({
      ok: false,
      fault: { kind: "noColumns", columns },
    });
    expect(faultsIn(`${HEAD}\nc-1;;;\nc-3;;;`, directory)).toEqual(columns.map((column) => `3 ${column} missing`));
  });

  it("does not undo a name that was corrected by hand, nor an English one that somebody wrote", () => {
    const name = { sr: "Инјекција", en: "Injection" };
    expect(changes(`${HEAD}\nc-1;csw;Injekcija;Чачак`, [kept("c-1", { name })])).toEqual([]);
    expect(changes(`${HEAD}\nc-1;csw;Други;Чачак`, [kept("c-1", { name })])).toEqual([
      ["c-1", "name: Инјекција / Injection → Други / Injection"],
    ]);
  });

  it("is not checked where it says what the directory has, whatever that is", () => {
    const odd = {
      name: { sr: "Petőfi", en: "Петефи" },
      phone: "call us",
      activeFrom: "2026-09-01",
      activeTo: "2026-01-01",
    };
    const file = `${HEAD};name_en;phone;active_from;active_to\nc-1;csw;Petőfi;Чачак;Петефи;call us;2026-09-01;2026-01-01`;
    expect(faultsIn(file, [kept("c-1", odd)])).toEqual([]);
    expect(changes(file, [kept("c-1", odd)])).toEqual([]);
  });

  it("never makes, ends or changes a triage team", () => {
    const team = kept("t", { type: "triage" });
    const file = (type: string, to = "") => `${HEAD};active_to\nt;${type};Центар;Чачак;${to}`;
    expect(faultsIn(file("csw"), [team])).toEqual(["2 type triage"]);
    expect(faultsIn(file("triage", "2027-01-01"), [team])).toEqual(["2 active_to triage"]);
    expect(faultsIn(file("triage"), [kept("t")])).toEqual(["2 type triage"]);
    expect(faultsIn(file("Тријажни тим"), [team])).toEqual([]);
  });

  it("changes the contact person of that name, replaces the only one, and adds one beside several", () => {
    const person = (id: string, name: string) => ({ id, institutionId: "id-c", role: "психолог", name, phone: null });
    const of = (...people: ReturnType<typeof person>[]) => [
      kept("c", { contact: people[0] ?? null }, { contacts: people }),
    ];
    const file = (name: string) =>
      `${HEAD};contact_name;contact_role;contact_phone\n${line("c", `;${name};педагог;0111`)}`;
    const change = (name: string, people: Kept[]) => plan(file(name), people).changed[0]?.entry.contact?.id;
    const [ana, mira] = [person("1", "Ана"), person("2", "Мира")];
    expect([change("Mira", of(ana, mira)), change("Вера", of(ana)), change("Вера", of(ana, mira))]).toEqual([
      "2",
      "1",
      undefined,
    ]);
    expect(changes(file("Мира"), of(ana, mira))).toEqual([["c", "contact: психолог, Мира → педагог, Мира, 0111"]]);
    expect(changes(file("Вера"), of(ana, mira))).toEqual([["c", "contact:  → педагог, Вера, 0111"]]);
  });

  it("that ends it tells who would still name it", () => {
    const directory = [
      kept("c-1"),
      kept("c-2", { supervisor: "c-1", fallback: "c-1" }),
      kept("c-3", { fallback: "c-1", activeTo: "2026-02-01" }),
      kept("c-4", { fallback: "c-1" }),
      kept("c-5"),
    ];
    const { endings } = plan("id;active_to;fallback\nc-1;2027-01-01;\nc-5;2027-01-01;\nc-4;;c-2", directory);
    expect(endings.map(({ entry, namedBy }) => [entry.identifier, ...namedBy])).toEqual([["c-1", "c-2"], ["c-5"]]);
  });

  it("is a part of itself also where the circle closes over the directory", () => {
    const directory = [kept("c-1", { parent: "c-2" }), kept("c-2", { parent: "c-3" })];
    expect(faultsIn(`${HEAD};parent\n${line("c-3", ";c-1")}`, directory)).toEqual(["2 parent circle"]);
    expect(faultsIn(`${HEAD};parent\n${line("c-3", ";")}\n${line("c-4", ";c-3")}`, [])).toEqual([]);
  });
});

describe("right lines without the wrong ones", () => {
  it("leave out what hangs on a wrong line, and what hangs on that, but not what the directory has", () => {
    const file = [
      `${HEAD};supervisor`,
      "c-1;nothing;Центар;Чачак;",
      line("c-2", ";c-1"),
      line("c-3", ";c-2"),
      line("c-4", ";c-5"),
      "c-5;nothing;Центар;Чачак;",
      line("c-6", ";"),
    ].join("\n");
    const { added, leftOut, wrong } = plan(file, [kept("c-5")]);
    expect(added.map(({ identifier }) => identifier)).toEqual(["c-4", "c-6"]);
    expect(leftOut.map(({ line: number, identifier }) => [number, identifier])).toEqual([
      [3, "c-1"],
      [4, "c-2"],
    ]);
    expect(wrong).toBe(2);
  });
});
