import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { headFile } from "#audit/index.ts";
import { markOf } from "#platform/crypto/mark.ts";
import { loadSecrets } from "#platform/crypto/secrets.ts";
import { type Ended, manageInTurn } from "./support/manage-in-turn.ts";

const ROOT = new URL("..", import.meta.url).pathname;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cuvam-te-manage-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Each works on a store alone, so that each refuses alike where none is. */
const COMMANDS = ["verify-audit", "purge", "import-institutions list.csv --apply"] as const;

/** A folder for each command, and what it says there. */
async function inFolders(prepare: (at: string) => Promise<unknown>): Promise<(Ended & { readonly at: string })[]> {
  const turns = COMMANDS.map((command) => ({ command, at: join(folder, command.replace(/ .*/, "")) }));
  for (const { at } of turns) {
    mkdirSync(at);
    await prepare(at);
  }
  const ended = await manageIn(turns);
  return turns.map(({ at }, turn) => ({ at, status: -1, said: "", ...ended[turn] }));
}

function run(environment: Record<string, string>, ...given: string[]): Promise<Ended> {
  const env = { PATH: process.env.PATH, ...environment } as NodeJS.ProcessEnv;
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", ...given], { cwd: ROOT, env }, (error, out, err) =>
      resolve({ status: error ? Number(error.code) : 0, said: out + err }),
    );
  });
}

const placesIn = (at: string) => ({ DATA_DIR: join(at, "store"), SECRETS_FILE: join(at, "secrets.json") });

/** Runs a command as an administrator would, on SQLite in a folder. */
const manage = (command: string, at: string) => run(placesIn(at), "src/manage.ts", command);

/** Runs commands one after the other, each on SQLite in its folder. */
const manageIn = (turns: readonly { readonly command: string; readonly at: string }[]): Promise<Ended[]> =>
  manageInTurn(turns.map(({ command, at }) => ({ command: command.split(" "), environment: placesIn(at) })));

/** The same on one store. */
const manageAt = (at: string, ...commands: readonly string[]) => manageIn(commands.map((command) => ({ command, at })));

const storeIn = (at: string) => join(at, "store/cuvam-te.sqlite");

/** A store as a service leaves it, made in another process because the tables of this one may be PostgreSQL's. */
let store: Promise<string> | undefined;
async function makeStore(at: string): Promise<void> {
  store ??= madeStore();
  cpSync(join(await store, "store"), join(at, "store"), { recursive: true });
}

async function madeStore(): Promise<string> {
  const at = mkdtempSync(join(tmpdir(), "cuvam-te-manage-store-"));
  const place = JSON.stringify(storeIn(at));
  const code = `import("./src/platform/db/migrate.ts").then(({ migrate }) => migrate({ file: ${place}, url: undefined }))`;
  const { status, said } = await run({}, "-e", code);
  if (status !== 0) throw new Error(said);
  return at;
}
afterAll(async () => {
  if (store) rmSync(await store, { recursive: true, force: true });
});

describe(`manage ${COMMANDS.join(" and ")}`, () => {
  it("makes nothing where no store is, and says so", async () => {
    for (const { status, said, at } of await inFolders(async () => undefined)) {
      expect([at, status, said]).toEqual([at, 1, expect.stringContaining("There is no store of this version at")]);
      expect(readdirSync(at)).toEqual([]);
    }
  });

  it("does not change a store of another version", async () => {
    const ended = await inFolders(async (at) => {
      mkdirSync(join(at, "store"));
      new Sqlite(storeIn(at)).exec("create table older (x)").close();
    });
    for (const { status, said, at } of ended) {
      expect([at, status, said]).toEqual([at, 1, expect.stringContaining("There is no store")]);
      expect(new Sqlite(storeIn(at)).prepare("select name from sqlite_master").all()).toEqual([{ name: "older" }]);
    }
  });

  it("makes no secrets for a store that has others", async () => {
    for (const { status, said, at } of await inFolders(makeStore)) {
      expect([at, status, said]).toEqual([at, 1, expect.stringContaining("There is no secrets file")]);
      expect(existsSync(join(at, "secrets.json"))).toBe(false);
    }
  }, 60_000);

  it("works on the store that is there, and says what it found", async () => {
    await makeStore(folder);
    const secrets = await loadSecrets(join(folder, "secrets.json"), true);
    const [purged, found] = await Promise.all([manage("purge", folder), manage("verify-audit", folder)]);
    expect(purged).toMatchObject({ status: 0 });
    expect(found).toEqual({ status: 0, said: expect.stringContaining("the audit chain holds") });
    expect(found.said).toContain(`nothing is noted in ${headFile(join(folder, "secrets.json"))}`);
    const changed = new Sqlite(storeIn(folder));
    changed.exec(
      "insert into audit_entry (id, at, actor_kind, action, subject_kind, detail) values ('x', 9, 'system', 'a', 'case', '{}')",
    );
    changed.close();
    expect(await manage("verify-audit", folder)).toEqual({
      status: 1,
      said: expect.stringContaining("audit inserted at position 0"),
    });
    const noted = { position: 9, hash: "h", mark: markOf(secrets, "audit head", "9", "h") };
    writeFileSync(headFile(join(folder, "secrets.json")), JSON.stringify(noted));
    expect((await manage("verify-audit", folder)).said).toContain("audit cut at position 9");
    writeFileSync(headFile(join(folder, "secrets.json")), "{");
    expect((await manage("verify-audit", folder)).said).toContain("is no note of this service");
    const waiting = new Sqlite(storeIn(folder));
    waiting.exec("insert into audit_pending (entry_id, mark) values ('x', '')");
    waiting.close();
    expect((await manage("verify-audit", folder)).said).toContain("entries of the record have waited");
  }, 60_000);
});

describe("manage import-institutions", () => {
  it("looks at a file, applies it where asked, and ends with 1 where a line is wrong", async () => {
    await makeStore(folder);
    await loadSecrets(join(folder, "secrets.json"), true);
    const [wrong, right] = [join(folder, "wrong.csv"), join(folder, "right.csv")];
    const head = "id;type;name;municipality;note";
    writeFileSync(wrong, `${head}\na;csw;Centar;Čačak;x\nb;csw;Центар;Атлантида;y\n`);
    writeFileSync(right, `${head}\na;csw;Centar;Zemun;x\nc;csw;Центар;Чачак;y\n`);
    const ended = await manageAt(
      folder,
      ...[`import-institutions ${wrong}`, `import-institutions ${wrong} --apply`],
      ...[`import-institutions --right-lines-only --apply ${wrong}`, `import-institutions ${right}`],
      ...[`import-institutions ${right} --apply`, `import-institutions ${right} --apply`],
      ...[`import-institutions ${right} --aply`, "import-institutions", `import-institutions ${folder}/no.csv`],
      `import-institutions ${folder}/secrets.json`,
    );
    const lines = ended.map(({ status, said }) => [status, ...said.trim().split("\n")]);
    const fault = "line 3, Municipality: There is no such municipality. “Атлантида”";
    const named = "These headings mean nothing here and are passed over: note.";
    const alone = (identifier: string) => `new without a fallback, which is no fault: 1 (${identifier})`;
    const broken = [fault, "line 2: Centar → Центар", alone("a"), named];
    const counts = "changed 0, the same 0, wrong 1, left out too 0, not named 0";
    expect(lines.slice(0, 3)).toEqual([
      [1, ...broken, `new 1, ${counts}`, "A trial: nothing was changed. Add --apply to apply it."],
      [1, ...broken, `new 1, ${counts}`, expect.stringContaining("Nothing was applied")],
      [1, ...broken, `new 1, ${counts}`, "Applied."],
    ]);
    const second = "new 1, changed 1, the same 0, wrong 0, left out too 0, not named 0";
    expect(lines.slice(3, 6)).toEqual([
      [0, alone("c"), named, second, expect.stringContaining("A trial")],
      [0, alone("c"), named, second, "Applied."],
      [0, named, "new 0, changed 0, the same 2, wrong 0, left out too 0, not named 0", "There was nothing to apply."],
    ]);
    expect(lines.slice(6)).toEqual([
      [2, expect.stringContaining("usage: npm run manage")],
      [2, expect.stringContaining("usage: npm run manage")],
      [1, `The file ${folder}/no.csv cannot be read.`],
      [1, expect.stringContaining("the columns cannot be told apart")],
    ]);
    const store = new Sqlite(storeIn(folder));
    expect(store.prepare("select identifier, territory from institution order by identifier").all()).toEqual([
      { identifier: "a", territory: "rs-zemun" },
      { identifier: "c", territory: "rs-cacak" },
    ]);
    expect(store.prepare("select distinct actor_kind from audit_entry").all()).toEqual([{ actor_kind: "system" }]);
    store.close();
  }, 60_000);
});

it("manage new-recovery-key needs no store and makes none", async () => {
  expect((await manage("new-recovery-key", folder)).said).toMatch(/RECOVERY_RECIPIENT=age1/);
  expect(readdirSync(folder)).toEqual([]);
});
