import { dirname, join } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { filesBelow, type ProjectFile } from "./platform/project-files.ts";

/** From low to high: a folder imports what stands in an earlier row, never its neighbours and never upwards. */
const LAYERS: readonly (readonly string[])[] = [
  ["messages"],
  ["platform"],
  ["country"],
  ["audit"],
  ["institutions"],
  ["accounts"],
  ["library", "learning", "outreach", "casework", "directory"],
  ["helpdesk", "reporting"],
  ["statistics", "site"],
  ["backup", "demo"],
];
/** These may be imported file by file; every other folder has a door, its index.ts. */
const WITHOUT_DOOR = ["messages", "platform", "demo"];

/** Libraries that stay behind one folder or file, so that they can be replaced there. */
const KEPT_BEHIND: readonly (readonly [library: RegExp, place: RegExp])[] = [
  [/^drizzle-orm(\/|$)/, /^src\/(.*store\.ts|.*\/schema\.ts|platform\/db\/.*)$/],
  [/^(better-sqlite3|pg)$/, /^src\/platform\/db\//],
  [/^(age-encryption|@scure\/base)$/, /^src\/platform\/crypto\//],
  [/^@node-rs\/argon2$/, /^src\/platform\/crypto\/stretch\.ts$/],
  [/^eta$/, /^src\/platform\/views\/render\.ts$/],
  [/^pino$/, /^src\/platform\/log\.ts$/],
  [/^nodemailer$/, /^src\/platform\/mail\/mail\.ts$/],
  [/^lucia$/, /^src\/accounts\/sessions\.ts$/],
  [/^otpauth$/, /^src\/accounts\/totp\.ts$/],
  [/^qr(\/|$)/, /^src\/platform\/views\/qr-code\.ts$/],
  [/^csv-parse(\/|$)/, /^src\/institutions\/read-csv\.ts$/],
  [/^csv-stringify(\/|$)/, /^src\/institutions\/write-csv\.ts$/],
];

/** Writes that record nothing, each with its reason. */
const UNAUDITED: Readonly<Record<string, string>> = {
  "src/reporting/start-draft.ts": "a draft is nobody's act until it is sent",
  "src/reporting/save-step.ts": "a draft is nobody's act until it is sent",
  "src/reporting/forget-drafts.ts": "leaving must leave no trace",
  "src/reporting/end-reports-as-usual.ts": "the usual end is nobody's act",
  "src/reporting/end-reports-at.ts": "an earlier end is nobody's act",
  "src/accounts/end-account-at.ts": "an earlier end is nobody's act",
  "src/accounts/known-device.ts": "a browser is known by signing in, which is recorded",
  "src/reporting/purge-drafts.ts": "drafts go by themselves after two hours",
  "src/reporting/purge-reporting.ts": "tracking sessions go by themselves",
  "src/reporting/tracking-session.ts": "reading is recorded where the case is opened",
  "src/directory/check-routing.ts": "a proof of what holds changes nothing that anybody works with",
  "src/site/routes.ts": "/readyz writes nothing; it asks whether it could",
};

const BANNED_NAMES =
  /^(services?|controllers?|managers?|repositor(y|ies)|utils?|utilit(y|ies)|helpers?|commons?|shared|types?|misc)$/;

interface Import {
  readonly from: string;
  readonly names: readonly string[];
}

function importsOf({ text }: ProjectFile): Import[] {
  const found: Import[] = [];
  for (const [, clause = "", from = ""] of text.matchAll(/^(?:import|export)\s+([^;"]*?)\s*from\s*"([^"]+)"/gm)) {
    const names = /\{([^}]*)\}/.exec(clause)?.[1]?.split(",") ?? [];
    found.push({ from, names: names.map((name) => name.replace(/^\s*type\s+|\s+as\s.*$/g, "").trim()) });
  }
  for (const [, from = ""] of text.matchAll(/^import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"/gm)) {
    if (from) found.push({ from, names: [] });
  }
  for (const [, from = ""] of text.matchAll(/\bimport\(\s*"([^"]+)"/g)) found.push({ from, names: [] });
  return found;
}

const folderOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1];
const targetOf = (path: string, from: string) =>
  from.startsWith("#") ? `src/${from.slice(1)}` : from.startsWith(".") ? join(dirname(path), from) : undefined;
const layerOf = (folder: string) => LAYERS.findIndex((row) => row.includes(folder));

function importFaults(files: readonly ProjectFile[]): string[] {
  return files.flatMap((file) => {
    const here = folderOf(file.path);
    if (here !== undefined && layerOf(here) < 0) return [`${file.path}: the folder ${here} is not in the import rule`];
    return importsOf(file).flatMap(({ from }) => {
      const why = whyNot(file.path, here, from);
      return why ? [`${file.path} imports ${from}: ${why}`] : [];
    });
  });
}

function whyNot(path: string, here: string | undefined, from: string): string | undefined {
  const target = targetOf(path, from);
  if (target === undefined) return undefined;
  const there = folderOf(target);
  if (!from.startsWith("#")) {
    return there === here || (here === undefined && there && WITHOUT_DOOR.includes(there))
      ? undefined
      : "a relative path stays inside its folder";
  }
  if (there === undefined) return "only a folder of src may be imported";
  if (there === here) return WITHOUT_DOOR.includes(here) ? undefined : "inside a folder paths are relative";
  if (layerOf(there) < 0) return `the folder ${there} is not in the import rule`;
  if (here !== undefined && layerOf(there) >= layerOf(here)) return `${here} stands below or beside ${there}`;
  const door = target === `src/${there}/index.ts` || WITHOUT_DOOR.includes(there);
  const foreignKey = path.endsWith("/schema.ts") && target === `src/${there}/schema.ts`;
  return door || foreignKey ? undefined : "a feature is entered by its index.ts";
}

function libraryFaults(files: readonly ProjectFile[]): string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter(({ from }) => KEPT_BEHIND.some(([library, place]) => library.test(from) && !place.test(file.path)))
      .map(({ from }) => `${file.path} imports ${from}`),
  );
}

/** Files whose writes never come to `recordAudit`, followed through the functions they call. */
function auditFaults(files: readonly ProjectFile[], exceptions: Readonly<Record<string, string>>): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));

  function reaches(path: string, seen: ReadonlySet<string>): boolean {
    const file = byPath.get(path);
    if (!file || seen.has(path)) return false;
    if (/\brecordAudit\(/.test(file.text)) return true;
    const more = new Set([...seen, path]);
    return importsOf(file).some(({ from, names }) =>
      names.some((name) => {
        const called = new RegExp(`\\b${name}\\(`).test(file.text);
        const home = called ? homeOf(name, targetOf(path, from)) : undefined;
        return home !== undefined && reaches(home, more);
      }),
    );
  }

  function homeOf(name: string, path: string | undefined): string | undefined {
    const door = path?.endsWith("/index.ts") ? byPath.get(path) : undefined;
    if (!door) return path;
    const through = importsOf(door).find(({ names }) => names.includes(name));
    return through && homeOf(name, targetOf(door.path, through.from));
  }

  const writing = files.filter(
    ({ path, text }) => !/^src\/(platform|audit)\//.test(path) && /\bdb\.write\(/.test(text),
  );
  const silent = writing.filter(({ path }) => !reaches(path, new Set())).map(({ path }) => path);
  return [
    ...silent.filter((path) => !(path in exceptions)).map((path) => `${path} writes and records nothing`),
    ...Object.keys(exceptions)
      .filter((path) => !silent.includes(path))
      .map((path) => `${path} needs no exception from auditing`),
  ];
}

function sizeFaults(files: readonly ProjectFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/, "").split("\n").length;
    const most = path.startsWith("tests/") ? 400 : 250;
    return lines > most ? [`${path} has ${lines} lines of at most ${most}`] : [];
  });
}

function scriptFaults(files: readonly ProjectFile[]): string[] {
  return files
    .filter(({ path }) => !/^src\/(messages|country)\//.test(path))
    .flatMap(({ path, text }) =>
      text.split("\n").flatMap((line, at) => (/\p{Script=Cyrillic}/u.test(line) ? [`${path}:${at + 1}: ${line}`] : [])),
    );
}

function nameFaults(files: readonly ProjectFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const words = path.replace(/\.[^/]*$/, "").split(/[/.-]/);
    const declared = /\b(?:class|interface|type)\s+\w+(?:Service|Controller|Manager|Repository|Utils?|Helpers?|Dto)\b/;
    const name =
      words.find((word) => BANNED_NAMES.test(word)) ?? (path.startsWith("src/") ? declared.exec(text)?.[0] : undefined);
    return name ? [`${path} says ${name}`] : [];
  });
}

/** Types follow SQLite's builder, so these compile and fail on PostgreSQL. */
function dialectFaults(files: readonly ProjectFile[]): string[] {
  return files
    .filter(({ path }) => !path.startsWith("src/platform/db/"))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\.(get|all|run)\(\)|\bdb\.(query|transaction)\b|\bexcluded\.rowid\b|\.all\(\s*["`]/g)].map(
        ([what]) => `${path} uses ${what}`,
      ),
    );
}

const UNFINISHED = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].join("|")})\\b`);
const unfinishedFaults = (files: readonly ProjectFile[]) =>
  files.filter(({ text }) => UNFINISHED.test(text)).map(({ path, text }) => `${path}: ${UNFINISHED.exec(text)?.[0]}`);

const src = filesBelow("src", ".ts");
const tests = filesBelow("tests", ".ts");
const file = (path: string, text: string): ProjectFile => ({ path, text });
const importing = (path: string, from: string) => [file(path, `import { thing } from "${from}";\n`)];

interface Rule {
  readonly name: string;
  readonly faults: (files: readonly ProjectFile[]) => string[];
  readonly files: readonly ProjectFile[];
  readonly broken: Readonly<Record<string, readonly ProjectFile[]>>;
  readonly fine: readonly ProjectFile[];
}

const WRITE = "await db.write(async (tx) => { await insertThing(tx); });";

const RULES: readonly Rule[] = [
  {
    name: "folders import downwards, through doors",
    faults: importFaults,
    files: src,
    broken: {
      "a library page that looks into casework": importing("src/library/page.ts", "#casework/index.ts"),
      "a platform that knows a feature": importing("src/platform/http/app.ts", "#accounts/index.ts"),
      "messages that know the platform": importing("src/messages/messages.ts", "#platform/log.ts"),
      "casework that knows reporting": importing("src/casework/case.ts", "#reporting/index.ts"),
      "a way past the door": importing("src/reporting/draft.ts", "#casework/store.ts"),
      "an app that goes past the door": importing("src/app.ts", "#casework/store.ts"),
      "a schema that reads another store": importing("src/casework/schema.ts", "#institutions/store.ts"),
      "a schema above that is read from below": importing("src/casework/schema.ts", "#reporting/schema.ts"),
      "a store that reads another schema": importing("src/casework/store.ts", "#institutions/schema.ts"),
      "a relative path that leaves its folder": importing("src/reporting/draft.ts", "../casework/index.ts"),
      "a feature that reads the configuration": importing("src/casework/case.ts", "#config.ts"),
      "a feature that names itself": importing("src/casework/case.ts", "#casework/store.ts"),
      "a folder that nobody put in the rule": importing("src/chat/chat.ts", "#platform/log.ts"),
      "an import of such a folder": importing("src/app.ts", "#chat/index.ts"),
      "a type": [file("src/casework/case.ts", 'import type { A } from "#reporting/index.ts";')],
      "a re-export": [file("src/casework/index.ts", 'export { a } from "#reporting/index.ts";')],
      "an import over several lines": [file("src/casework/a.ts", 'import {\n  a,\n  b,\n} from "#site/index.ts";')],
      "an import at run time": [file("src/casework/a.ts", 'await import("#site/index.ts");')],
      "an import for its effect": [file("src/casework/a.ts", 'import "#site/index.ts";')],
    },
    fine: [
      file("src/reporting/schema.ts", 'import { caseFile } from "#casework/schema.ts";'),
      file("src/reporting/a.ts", 'import { b } from "./b.ts";\nimport { c } from "#platform/db/columns.ts";'),
      file("src/app.ts", 'import { siteRoutes } from "#site/index.ts";\nimport { z } from "zod";'),
    ],
  },
  {
    name: "a library stays behind its place",
    faults: libraryFaults,
    files: src,
    broken: {
      "a query in a route": importing("src/casework/routes.ts", "drizzle-orm"),
      "a driver in a store": importing("src/casework/store.ts", "better-sqlite3"),
      "a dialect in a verb": importing("src/casework/add-entry.ts", "drizzle-orm/sqlite-core"),
      "lucia outside sessions": importing("src/accounts/sign-in.ts", "lucia"),
      "age outside the crypto folder": importing("src/casework/seal-entry.ts", "age-encryption"),
    },
    fine: [
      ...importing("src/casework/inbox-store.ts", "drizzle-orm"),
      ...importing("src/casework/schema.ts", "drizzle-orm"),
    ],
  },
  {
    name: "a file holds no more than 250 lines, a test 400",
    faults: sizeFaults,
    files: [...src, ...tests],
    broken: {
      "a long file": [file("src/a/b.ts", "x;\n".repeat(251))],
      "a long test": [file("tests/a/b.test.ts", "x;\n".repeat(401))],
    },
    fine: [file("src/a/b.ts", "x;\n".repeat(250)), file("tests/a/b.test.ts", "x;\n".repeat(400))],
  },
  {
    name: "what people read is written in messages/ and country/ only",
    faults: scriptFaults,
    files: src,
    broken: { "a sentence in a route": [file("src/site/routes.ts", 'c.text("Здраво")')] },
    fine: [file("src/messages/sr/site.ts", '"Здраво"'), file("src/country/serbia/serbia.ts", '"Србија"')],
  },
  {
    name: "nothing has a name that says nothing",
    faults: nameFaults,
    files: [...src, ...filesBelow("views", ".eta"), ...tests],
    broken: {
      "a service": [file("src/casework/case-service.ts", "")],
      "a folder of helpers": [file("src/helpers/case.ts", "")],
      "a file of types": [file("src/casework/types.ts", "")],
      "utils in a test": [file("tests/support/test-utils.ts", "")],
      "a manager inside": [file("src/casework/case.ts", "export class CaseManager {}")],
    },
    fine: [file("src/serve.ts", "export interface Service {}"), file("src/manage.ts", "")],
  },
  {
    name: "queries are the same on both engines",
    faults: dialectFaults,
    files: src,
    broken: {
      "one row the SQLite way": [file("src/casework/store.ts", "tx.select().from(a).get()")],
      "all rows the SQLite way": [file("src/casework/store.ts", "tx.select().from(a).all()")],
      "a write the SQLite way": [file("src/casework/store.ts", "tx.delete(a).run()")],
      "drizzle's own transaction": [file("src/casework/store.ts", "await db.transaction(work)")],
      "a route for every method": [file("src/site/routes.ts", 'app.all("/x", open, show)')],
    },
    fine: [file("src/casework/store.ts", 'tx.insert(a).values({ b });\nbuckets.get("x"); Promise.all([a]); run(work)')],
  },
  {
    name: "nothing is left for later",
    faults: unfinishedFaults,
    files: [...src, ...tests, ...filesBelow("views", ".eta"), ...filesBelow("static", ".css", ".js")],
    broken: { "a note to oneself": [file("src/a.ts", `// ${"TO" + "DO"} one day`)] },
    fine: [file("src/a.ts", "// What is to do is in the log.")],
  },
];

for (const { name, faults, files, broken, fine } of RULES) {
  describe(name, () => {
    it("in this repository", () => {
      expect(files.length).toBeGreaterThan(10);
      expect(faults(files)).toEqual([]);
    });

    it("and what is allowed passes", () => {
      expect(faults(fine)).toEqual([]);
    });

    it.each(Object.entries(broken))("but %s is caught", (_, example) => {
      expect(faults(example)).not.toEqual([]);
    });
  });
}

describe("what is written is audited", () => {
  const audited = file(
    "src/casework/close-case.ts",
    `import { recordAudit } from "#audit/index.ts";\n${WRITE} recordAudit(tx)`,
  );

  it("in this repository, with no exception that is not needed", () => {
    expect(auditFaults(src, UNAUDITED)).toEqual([]);
  });

  it("in the same file or in a function that is called, through any door", () => {
    const door = file("src/casework/index.ts", 'export { insertCase } from "./insert-case.ts";');
    const insert = file("src/casework/insert-case.ts", "export async function insertCase(tx) { recordAudit(tx) }");
    const caller = file(
      "src/reporting/send.ts",
      `import { insertCase } from "#casework/index.ts";\n${WRITE} insertCase(tx)`,
    );
    expect(auditFaults([audited, door, insert, caller], {})).toEqual([]);
  });

  it.each([
    ["nothing at all", [file("src/casework/close-case.ts", WRITE)]],
    [
      "an import that is not called",
      [file("src/casework/a.ts", `import { recordAudit } from "#audit/index.ts";\n${WRITE}`)],
    ],
    [
      "a function that records nothing",
      [
        file("src/casework/a.ts", `import { b } from "./b.ts";\n${WRITE} b(tx)`),
        file("src/casework/b.ts", "export const b = 1;"),
      ],
    ],
  ])("but %s is caught", (_, files) => {
    expect(auditFaults(files, {})).not.toEqual([]);
  });

  it("but an exception that is no longer needed is caught", () => {
    expect(auditFaults([audited], { "src/casework/close-case.ts": "once" })).not.toEqual([]);
    expect(auditFaults([audited], { "src/gone.ts": "once" })).not.toEqual([]);
  });
});
