import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isPlain, loadConfig } from "../src/config.ts";

const folder = mkdtempSync(join(tmpdir(), "cuvam-te-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string): string {
  const path = join(folder, `value-${Math.random()}`);
  writeFileSync(path, content);
  return path;
}

const RECIPIENT = `age1${"q".repeat(58)}`;

describe("an empty environment", () => {
  it("is enough: loopback, SQLite in data/store, secrets beside it, Serbia, no mail", () => {
    expect(loadConfig({})).toEqual({
      host: "127.0.0.1",
      port: 3000,
      baseUrl: undefined,
      dataDir: resolve("data/store"),
      databaseFile: resolve("data/store/cuvam-te.sqlite"),
      filesFolder: resolve("data/store/files"),
      databaseUrl: undefined,
      country: "RS",
      secretsFile: resolve("data/store-secrets.json"),
      smtpUrl: undefined,
      mailFrom: "noreply@localhost",
      contactEmail: undefined,
      recoveryRecipient: undefined,
      recoveryIdentityFile: undefined,
      backupDir: undefined,
      backupKeep: 30,
    });
  });

  it("is the same as one whose variables are empty", () => {
    const empty = { HOST: "", PORT: "", BASE_URL: "", DATABASE_URL: "", SMTP_URL: "", RECOVERY_RECIPIENT: "" };
    expect(loadConfig(empty)).toEqual(loadConfig({}));
  });

  it("keeps the secrets out of the folder that is backed up", () => {
    const { secretsFile, dataDir } = loadConfig({ DATA_DIR: "/var/lib/cuvam-te" });
    expect(secretsFile.startsWith(`${dataDir}/`)).toBe(false);
  });
});

describe("secrets inside the folder that is backed up", () => {
  it.each(["/data/store/secrets.json", "/data/store/deep/secrets.json", "/data/store/..secrets.json"])(
    "are refused: %s",
    (path) => {
      expect(() => loadConfig({ DATA_DIR: "/data/store", SECRETS_FILE: path })).toThrow(
        /SECRETS_FILE lies inside DATA_DIR/,
      );
    },
  );

  it("but not beside it", () => {
    for (const path of ["/data/secrets.json", "/data/store-secrets.json", "/secrets.json"])
      expect(loadConfig({ DATA_DIR: "/data/store", SECRETS_FILE: path }).secretsFile).toBe(path);
  });
});

describe("what is set", () => {
  it("is used", () => {
    const config = loadConfig({
      HOST: "0.0.0.0",
      PORT: "8080",
      BASE_URL: "https://cuvamte.example",
      DATA_DIR: "/data",
      DATABASE_URL: "postgresql://u:p@db/x",
      SECRETS_FILE: "/run/secrets.json",
      SMTP_URL: "smtps://u:p@mail:465",
      MAIL_FROM: "noreply@cuvamte.example",
      RECOVERY_RECIPIENT: RECIPIENT,
      CONTACT_EMAIL: "pomoc@cuvamte.example",
    });
    expect(config).toMatchObject({
      host: "0.0.0.0",
      port: 8080,
      baseUrl: "https://cuvamte.example",
      databaseFile: "/data/cuvam-te.sqlite",
      databaseUrl: "postgresql://u:p@db/x",
      secretsFile: "/run/secrets.json",
      smtpUrl: "smtps://u:p@mail:465",
      recoveryRecipient: RECIPIENT,
      contactEmail: "pomoc@cuvamte.example",
    });
  });

  it("may stand in a file, without the line end that editors add", () => {
    const smtp = file("smtp://u:p@mail:25\n");
    expect(loadConfig({ SMTP_URL_FILE: smtp }).smtpUrl).toBe("smtp://u:p@mail:25");
    expect(loadConfig({ SMTP_URL_FILE: smtp, SMTP_URL: "smtp://nearer" }).smtpUrl).toBe("smtp://nearer");
  });

  it("as something that is no variable of the service changes nothing", () => {
    expect(loadConfig({ PATH: "/bin", PORTS: "x" })).toEqual(loadConfig({}));
  });
});

describe("an environment that is not usable", () => {
  const bad = {
    PORT: "seventy-secret",
    BASE_URL: "ftp://secret.example",
    DATABASE_URL: "mysql://user:secret@db/x",
    COUNTRY: "secret",
    SMTP_URL: "http://secret",
    RECOVERY_RECIPIENT: "AGE-SECRET-KEY-1SECRET",
  };

  function complaint(environment: Record<string, string>): string {
    try {
      loadConfig(environment);
    } catch (error) {
      return String(error);
    }
    return "";
  }

  it("is refused with one error that lists every bad variable without its value", () => {
    const said = complaint(bad);
    for (const name of Object.keys(bad)) expect(said).toContain(name);
    expect(said).not.toMatch(/secret/i);
  });

  it.each(Object.entries(bad))("is refused for %s alone, and nothing else is blamed", (name, value) => {
    const blamed = [...complaint({ [name]: value }).matchAll(/→ at (\w+)/g)].map(([, variable]) => variable);
    expect(blamed).toEqual([name]);
  });

  it("does not print what a file of a secret holds, nor hide which file is missing", () => {
    expect(complaint({ DATABASE_URL_FILE: file("mysql://user:secret@db") })).not.toMatch(/secret/);
    expect(complaint({ SMTP_URL_FILE: join(folder, "nowhere") })).toContain("nowhere");
  });

  it.each([
    ["PORT", "-1"],
    ["PORT", "65536"],
    ["PORT", "1.5"],
    ["COUNTRY", "rs"],
    ["RECOVERY_RECIPIENT", `age1pq1${"q".repeat(1900)}`],
    ["RECOVERY_RECIPIENT", `${RECIPIENT} ${RECIPIENT}`],
  ])("with %s=%s is refused", (name, value) => {
    expect(complaint({ [name]: value })).toContain(name);
  });
});

describe("what people send can be read on its way", () => {
  it.each([
    [{}, false],
    [{ HOST: "::1" }, false],
    [{ HOST: "localhost", BASE_URL: "http://127.0.0.1:8080" }, false],
    [{ BASE_URL: "https://example.org" }, false],
    [{ HOST: "0.0.0.0", BASE_URL: "https://example.org" }, false],
    [{ HOST: "0.0.0.0" }, true],
    [{ HOST: "::" }, true],
    [{ HOST: "192.168.1.2" }, true],
    [{ HOST: "127.example.org" }, true],
    [{ HOST: "0.0.0.0", BASE_URL: "http://example.org" }, true],
    // A server in front that does no TLS either.
    [{ HOST: "127.0.0.1", BASE_URL: "http://example.org" }, true],
  ] as const)("with %o: %s", (environment, plain) => {
    expect(isPlain(loadConfig(environment))).toBe(plain);
  });
});

describe("the engine of the database", () => {
  const columns = new URL("../src/platform/db/columns.ts", import.meta.url).href;
  const code = `import(${JSON.stringify(columns)}).then((kit) => process.stdout.write(String(kit.isPostgres)))`;

  it.each([
    ["in a file", {}, "postgres://u:p@db/x\n", true],
    ["in a file beside an empty variable", { DATABASE_URL: "" }, "postgres://u:p@db/x\n", true],
    ["nowhere, since the file is empty", {}, "\n", false],
  ] as const)(
    "is the same for the tables as for the configuration when the address stands %s",
    (_, more, content, on) => {
      const env = { PATH: process.env.PATH, ...more, DATABASE_URL_FILE: file(content) };
      const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "-e", code], {
        env: env as NodeJS.ProcessEnv,
      });
      expect(loadConfig(env).databaseUrl !== undefined).toBe(on);
      expect(stdout.toString()).toBe(String(on));
    },
  );
});
