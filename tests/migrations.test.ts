import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPostgres } from "#platform/db/columns.ts";
import { migrate } from "#platform/db/migrate.ts";
import { filesBelow, ROOT } from "./platform/project-files.ts";
import { openTestDatabase } from "./support/database.ts";

const ENGINES = [
  { engine: "sqlite", dialect: "sqlite", address: "" },
  { engine: "postgres", dialect: "postgresql", address: "postgres://nobody@127.0.0.1:1/none" },
] as const;
type Engine = (typeof ENGINES)[number];

const folder = mkdtempSync(join(tmpdir(), "cuvam-te-migrations-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly said: string;
  /** Migrations that were not there before. */
  readonly added: readonly string[];
  readonly sql: string;
}

/** Runs `drizzle-kit generate` on a copy of the migrations, as if somebody had forgotten to. */
async function generate(
  { engine, dialect, address }: Engine,
  name: string,
  schema: readonly string[],
): Promise<Outcome> {
  const copy = join(folder, `${engine}-${name}`);
  cpSync(join(ROOT, "drizzle", engine), join(copy, "out"), { recursive: true });
  const before = readdirSync(join(copy, "out"));
  const config = { dialect, schema, out: "./out" };
  writeFileSync(join(copy, "drizzle.config.json"), JSON.stringify(config));
  const said = await run(["generate", "--config", "drizzle.config.json"], copy, address);
  const added = readdirSync(join(copy, "out")).filter((file) => !before.includes(file) && file.endsWith(".sql"));
  return { said, added, sql: added.map((file) => readFileSync(join(copy, "out", file), "utf8")).join("\n") };
}

function run(args: readonly string[], cwd: string, address: string): Promise<string> {
  const program = join(ROOT, "node_modules/.bin/drizzle-kit");
  const env = { ...process.env, DATABASE_URL: address };
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { cwd, env }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stdout}\n${stderr}`));
      else resolve(stdout + stderr);
    });
    child.stdin?.end();
  });
}

const SCHEMA = filesBelow("src", "schema.ts");
const PATHS = SCHEMA.map(({ path }) => join(ROOT, path));

/** The schema with one more column in the table of jobs and one more table, as if somebody had just added them. */
function alteredPaths(): string[] {
  const job = SCHEMA.find(({ text }) => text.includes("export const job = table(")) ?? { path: "", text: "" };
  const more = job.text
    .replaceAll("#platform/", `${ROOT}src/platform/`)
    .replace('outcome: text("outcome"),', 'outcome: text("outcome"),\n    added: text("added_column"),');
  const file = join(folder, "altered-schema.ts");
  writeFileSync(file, more);
  return [...PATHS.filter((path) => !path.endsWith(job.path)), file, join(ROOT, "tests/platform/db/sample.ts")];
}

describe.each(ENGINES)("the migrations for $engine", (engine) => {
  let unchanged: Outcome;
  let altered: Outcome;
  beforeAll(async () => {
    [unchanged, altered] = await Promise.all([
      generate(engine, "unchanged", PATHS),
      generate(engine, "altered", alteredPaths()),
    ]);
  });

  it("make what the schema says: generating again changes nothing", () => {
    expect(unchanged.said).toContain("No schema changes");
    expect(unchanged.added).toEqual([]);
  });

  it("would be noticed to lack a table or a column", () => {
    expect(altered.said).not.toContain("No schema changes");
    expect(altered.added).toHaveLength(1);
    expect(altered.sql).toMatch(/ALTER TABLE ["`]job["`] ADD (COLUMN )?["`]added_column["`] text/);
    expect(altered.sql).toMatch(/CREATE TABLE ["`]kit_sample["`]/);
    expect(altered.sql).toMatch(engine.engine === "postgres" ? /"sealed" "?bytea/ : /`sealed` blob/);
  });

  it("are listed in the journal, each with its file and in order", () => {
    const base = join(ROOT, "drizzle", engine.engine);
    const journal = JSON.parse(readFileSync(join(base, "meta/_journal.json"), "utf8")) as {
      entries: { idx: number; tag: string; when: number }[];
    };
    const files = readdirSync(base).filter((file) => file.endsWith(".sql"));
    expect(journal.entries.map(({ tag }) => `${tag}.sql`)).toEqual(files.sort());
    expect(journal.entries.map(({ idx }) => idx)).toEqual(files.map((_, at) => at));
    const times = journal.entries.map(({ when }) => when);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });
});

describe("both engines", () => {
  it("have migrations of the same names, so that none was forgotten", () => {
    const [sqlite, postgres] = ENGINES.map(({ engine }) =>
      readdirSync(join(ROOT, "drizzle", engine)).filter((file) => file.endsWith(".sql")),
    );
    expect(sqlite).toEqual(postgres);
  });
});

describe("migrating", () => {
  it("again changes nothing and keeps what is stored", async () => {
    const database = await openTestDatabase();
    await database.raw("insert into audit_pending (entry_id) values ('kept')");
    await Promise.all([migrate(database.place), migrate(database.place)]);
    expect(await database.raw("select entry_id from audit_pending")).toEqual([{ entry_id: "kept" }]);
    await database.close();
  });

  it.runIf(!isPostgres)("makes the folder of a new database for its owner alone", async () => {
    const { statSync } = await import("node:fs");
    const file = join(folder, "new", "store.sqlite");
    await migrate({ file, url: undefined });
    expect(statSync(join(folder, "new")).mode & 0o777).toBe(0o700);
  });

  it.runIf(!isPostgres)(
    "keeps every file of a database to its owner, also in a folder made by hand and once it was open to all",
    async () => {
      const { chmodSync, mkdirSync, statSync } = await import("node:fs");
      const { default: Sqlite } = await import("better-sqlite3");
      const byHand = join(folder, "by-hand");
      mkdirSync(byHand);
      chmodSync(byHand, 0o755);
      const place = { file: join(byHand, "store.sqlite"), url: undefined };
      const names = ["store.sqlite", "store.sqlite-shm", "store.sqlite-wal"];
      const modes = () => names.map((name) => statSync(join(byHand, name)).mode & 0o777);
      await migrate(place);
      const used = new Sqlite(place.file);
      used.prepare("insert into audit_pending (entry_id) values ('kept')").run();
      expect(modes()).toEqual([0o600, 0o600, 0o600]);
      for (const name of names) chmodSync(join(byHand, name), 0o644);
      await migrate(place);
      expect(modes()).toEqual([0o600, 0o600, 0o600]);
      expect(used.prepare("select entry_id from audit_pending").pluck().all()).toEqual(["kept"]);
      used.close();
    },
  );
});
