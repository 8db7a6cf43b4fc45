import { execFile } from "node:child_process";

const ROOT = new URL("../..", import.meta.url).pathname;

export interface Turn {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface Ended {
  readonly status: number;
  readonly said: string;
}

/** Runs commands one after the other in one process: to start one takes a hundred times as long as what it does. */
export async function manageInTurn(turns: readonly Turn[], stdin = ""): Promise<Ended[]> {
  const engine = turns[0]?.environment.DATABASE_URL;
  const code = `(async () => {
    const write = process.stdout.write.bind(process.stdout);
    const ended = [];
    for (const [turn, { command, environment }] of ${JSON.stringify(turns)}.entries()) {
      Object.assign(process.env, { RECOVERY_RECIPIENT: "", RECOVERY_IDENTITY_FILE: "" }, environment);
      process.argv.splice(2, process.argv.length, ...command);
      let said = "";
      process.stdout.write = process.stderr.write = (text) => { said += text; return true; };
      await import("./src/manage.ts?turn=" + turn);
      ended.push({ status: process.exitCode, said });
    }
    process.exitCode = 0;
    write(JSON.stringify(ended));
  })()`;
  const env = { PATH: process.env.PATH, ...(engine ? { DATABASE_URL: engine } : {}) } as NodeJS.ProcessEnv;
  const said = await new Promise<string>((resolve) => {
    const given = ["--import", "tsx", "-e", code, "manage", "…"];
    const child = execFile(process.execPath, given, { cwd: ROOT, env }, (_, out, err) => resolve(out || err));
    child.stdin?.end(stdin);
  });
  if (!said.startsWith("[")) throw new Error(said);
  return JSON.parse(said);
}
