import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import { newBudget } from "#platform/http/budget.ts";
import { guard, guardedRoutes } from "#platform/http/guard.ts";
import { newBudgets } from "#platform/platform.ts";
import { begin } from "./reporting/journey.ts";
import { openTestApp, type TestApp } from "./support/app.ts";
import { newVisitor, type Visitor } from "./support/browser.ts";
import { fillReport, numbersOn, signInAs, track, unpaced } from "./support/journey.ts";

const HOST = "http://test.local";
const TABLES = ["draft", "case_file", "case_event", "entry", "audit_entry", "session", "tracking_session", "person"];
let test: TestApp;
/** Somebody with everything open in one browser: a draft, a place in the queue, a report by its code, a staff session. */
let everybody: Visitor;
let addresses: readonly string[];

beforeAll(async () => {
  // One room to begin, which the draft takes: the next who begins has to wait.
  const budgets = { ...newBudgets(), drafts: newBudget({ burst: 1, perSecond: 1 }) };
  test = await openTestApp(unpaced({ budgets }));
  everybody = newVisitor(test);
  const { code } = await fillReport(everybody);
  const at = await begin(everybody);
  await everybody.post("/en/report", {});
  await track(everybody, code);
  const [number = ""] = numbersOn(await signInAs(everybody));
  await everybody.post("/en/computer", { shared: "yes" });
  const known: Readonly<Record<string, string>> = { draft: at.split("/").at(-1) ?? "", step: "1", number };
  addresses = guardedRoutes(test.app)
    .filter(({ method }) => method === "GET")
    .map(({ path }) =>
      path.replace(/:(\w+)(?:\{([^}]*\}?[^}]*)\})?/g, (_, name: string, choice = "") =>
        name === "lang" ? "en" : (known[name] ?? (/^[a-z|]+$/.test(choice) ? choice.split("|")[0] : "x")),
      ),
    );
});
afterAll(() => test.close());

/** Everything that is stored, so that one changed row is seen. */
async function everything(): Promise<string> {
  const rows = await Promise.all(TABLES.map((table) => test.database.raw(`select * from ${table}`)));
  return JSON.stringify(rows);
}

function head(path: string): Response | Promise<Response> {
  const cookie = [...everybody.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return test.app.request(HOST + path, { method: "HEAD", headers: { host: "test.local", cookie } });
}

describe("a request for the headers alone", () => {
  it("of any page changes nothing and gives no cookie, whatever is open in the browser", async () => {
    // A session of which half is over is prolonged by the next look at a page.
    await test.database.raw(`update session set expires_at = ${Date.now() + 10 * 60_000}`);
    // Later, so that whatever is prolonged by looking would be seen to move.
    test.pass(2000);
    const before = await everything();
    expect(addresses.length).toBeGreaterThan(25);
    expect(addresses).toContain("/en/report/turn");
    for (const path of addresses) {
      const answered = await head(path);
      expect(answered.headers.getSetCookie(), path).toEqual([]);
      expect(await everything(), path).toBe(before);
    }
  });

  it("would have been seen to write: the same by GET begins a draft and records a reading", async () => {
    const [number] = numbersOn(await everybody.get("/staff/cases"));
    const before = await everything();
    await everybody.get(`/staff/cases/${number}`);
    const read = await everything();
    expect(read).not.toBe(before);
    expect((await everybody.get("/en/report/turn")).path).toMatch(/\/r\/[\w-]+\/1$/);
    expect(await everything()).not.toBe(read);
  });

  it("says of a page that is not for everybody neither whether it exists nor what is on it", async () => {
    const answers = await Promise.all(
      ["/staff/cases", "/staff/cases/2026-000001", "/en/r/nobodys/4", "/en/track"].map(head),
    );
    const said = answers.map(({ status, headers }) => [status, headers.get("location"), headers.get("content-length")]);
    expect(new Set(said.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify([200, null, null])]));
  });

  it("reaches no handler behind a guard, where GET does", async () => {
    let reached = 0;
    const app: Routes = new Hono<AppEnv>().get(
      "/closed",
      guard("some", (_, next) => next()),
      (c) => {
        reached++;
        return c.text("x");
      },
    );
    await app.request(`${HOST}/closed`, { method: "HEAD" });
    expect(reached).toBe(0);
    await app.request(`${HOST}/closed`);
    expect(reached).toBe(1);
  });
});
