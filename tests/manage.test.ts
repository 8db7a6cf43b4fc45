import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSecrets } from "#platform/crypto/secrets.ts";

const ROOT = new URL("..", import.meta.url).pathname;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cuvam-te-manage-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command as an administrator would, on SQLite in this folder. */
function manage(command: string, environment: Record<string, string> = {}) {
  const env = {
    PATH: process.env.PATH,
    DATA_DIR: join(folder, "store"),
    SECRETS_FILE: join(folder, "secrets.json"),
    ...environment,
  };
  const run = spawnSync(process.execPath, ["--import", "tsx", "src/manage.ts", command], {
    cwd: ROOT,
    env: env as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
  return { status: run.status, said: run.stdout + run.stderr };
}

/** A store as a service leaves it, made in another process because the tables of this one may be PostgreSQL's. */
function makeStore(): void {
  const file = JSON.stringify(join(folder, "store/cuvam-te.sqlite"));
  const code = `import("./src/platform/db/migrate.ts").then(({ migrate }) => migrate({ file: ${file}, url: undefined }))`;
  const env = { PATH: process.env.PATH } as NodeJS.ProcessEnv;
  const run = spawnSync(process.execPath, ["--import", "tsx", "-e", code], { cwd: ROOT, env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
}

describe.each(["verify-audit", "purge"])("manage %s", (command) => {
  it("makes nothing where no store is, and says so", () => {
    const { status, said } = manage(command);
    expect([status, said]).toEqual([1, expect.stringContaining("There is no store of this version at")]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("does not change a store of another version", () => {
    mkdirSync(join(folder, "store"));
    const file = join(folder, "store/cuvam-te.sqlite");
    new Sqlite(file).exec("create table older (x)").close();
    expect(manage(command)).toMatchObject({ status: 1, said: expect.stringContaining("There is no store") });
    expect(new Sqlite(file).prepare("select name from sqlite_master").all()).toEqual([{ name: "older" }]);
  });

  it("makes no secrets for a store that has others", () => {
    makeStore();
    expect(manage(command)).toMatchObject({ status: 1, said: expect.stringContaining("There is no secrets file") });
    expect(existsSync(join(folder, "secrets.json"))).toBe(false);
  });

  it("works on the store that is there", async () => {
    makeStore();
    await loadSecrets(join(folder, "secrets.json"), true);
    expect(manage(command).status).toBe(0);
  });
});

describe("manage verify-audit", () => {
  it("says what it found", async () => {
    makeStore();
    await loadSecrets(join(folder, "secrets.json"), true);
    expect(manage("verify-audit").said).toContain("the audit chain holds");
    const store = new Sqlite(join(folder, "store/cuvam-te.sqlite"));
    store.exec(
      "insert into audit_entry (id, at, actor_kind, action, subject_kind, detail) values ('x', 9, 'system', 'a', 'case', '{}')",
    );
    store.close();
    expect(manage("verify-audit")).toEqual({
      status: 1,
      said: expect.stringContaining("audit inserted at position 0"),
    });
  });
});

it("manage new-recovery-key needs no store and makes none", () => {
  expect(manage("new-recovery-key").said).toMatch(/RECOVERY_RECIPIENT=age1/);
  expect(readdirSync(folder)).toEqual([]);
});
