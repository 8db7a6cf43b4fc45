import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSetupToken } from "#accounts/index.ts";
import type { Plain } from "#platform/http/plain-line.ts";
import { createApp } from "../../src/app.ts";
import { COLLEAGUE, openTestApp, PASSWORD, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";
import { newTargets, type Targets } from "../support/new-targets.ts";
import { titleFaults } from "../support/page-rules.ts";

/** Every route with its guard, kept by hand; tests/routes.test.ts compares it with the service. */
const ROUTES = JSON.parse(readFileSync(new URL("../route-list.json", import.meta.url), "utf8")) as string[];
/** What shows or takes the words of a case, lists cases, or makes the key that opens them; said here by address. */
const CLOSED = /^(GET|POST) \/staff\/(cases|access|report|audit)\b|^POST \/staff\/start /;
const SENTENCE = "This line is not secure.";
const HOW = "docs/Caddyfile";

let test: TestApp;
let targets: Targets;
let workers: Readonly<Record<"triage" | "supervisor" | "admin", Visitor & { readonly id: string }>>;
beforeAll(async () => {
  test = await openTestApp(unpaced());
  await sendShortReport(newVisitor(test));
  targets = await newTargets(test);
  const triage = await newStaff(test, "triage");
  await targets.admit(triage.id);
  workers = {
    triage,
    supervisor: await newStaff(test, "supervisor", "desk-other"),
    admin: await newStaff(test, "admin"),
  };
});
afterAll(() => test.close());

/** The same service for who holds the cookies already, by its line. */
function over(plain: Plain, cookies?: Visitor["cookies"]): Visitor {
  const options = { country: test.country, baseUrl: undefined, recoveryRecipient: undefined, demo: false } as const;
  const app = createApp(test.platform, { ...options, plain, secondFactor: "offered" });
  return newVisitor({ app, pass: test.pass }, cookies);
}

function workerFor(guard: string) {
  if (guard === "case.ask") return workers.supervisor;
  return /^(case\.|report\.)/.test(guard) ? workers.triage : workers.admin;
}

interface Line {
  readonly plain: Plain;
  /** What a browser asks for. */
  readonly host: string;
}

/** Whoever may open it asks for a route below /staff over a line, each time with something of the person's own. */
async function statusOf(line: string, { plain, host }: Line): Promise<number> {
  const [method = "", path = "", guard = ""] = line.split(" ");
  const who = workerFor(guard);
  const at = await targets.addressOf(path, { standing: "own", viewerId: who.id, ownDesk: "desk-triage" });
  const visitor = over(plain, new Map(who.cookies));
  const from = { host, origin: `http://${host}` };
  return (await (method === "GET" ? visitor.get(at, from) : visitor.post(at, { any: "thing" }, from))).status;
}

const CASE_ROUTES = ROUTES.filter((line) => CLOSED.test(line));
const OTHERS = ROUTES.filter((line) => /^GET \/staff\b/.test(line) && !CLOSED.test(line) && !/:token/.test(line));

describe("where others can read along", () => {
  const closed: readonly Line[] = [
    { plain: true, host: "test.local" },
    { plain: "unlessLocal", host: "school.example" },
  ];
  const open: readonly Line[] = [
    { plain: false, host: "test.local" },
    { plain: "unlessLocal", host: "localhost:3000" },
  ];

  it("there are as many routes of cases as the list has, so that each is asked for below", () => {
    expect(CASE_ROUTES.length).toBeGreaterThan(25);
    expect(OTHERS.length).toBeGreaterThan(25);
  });

  it.each(closed)("everything that shows or takes what a case says is closed: $plain, $host", async (line) => {
    const wrong: string[] = [];
    for (const route of CASE_ROUTES) {
      const status = await statusOf(route, line);
      if (status !== 503) wrong.push(`${route}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(open)("and nothing is where nobody can: $plain, $host", async (line) => {
    const wrong: string[] = [];
    for (const route of CASE_ROUTES) {
      // A key that is made here would change what the next one says.
      if (route.startsWith("POST /staff/start")) continue;
      const status = await statusOf(route, line);
      if (status >= 500) wrong.push(`${route}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it("what sets the service up stays open, so that somebody can mend it", async () => {
    const wrong: string[] = [];
    for (const route of OTHERS) {
      const status = await statusOf(route, { plain: true, host: "test.local" });
      if (status >= 500) wrong.push(`${route}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it("the page says what is closed and how to get TLS, under a title that tells nothing, and leads on", async () => {
    const seen = await over(true, workers.triage.cookies).get("/staff/cases");
    for (const part of [SENTENCE, HOW, "docs/nginx.conf", 'href="/staff/account"']) expect(seen.text).toContain(part);
    expect(titleFaults(seen.text)).toEqual([]);
    expect((await over(true, workers.triage.cookies).get("/staff/account")).status).toBe(200);
  });

  it("a note is given back to whoever wrote it, is not sent once more, and is not kept", async () => {
    const [number = ""] = numbersOn(await workers.triage.get("/staff/cases"));
    const entries = await test.database.raw("select id from entry");
    const seen = await over(true, workers.triage.cookies).post(`/staff/cases/${number}/notes`, {
      note: "my long note",
    });
    expect(seen.status).toBe(503);
    expect(seen.text).toMatch(/<textarea readonly[^>]*>\s*my long note<\/textarea>/);
    expect(seen.text).not.toContain("/notes");
    expect(await test.database.raw("select id from entry")).toHaveLength(entries.length);
  });

  it("somebody who may not open it finds no page there, over any line", async () => {
    expect((await over(true, workers.admin.cookies).get("/staff/cases")).status).toBe(404);
    expect((await over(true).get("/staff/cases")).path).toBe("/staff");
  });

  it("signing in is possible and warns of what is closed", async () => {
    const visitor = over("unlessLocal");
    const { text } = await visitor.get("/staff", { "accept-language": "en" });
    for (const part of [HOW, "cases and the record of who did what are closed"]) expect(text).toContain(part);
    const local = await over("unlessLocal").get("/staff", { host: "localhost:3000", "accept-language": "en" });
    expect(local.text).not.toContain(HOW);
    expect((await over(true).post("/staff/session", { email: COLLEAGUE, password: PASSWORD })).path).toBe(
      "/staff/cases",
    );
  });
});

describe("a new service where others can read along", () => {
  const ADMIN = { name: "Ana Administrator", email: "ana@admin.test", password: "twelve letters", language: "en" };

  it("is set up, but its recovery key is made over a secure line alone", async () => {
    const fresh = await openTestApp({ withDesk: false, ...unpaced() });
    const options = { country: fresh.country, baseUrl: undefined, recoveryRecipient: undefined, demo: false } as const;
    const app = createApp(fresh.platform, { ...options, plain: "unlessLocal", secondFactor: "offered" });
    const admin = newVisitor({ app });
    const form = {
      ...ADMIN,
      size: "country",
      operator: "Example ministry",
      stage: "3",
      offered: ["sr", "sr-Latn", "en"],
    };
    const made = await admin.post(`/staff/setup/${await makeSetupToken(fresh.platform)}`, form);
    expect(made.status).toBe(200);
    await signInAs(admin, ADMIN.email, ADMIN.password);
    const list = await admin.get("/staff/start");
    expect(list.text).toContain("It can be made once people reach the service over https.");
    expect(list.text).not.toContain('action="/staff/start"');
    expect(list.text).toContain("takes no reports");
    const refused = await admin.post("/staff/start", {});
    expect([refused.status, refused.text.includes(HOW), refused.text.includes("AGE-SECRET-KEY")]).toEqual([
      503,
      true,
      false,
    ]);
    expect(await fresh.database.raw("select name from setting where name = 'recovery'")).toEqual([]);
    const here = { host: "localhost:3000", origin: "http://localhost:3000" };
    expect((await admin.get("/staff/start", here)).text).toContain('action="/staff/start"');
    expect((await admin.post("/staff/start", {}, here)).text).toContain("AGE-SECRET-KEY");
    await fresh.close();
  });
});
