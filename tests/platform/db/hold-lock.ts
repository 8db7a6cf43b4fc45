import { spawn } from "node:child_process";
import { once } from "node:events";
import pg from "pg";

/** Takes the lock that every write needs from outside this process, as a backup does; returns what lets it go. */
export async function holdLock({ file, url }: { readonly file: string; readonly url: string | undefined }) {
  return url ? holdOnPostgres(url) : holdOnSqlite(file);
}

async function holdOnPostgres(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("begin");
  await client.query("lock table job in access exclusive mode");
  let ended: Promise<void> | undefined;
  return () => {
    ended ??= client.end();
    return ended;
  };
}

const HOLD = `
  const Sqlite = require("better-sqlite3");
  const connection = new Sqlite(process.argv[1]);
  connection.exec("begin immediate");
  process.stdout.write("held");
  process.stdin.resume().on("end", () => { connection.exec("rollback"); connection.close(); });
`;

async function holdOnSqlite(file: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ["-e", HOLD, file], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  const exited = once(child, "exit");
  return async () => {
    child.stdin.end();
    await exited;
  };
}
