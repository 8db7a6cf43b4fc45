import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { authenticatorFrom } from "../tests/support/authenticator.ts";
import { newAgent, newBrowser } from "./client.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const START_MS = 60_000;

export const OPERATOR = { email: "operator@bench.test", password: "long enough password" };

/** A real server in a process of its own. */
export interface Server {
  readonly url: string;
  readonly setupLink: string | undefined;
  /** Resident memory in MiB. */
  memory(): number;
  /** Processor time it has used, in milliseconds. */
  cpu(): number;
  /** `kill -9` of the very process that serves. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A server that outlives a bench that failed would load the machine for ever. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Where a server keeps its data, so that the next one finds it again. */
export interface Place {
  readonly folder: string;
  readonly databaseUrl: string | undefined;
  /** The same after each restart, as a browser expects. */
  readonly port: number;
}

const TICK_MS = 10;

/** The environment of a server at a place, for its process and for whoever opens its storage beside it. */
export function environmentOf({ folder, databaseUrl, port }: Place): Record<string, string> {
  return {
    HOST: "127.0.0.1",
    PORT: String(port),
    DATA_DIR: join(folder, "data"),
    SECRETS_FILE: join(folder, "secrets.json"),
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
  };
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Starts `src/main.ts` under this very Node, without npx between, so that a kill reaches the server itself. */
export async function startServer(
  place: Place,
  flags: readonly string[] = [],
  program = "src/main.ts",
): Promise<Server> {
  const child = spawn(process.execPath, [...flags, "--import", "tsx", program], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...environmentOf(place) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const said = await listening(child);
  child.once("exit", () => running.delete(child));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return gone;
  };
  return {
    url: /^listening (\S+)$/m.exec(said)?.[1] ?? "",
    setupLink: /^set up (\S+)$/m.exec(said)?.[1],
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024,
    cpu: () => cpuTicks(readFileSync(`/proc/${child.pid}/stat`, "utf8")) * TICK_MS,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

/** User and system time, fields 14 and 15 of proc(5); the name before them may hold spaces. */
function cpuTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

/** Waits for the line that says where it listens, and for the set-up link where one follows. */
function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const finish = () => {
      clearTimeout(late);
      child.stdout?.removeListener("data", hear);
      child.stdout?.resume();
      child.stderr?.resume();
      resolve(said);
    };
    const hear = (chunk: Buffer) => {
      said += chunk.toString("utf8");
      // Both lines are written in one tick, but a pipe may split them.
      if (/^listening .*\n/m.test(said)) setTimeout(finish, 30);
    };
    const fail = (why: string) => reject(new Error(`the server did not start: ${why}\n${said}`));
    const late = setTimeout(() => {
      child.kill("SIGKILL");
      fail("too late");
    }, START_MS);
    child.stdout?.on("data", hear);
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
    });
    child.once("exit", (code) => fail(`exit ${code}`));
  });
}

const ADMINISTRATOR = { email: "administrator@bench.test", password: OPERATOR.password };

/** Follows the one-time link and the invitation behind it, so that a triage desk with a person and a key receives reports. */
export async function setUp({ url, setupLink }: Server): Promise<void> {
  if (!setupLink) throw new Error("the server printed no set-up link");
  const agent = newAgent();
  const admin = newBrowser(agent, url);
  const service = { size: "country", operator: "Bench", stage: "3", offered: ["sr", "sr-Latn", "en"] };
  const person = { name: "Bench Administrator", language: "en", ...ADMINISTRATOR };
  expectStatus(200, await admin.post(new URL(setupLink).pathname, { ...service, ...person }));
  await admin.post("/staff/session", ADMINISTRATOR);
  const phone = authenticatorFrom(await admin.get("/staff/second-factor"));
  expectStatus(303, await admin.post("/staff/second-factor", { code: phone.codeAt(Date.now()) }));
  const [, invite = ""] = /href="(\/staff\/team\/[\w-]+\/invite)"/.exec((await admin.get("/staff/start")).text) ?? [];
  const wanted = { name: "Bench Operator", email: OPERATOR.email, role: "triage", language: "en" };
  const made = await admin.post(invite, wanted);
  const [, link = ""] =
    /(\/staff\/invitations\/[\w-]+\.[\w-]+)</.exec((await admin.get(made.location ?? "")).text) ?? [];
  const given = { name: wanted.name, password: OPERATOR.password, language: "en" };
  expectStatus(200, await newBrowser(agent, url).post(link, given));
  agent.destroy();
}

function expectStatus(wanted: number, { status }: { readonly status: number }): void {
  if (status !== wanted) throw new Error(`set-up refused: ${status} instead of ${wanted}`);
}
