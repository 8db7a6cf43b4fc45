import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "./server.ts";

/** A PostgreSQL server that lasts as long as the bench. */
export interface Cluster {
  readonly url: string;
  stop(): void;
}

const INSTALLED = "/usr/lib/postgresql";

/** Uses the server that `DATABASE_URL` names, or starts one of its own; undefined where none is installed. */
export async function findPostgres(given: string | undefined): Promise<Cluster | undefined> {
  if (given) return { url: given, stop: () => undefined };
  const programs = programsFolder();
  return programs ? startCluster(programs) : undefined;
}

function programsFolder(): string | undefined {
  try {
    const newest = readdirSync(INSTALLED)
      .sort((a, b) => Number(a) - Number(b))
      .at(-1);
    return newest && join(INSTALLED, newest, "bin");
  } catch {
    return undefined;
  }
}

/** Starts a cluster with PostgreSQL's own settings, above all with fsync: an unsafe one would measure nothing. */
async function startCluster(programs: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "cuvam-te-bench-postgres-"));
  const asRoot = process.getuid?.() === 0;
  // PostgreSQL refuses to run as root, so root lends it Debian's user.
  const run = (program: string, args: readonly string[]) => {
    const command = [join(programs, program), ...args];
    const [file = "", ...rest] = asRoot ? ["runuser", "-u", "postgres", "--", ...command] : command;
    execFileSync(file, rest, { cwd: folder, stdio: "ignore" });
  };
  chmodSync(folder, 0o755);
  if (asRoot) execFileSync("chown", ["postgres", folder]);
  const data = join(folder, "data");
  const port = await freePort();
  const login = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"];
  run("initdb", [`--pgdata=${data}`, ...login]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`;
  run("pg_ctl", [`--pgdata=${data}`, `--log=${join(folder, "log")}`, "--wait", `--options=${options}`, "start"]);
  const stop = () => {
    process.removeListener("exit", stop);
    run("pg_ctl", [`--pgdata=${data}`, "--mode=immediate", "stop"]);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", stop);
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
}

/** What decides how honest the figures are: the version, and whether a commit reaches the disk. */
export async function describePostgres(url: string): Promise<string> {
  const [row] = await query(
    url,
    "select current_setting('server_version') as version, current_setting('fsync') as fsync",
  );
  return `PostgreSQL ${row?.version}, fsync ${row?.fsync}`;
}

/** Makes an empty database beside the one that an address names, and returns its address. */
export async function createDatabase(server: string): Promise<string> {
  const name = `bench_${randomBytes(6).toString("hex")}`;
  await query(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes what `createDatabase` made, connections and all. */
export async function dropDatabase(server: string, url: string): Promise<void> {
  await query(server, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}

async function query(url: string, statement: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
