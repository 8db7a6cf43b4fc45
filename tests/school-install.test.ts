import { type ChildProcess, execFile, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { enrol, recoveryCodeOn } from "./support/account.ts";
import type { Authenticator } from "./support/authenticator.ts";
import { newVisitor, type Visitor } from "./support/browser.ts";
import { fillReport, numbersOn, track } from "./support/journey.ts";
import { overTheLine } from "./support/over-the-line.ts";

/*
 * What README promises a school: it installs the service without mail, answers its first report, makes a backup, and
 * brings it back elsewhere. Every step is a command of README or a page.
 */

const ROOT = new URL("..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "cuvam-te-school-"));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** The smallest machine a school has is one of 1 GB: so much each process may hold at its peak, beside its system. */
const MOST_MB = 600;
/** The most that each process held, by what it did; empty where the system does not tell (it stands in /proc on Linux). */
const peaks = new Map<string, number>();

/** Reads again and again what a process held at most, since the file is gone with the process. */
function watchPeak(what: string, { pid }: ChildProcess): () => void {
  const status = `/proc/${pid}/status`;
  const read = () => {
    const [, kilobytes] = existsSync(status) ? (/^VmHWM:\s+(\d+) kB$/m.exec(readOr(status)) ?? []) : [];
    if (kilobytes) peaks.set(what, Math.max(peaks.get(what) ?? 0, Number(kilobytes) / 1024));
  };
  const timer = setInterval(read, 20);
  return () => {
    read();
    clearInterval(timer);
  };
}

/** The process may end between two steps. */
function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Where one installation keeps its store, its secrets and its backups. */
function placeIn(name: string) {
  const at = join(folder, name);
  mkdirSync(join(at, "backups"), { recursive: true });
  return {
    name,
    backups: join(at, "backups"),
    env: { PATH: process.env.PATH, DATA_DIR: join(at, "store"), SECRETS_FILE: join(at, "secrets.json") },
  };
}
type Place = ReturnType<typeof placeIn>;

interface Started {
  readonly url: string;
  readonly setupLink: string | undefined;
  stop(): Promise<void>;
}

async function start({ env, name }: Place): Promise<Started> {
  const command = ["--import", "tsx", "src/main.ts"];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    env: { ...env, PORT: "0" } as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "ignore"],
  });
  running.add(child);
  const seePeak = watchPeak(`server ${name}`, child);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`it ended with ${code}: ${said}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString("utf8");
      const [, at] = /^listening (\S+)$/m.exec(said) ?? [];
      if (at) setTimeout(() => resolve(at), 50);
    });
  });
  const setupLink = /^set up (\S+)$/m.exec(said)?.[1];
  return {
    url,
    setupLink: setupLink && new URL(setupLink).pathname,
    async stop() {
      seePeak();
      child.kill("SIGTERM");
      await gone;
      running.delete(child);
    },
  };
}

/** Runs a command of `npm run manage`; what a person types goes to its standard input. */
function manage({ env }: Place, command: readonly string[], typed = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", "src/manage.ts", ...command],
      { cwd: ROOT, env: env as NodeJS.ProcessEnv },
      (error, out, err) => {
        seePeak();
        return error ? reject(new Error(`${command.join(" ")}: ${out}${err}`)) : resolve(out);
      },
    );
    const seePeak = watchPeak(command.filter((part) => !part.startsWith("/")).join(" "), child);
    child.stdin?.end(typed);
  });
}

const PASSWORD = "a long school password";
const ADMIN = { name: "Ana Administrator", email: "ana@school.test", password: PASSWORD, language: "en" };
const TEAM = { name: "Tara Tim", email: "tara@school.test", role: "triage", language: "en", leads: "yes" };

const visitorTo = ({ url }: Started) => newVisitor(overTheLine(url));

/** From the one-time link to the list of what is missing, and the recovery key from it with the mark for its paper. */
async function setUp(service: Started): Promise<{ admin: Visitor; recovery: string; mark: string }> {
  const admin = visitorTo(service);
  const school = { size: "school", operator: "ОШ „Пример“", type: "primary_school", territory: "rs-nis", stage: "3" };
  const offered = ["sr", "sr-Latn", "en"];
  recoveryCodeOn(await admin.post(service.setupLink ?? "", { ...ADMIN, ...school, offered }));
  await enrol(admin, { ...ADMIN, now: Date.now() });
  const made = await admin.post("/staff/start", {});
  const [recovery = ""] = /AGE-SECRET-KEY-1[A-Z0-9]+/.exec(made.text) ?? [];
  const [, mark = ""] = />((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})</.exec(made.text) ?? [];
  expect([recovery, mark]).not.toContain("");
  return { admin, recovery, mark };
}

/** The invitation is handed over as a link, since there is no mail. */
async function joinTeam(service: Started, admin: Visitor): Promise<{ member: Visitor; phone: Authenticator }> {
  const [, invite = ""] = /href="(\/staff\/team\/[\w-]+\/invite)"/.exec((await admin.get("/staff/start")).text) ?? [];
  const { text } = await admin.get((await admin.post(invite, TEAM)).path);
  const [, link = ""] = /<p class="address"[^>]*>http:\/\/[^/]+([^<]+)</.exec(text) ?? [];
  const member = visitorTo(service);
  recoveryCodeOn(await member.post(link, { name: TEAM.name, password: PASSWORD, language: "en" }));
  return { member, phone: await enrol(member, { email: TEAM.email, password: PASSWORD, now: Date.now() }) };
}

/** The starter content arrives as drafts, and the public reads what somebody of the school published. */
async function readFirstPage(service: Started, admin: Visitor): Promise<void> {
  expect((await admin.get("/staff/start")).text).toContain("30 pages wait as drafts");
  expect((await visitorTo(service).get("/en/library/7")).status).toBe(404);
  const { text } = await admin.get("/staff/library/7");
  await admin.post("/staff/library", { page: /name="page" value="([\d.]+)"/.exec(text)?.[1] ?? "" });
  expect((await admin.get("/staff/start")).text).toContain("29 pages wait as drafts");
  expect((await visitorTo(service).get("/en/library/7")).text).toContain("No child-protection professional");
}

it("a school installs it without mail, answers its first report, and opens every code and entry in another folder", async () => {
  const here = placeIn("here");
  const service = await start(here);
  expect((await visitorTo(service).post("/en/report", {})).status).toBe(503);
  const { admin, recovery, mark } = await setUp(service);
  const { member, phone } = await joinTeam(service, admin);
  await readFirstPage(service, admin);

  const codes: string[] = [];
  for (const story of ["the first words", "the second words"]) {
    const written = { "4": { forms: ["social"], story, truthful: "yes" }, "5": { environment: "family" } };
    codes.push((await fillReport(visitorTo(service), written, { sendAfter: "5" })).code);
  }
  const numbers = numbersOn(await member.get("/staff/cases"));
  expect(numbers).toHaveLength(2);
  for (const number of numbers) {
    await member.post(`/staff/cases/${number}/messages`, { message: `answer on ${number}` });
    await member.post(`/staff/cases/${number}/notes`, { note: `note on ${number}` });
  }
  for (const code of codes) expect((await track(visitorTo(service), code)).text).toContain("answer on");

  const file = join(here.backups, "copy.age");
  expect(await manage(here, ["backup", file])).toContain("rows that open reports");
  expect(await manage(here, ["backup", "--verify", file], `${recovery}\n`)).toContain("is whole");
  await service.stop();

  const there = placeIn("there");
  copyFileSync(`${here.env.SECRETS_FILE}.age`, `${there.env.SECRETS_FILE}.age`);
  expect(await manage(there, ["restore", file, "--mark", mark], `${recovery}\n`)).toContain("the audit chain holds");
  const again = await start(there);
  expect(again.setupLink).toBeUndefined();
  for (const code of codes) expect((await track(visitorTo(again), code)).text).toContain("answer on");
  const back = visitorTo(again);
  expect((await back.post("/staff/session", { email: TEAM.email, password: PASSWORD })).path).toBe(
    "/staff/second-factor",
  );
  // The code that was taken here is not taken there: it came along.
  const next = Date.now() + 30_000;
  expect((await back.post("/staff/second-factor", { code: phone.codeAt(next) })).status).toBe(303);
  const shown = await Promise.all(numbers.map(async (number) => (await back.get(`/staff/cases/${number}`)).text));
  for (const [at, text] of shown.entries()) {
    expect(text).toContain(`answer on ${numbers[at]}`);
    expect(text).toContain(`note on ${numbers[at]}`);
  }
  expect(shown.map((text) => /the (first|second) words/.exec(text)?.[0]).sort()).toEqual([
    "the first words",
    "the second words",
  ]);
  expect((await visitorTo(again).get("/en/library/7")).status).toBe(200);
  await again.stop();
}, 120_000);

it.runIf(existsSync("/proc/self/status"))("no process of it holds more than a machine of 1 GB has to give", () => {
  // The mark of a backup is another each time.
  const said = [...peaks].map(([what, megabytes]) => [what.replace(/ --mark.*/, ""), Math.round(megabytes)] as const);
  expect(said.map(([what]) => what).sort()).toEqual([
    "backup",
    "backup --verify",
    "restore",
    "server here",
    "server there",
  ]);
  for (const [what, megabytes] of said) {
    // A number that is too small was read of something else.
    expect([what, megabytes > 40], `${megabytes} MB`).toEqual([what, true]);
    expect([what, megabytes < MOST_MB], `${megabytes} MB`).toEqual([what, true]);
  }
});
