import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPostgres } from "#platform/db/columns.ts";
import { databaseUrl, openTestDatabase } from "../support/database.ts";

const folder = mkdtempSync(join(tmpdir(), "cuvam-te-demo-"));
const lines: string[] = [];
let url = "";
let stop: () => Promise<unknown> = async () => undefined;

beforeAll(async () => {
  const { PATH = "" } = process.env;
  const database = isPostgres ? await openTestDatabase() : undefined;
  const env: Record<string, string> = { PATH, DATA_DIR: join(folder, "store"), PORT: String(await freePort()) };
  if (database) env.DATABASE_URL = database.place.url ?? databaseUrl("postgres");
  const demo = spawn(process.execPath, ["--import", "tsx", "src/demo.ts"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => demo.once("exit", resolve));
  stop = async () => {
    demo.kill("SIGTERM");
    await ended;
    await database?.close();
  };
  for await (const line of createInterface({ input: demo.stdout })) {
    lines.push(line);
    if (line.startsWith("listening ")) break;
  }
  demo.stdout.resume();
  url = lines.at(-1)?.replace("listening ", "") ?? "";
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const at = server.address();
      server.close(() => resolve(typeof at === "object" && at ? at.port : 0));
    });
  });
}

const said = (kind: string) =>
  lines.filter((line) => line.startsWith(`demo ${kind} `)).map((line) => line.split(" ").slice(2));
const NOTE = "Demonstration: invented data, nobody reads this; in danger call 192";

/** Sends a form as a browser would and follows where it leads. */
async function send(
  path: string,
  form: Record<string, string>,
): Promise<{ cookie: string; page: string; status: number }> {
  const sent = await fetch(url + path, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
    headers: { origin: url },
  });
  const cookie = sent.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const page = async (path: string) => (await fetch(url + path, { headers: { cookie } })).text();
  const next = sent.headers.get("location");
  return { cookie, page: next ? await page(next) : await sent.text(), status: sent.status };
}

/** The status of a page that a browser asks for by another name than the machine's own. */
function statusByName(host: string, path: string, cookie = ""): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url + path, { headers: { host, cookie } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on("error", reject);
    asked.end();
  });
}

describe("the demonstration", () => {
  it("prints its address, accounts and codes, one a line", () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(said("account").length).toBeGreaterThanOrEqual(8);
    expect(said("code").length).toBeGreaterThanOrEqual(4);
    for (const [role, email, password] of said("account")) {
      expect(role).toMatch(/^[a-z]+$/);
      expect(email).toMatch(/^\S+@\S+\.invalid$/);
      expect(password).toMatch(/^\S{10,}$/);
    }
    for (const [state, ...groups] of said("code")) {
      expect(state).toMatch(/^[a-z-]+$/);
      expect(groups.join(" ")).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);
    }
  });

  it("has accounts that sign in and see its reports, opened with their own keys", async () => {
    const operators = said("account").filter(([role]) => role === "triage");
    expect(operators).toHaveLength(3);
    for (const [, email = "", password = ""] of operators) {
      const { status, page, cookie } = await send("/staff/session", { email, password });
      expect([status, email]).toEqual([303, email]);
      // Who stands in for the triage desk finds its reports behind the desk's name.
      const [, desk = ""] = /href="(\/staff\/cases\?desk=[^"]*triage[^"]*)"/.exec(page) ?? [];
      const list = desk ? await (await fetch(url + desk, { headers: { cookie } })).text() : page;
      const [, path] = /href="(\/staff\/cases\/\d{4}-\d+)["?]/.exec(list) ?? [];
      expect(path, email).toBeDefined();
      const sheet = await fetch(url + path, { headers: { cookie } });
      expect([sheet.status, email]).toEqual([200, email]);
    }
  });

  it("shows its invented reports over any line, also to who comes by another name", async () => {
    const [, email = "", password = ""] = said("account").find(([role]) => role === "triage") ?? [];
    const { cookie } = await send("/staff/session", { email, password });
    expect(await statusByName("school.example", "/staff/cases", cookie)).toBe(200);
    expect(await statusByName("school.example", "/en/report")).toBe(200);
  });

  it("has an account for each kind of work, which finds its own pages and no report", async () => {
    const others = said("account").filter(([role]) => role !== "triage");
    expect(others.map(([role]) => role)).toEqual(["admin", "school", "csw", "police", "supervisor"]);
    for (const [, email = "", password = ""] of others) {
      const { status, page, cookie } = await send("/staff/session", { email, password });
      expect([status, page.includes('href="/staff/account"'), page.includes("/staff/cases")]).toEqual([
        303,
        true,
        false,
      ]);
      expect((await fetch(`${url}/staff/cases`, { headers: { cookie } })).status, email).toBe(404);
    }
  });

  it("has codes that each open a report in the state that is said", async () => {
    for (const [state = "", ...groups] of said("code")) {
      const { status, page } = await send("/en/track", { code: groups.join(" ") });
      expect([status, state]).toEqual([303, state]);
      expect(page).toContain("Your report");
      if (state === "answered") expect(page).toContain("There is an answer for you further down the page.");
    }
  });

  it("says on every page that it is one, in every language", async () => {
    const [, email = "", password = ""] = said("account")[0] ?? [];
    const { cookie } = await send("/staff/session", { email, password });
    for (const path of [
      "/en/",
      "/en/help",
      "/en/report",
      "/en/track",
      "/en/privacy",
      "/en/about",
      "/en/page",
      "/en/nowhere",
    ]) {
      expect(await (await fetch(url + path)).text(), path).toContain(NOTE);
    }
    for (const path of ["/sr/", "/sr-Latn/", "/staff"]) {
      expect(await (await fetch(url + path)).text(), path).toContain('class="demo-note"');
    }
    for (const path of ["/staff/cases", "/staff/account", "/staff/cases/2026-000000"]) {
      expect(await (await fetch(url + path, { headers: { cookie } })).text(), path).toContain('class="demo-note"');
    }
  });

  it("takes a new report, and its own address leads to the person's language", async () => {
    const { status, page } = await send("/en/report", {});
    expect(status).toBe(303);
    expect(page).toContain("Is somebody in danger right now?");
    const home = await fetch(`${url}/`, { redirect: "manual", headers: { "accept-language": "en" } });
    expect(home.headers.get("location")).toBe("/en/");
  });
});
