import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { isPostgres } from "#platform/db/columns.ts";
import { loadConfig } from "../src/config.ts";
import { startService } from "../src/serve.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "cuvam-te-serve-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the service on SQLite in this folder and returns what it says until it listens. */
async function saidAtStart(environment: Record<string, string>): Promise<string> {
  const env = { PATH: process.env.PATH, PORT: "0", DATA_DIR: join(folder, "store"), ...environment };
  const started = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
    cwd: ROOT,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  for await (const chunk of started.stdout) {
    said += String(chunk);
    if (said.includes("set up ")) break;
  }
  started.kill();
  return said;
}

it("a service without a recovery recipient says at its start what that means, in one line", async () => {
  const lines = (await saidAtStart({})).split("\n").filter((line) => line.includes("RECOVERY_RECIPIENT"));
  expect(lines).toEqual([expect.stringContaining("nobody can open its reports")]);
  expect(lines[0]).toContain('"level":40');
}, 30_000);

it("and says nothing of it where there is one", async () => {
  expect(await saidAtStart({ RECOVERY_RECIPIENT: `age1${"q".repeat(58)}` })).not.toContain("RECOVERY_RECIPIENT");
}, 30_000);

// Its store is of this process's own engine, and whether the line is secure has nothing to do with it.
it.skipIf(isPostgres)(
  "a service that answers other machines without TLS takes no report over its own port and shows numbers",
  async () => {
    const config = loadConfig({ HOST: "0.0.0.0", PORT: "0", DATA_DIR: join(folder, "plain") });
    const service = await startService(config, { demo: false });
    const address = service.url.replace("0.0.0.0", "127.0.0.1");
    const seen = await fetch(`${address}/en/report`);
    expect([seen.status, (await seen.text()).includes("This line is not secure.")]).toEqual([503, true]);
    await service.stop();
  },
  30_000,
);
