import { describe, expect, it } from "vitest";
import { COLUMNS } from "#institutions/columns.ts";
import { csvSteps, MOST_LINES, readCsv } from "#institutions/read-csv.ts";
import { english } from "#messages/en/index.ts";
import { serbian } from "#messages/sr/index.ts";
import { inWindows1250 } from "../support/institution-files.ts";

const cellsOf = (file: string | Uint8Array) => {
  const read = readCsv(typeof file === "string" ? Buffer.from(file) : file);
  return read.ok ? read.lines.map(({ cells }) => cells) : read.fault;
};
const numbersOf = (file: string) => {
  const read = readCsv(Buffer.from(file));
  return read.ok ? read.lines.map(({ number }) => number) : read.fault;
};

const ROWS = ["os-1;Osnovna škola;Škola „Čačak“;Čačak", "os-2;Srednja škola;Gimnazija „Žiža“;Užice"];
const LATIN = ["identifikator;vrsta;naziv;opština", ...ROWS].join("\r\n");
const EXPECTED = [
  { identifier: "os-1", type: "Osnovna škola", name: "Škola „Čačak“", municipality: "Čačak" },
  { identifier: "os-2", type: "Srednja škola", name: "Gimnazija „Žiža“", municipality: "Užice" },
];

describe("a file of institutions is read", () => {
  it.each<[string, string | Uint8Array]>([
    ["as UTF-8", LATIN],
    ["with a byte order mark", `\uFEFF${LATIN}`],
    ["as Windows-1250", inWindows1250(LATIN)],
    ["with commas", LATIN.replaceAll(";", ",")],
    ["as Windows-1250 with commas", inWindows1250(LATIN.replaceAll(";", ","))],
    ["with tabs", LATIN.replaceAll(";", "\t")],
    ["with Cyrillic headings", LATIN.replace(/^.*/, "Идентификатор;Врста;Назив;Општина")],
    ["with English headings", LATIN.replace(/^.*/, "IDENTIFIER;Type;Name;Municipality")],
    ["with headings that offices use", LATIN.replace(/^.*/, "Matični broj;Vrsta ustanove;Назив установе;Grad")],
    ["with line ends of other kinds", LATIN.replaceAll("\r\n", "\n")],
    ["with line ends of old programs", LATIN.replaceAll("\r\n", "\r")],
    ["with spaces around and empty lines between", `\n${LATIN.replaceAll(";", " ; ")}\n;;;\n\n`],
    ["with quotation marks", LATIN.replace(/[^;\r\n]+/g, '"$&"')],
    ["with letters in two parts", LATIN.normalize("NFD")],
  ])("%s", (_, file) => {
    expect(cellsOf(file)).toEqual(EXPECTED);
  });

  it("with its columns in any order, and with headings that mean nothing", () => {
    const read = readCsv(Buffer.from("општина;note;naziv;type;id\nČačak;x;Škola;csw;c-1"));
    expect(read).toMatchObject({
      ok: true,
      unknown: ["note"],
      lines: [{ number: 2, cells: { identifier: "c-1", type: "csw", name: "Škola", municipality: "Čačak" } }],
    });
  });

  it("with the numbers that an editor shows, also behind a text of several lines and an empty line", () => {
    expect(numbersOf('id,type,name,grad\na,b,"c\nd",e\n\nf,g,h,i\n"j\r\nk\r\nl",m,n,o\np,q,r,s')).toEqual([2, 5, 6, 9]);
    expect(cellsOf('id,type,name,grad\na,b,"c\n d",e')).toMatchObject([{ name: "c d" }]);
  });

  it("without signs that nobody sees", () => {
    expect(cellsOf("id,type,name,grad\na,b,c\u0007d\u00a0e,f")).toMatchObject([{ name: "c d e" }]);
  });

  it("with thousands of columns that have no heading, as a spreadsheet saves them, and with notes in some of them", () => {
    const wide = `id;type;name;grad${";".repeat(16_380)}`;
    const line = (at: number) => `c-${at};csw;Центар;Чачак;a note${";".repeat(at % 50)}`;
    const read = readCsv(Buffer.from([wide, ...Array.from({ length: 300 }, (_, at) => line(at))].join("\n")));
    const cells = { type: "csw", name: "Центар", municipality: "Чачак" };
    expect(read).toMatchObject({ ok: true, unknown: [], missing: [] });
    const lines = read.ok ? read.lines : [];
    expect(lines.map((each) => [each.cells, each.more])).toEqual(
      Array.from({ length: 300 }, (_, at) => [{ identifier: `c-${at}`, ...cells }, ""]),
    );
  });

  it("and tells what stands behind the last column, but no endless text of it", () => {
    const read = readCsv(
      Buffer.from(`id;type;name;grad;;\na;b;c;d;note;note;; e ;${"f;".repeat(9_000)}\ng;h;i;j;;;; ;`),
    );
    const more = read.ok ? read.lines.map((each) => each.more) : [];
    expect(more.map((text) => [text.slice(0, 6), text.length])).toEqual([
      ["e f f ", 300],
      ["", 0],
    ]);
  });

  it("and knows each column by its name in every language, and no heading for two columns", () => {
    const names = COLUMNS.flatMap(({ name }) => [
      name,
      serbian[`imports.column.${name}`],
      english[`imports.column.${name}`],
    ]);
    const read = readCsv(Buffer.from(`${names.map((name) => `"${name}"`).join(",")}\na`));
    expect(read).toEqual({ ok: false, fault: { kind: "doubledColumns", columns: COLUMNS.map(({ name }) => name) } });
    const also = COLUMNS.map((column) => [column.name, ...column.also][column.also.length]);
    expect(readCsv(Buffer.from(`${also.map((name) => `"${name}"`).join(",")}\na`))).toMatchObject({
      ok: true,
      unknown: [],
    });
  });
});

describe("a file that cannot be read as one of institutions is said to be", () => {
  const head = "id,type,name,grad\n";
  it.each<[string, string | Uint8Array, object]>([
    ["empty", " \n\n", { kind: "empty" }],
    ["without a line", head, { kind: "noLines" }],
    ["a workbook", Buffer.from("504b03040a0000000000", "hex"), { kind: "workbook" }],
    ["an older workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), { kind: "workbook" }],
    ["of two-byte letters", Buffer.from(`\uFEFF${LATIN}`, "utf16le"), { kind: "workbook" }],
    ["without identifiers", "type,name\na,b", { kind: "noColumns", columns: ["identifier", "municipality"] }],
    ["with a column twice", "id,type,name,grad,Назив\na,b,c,d,e", { kind: "doubledColumns", columns: ["name"] }],
    ["with a quotation mark that nothing closes", `${head}a,b,c,d\ne,"f,g,h\ni,j,k,l`, { kind: "unreadable", line: 3 }],
    ["with a text behind a quotation mark", `${head}a,"b"c,d,e`, { kind: "unreadable", line: 2 }],
    [
      "saved in two ways",
      Buffer.concat([Buffer.from(`${head}a,b,Шабац,d\ne,f,Čačak,h\n`), inWindows1250("i,j,Čačak,l\n")]),
      { kind: "mixed", line: 4 },
    ],
    [
      "saved in two ways, the older first",
      Buffer.concat([inWindows1250(`${head}a,b,„NUŠIĆ“ Ć“,d\n`), Buffer.from("i,j,Чачак,l\n")]),
      { kind: "mixed", line: 3 },
    ],
    ["with more headings than anybody names", `${head.trim()}${",x".repeat(197)}\na`, { kind: "tooManyColumns" }],
    ["too long", `${head}${"a,b,c,d\n".repeat(5001)}`, { kind: "tooMany" }],
    ["of old empty lines without end", `${head.trim()}${"\r".repeat(200_000)}`, { kind: "tooMany" }],
    ["of empty lines without end", `${head}${"\n".repeat(200_000)}`, { kind: "tooMany" }],
    ["with a heading without end", `id${",x".repeat(30_000)}\na`, { kind: "tooManyColumns" }],
    ["with one line without end", `${head}${"a,".repeat(100_000)}`, { kind: "unreadable", line: 1 }],
  ])("%s", (_, file, fault) => {
    expect(cellsOf(file)).toEqual(fault);
  });
});

describe("a line end of two signs", () => {
  it("is one: as many lines as a file may have, each with an empty one behind it, are not too many", () => {
    const file = (lines: number) => `id;type;name;grad\r\n${"a;b;c;d\r\n\r\n".repeat(lines - 1)}a;b;c;d`;
    expect(numbersOf(file(MOST_LINES))).toHaveLength(MOST_LINES);
  });
});

describe("a file of many columns holds nobody up", () => {
  it("where they have no heading", () => {
    const began = performance.now();
    expect(numbersOf(`id;type;name;grad${";".repeat(60_000)}\n${"a;b;c;d\n".repeat(2_000)}`)).toHaveLength(2_000);
    // Reading a cell of each for each line took minutes.
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it("where a line has thousands of them: each is a step of its own", () => {
    const steps = [...csvSteps(Buffer.from(`id;type;name;grad\n${`a;b;c;d${";e".repeat(500)}\n`.repeat(15)}`))];
    expect(steps.length).toBeGreaterThan(15);
  });
});
