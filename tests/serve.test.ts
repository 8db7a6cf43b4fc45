import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "cuvam-te-serve-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the service on SQLite in this folder and returns what it says until it listens. */
async function saidAtStart(
  environment: Record<string, string>,
  meanwhile: (said: string) => Promise<void> = async () => undefined,
): Promise<string> {
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
  await meanwhile(said);
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

it("a service that answers other machines without TLS takes no report over its own port, and tells staff how to mend it", async () => {
  let seen: [status: number, said: boolean] | undefined;
  let staff = "";
  await saidAtStart({ HOST: "0.0.0.0", DATA_DIR: join(folder, "plain") }, async (said) => {
    const [, port] = /^listening \S+:(\d+)$/m.exec(said) ?? [];
    const answer = await fetch(`http://127.0.0.1:${port}/en/report`);
    staff = await (await fetch(`http://127.0.0.1:${port}/staff`)).text();
    seen = [answer.status, (await answer.text()).includes("This line is not secure.")];
  });
  expect(seen).toEqual([503, true]);
  expect(staff).toContain("docs/Caddyfile");
}, 30_000);
