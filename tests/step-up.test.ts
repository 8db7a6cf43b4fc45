import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATOR, openTestApp, PASSWORD, type TestApp } from "./support/app.ts";
import { newVisitor, type Seen, type Visitor } from "./support/browser.ts";
import { sendShortReport, signInAs, unpaced } from "./support/journey.ts";
import { newStaff } from "./support/new-staff.ts";
import { newTargets, type Targets } from "./support/new-targets.ts";

/*
 * What asks once more who it is: the lines of tests/route-list.json that say `stepUp`, and no others. Every route below
 * /staff is asked for six minutes after somebody showed who it is, so the service itself says which they are.
 */

interface Route {
  readonly line: string;
  readonly method: string;
  readonly path: string;
  readonly guard: string;
  readonly stepUp: boolean;
}
const ROUTES: readonly Route[] = (
  JSON.parse(readFileSync(new URL("route-list.json", import.meta.url), "utf8")) as string[]
)
  .map((line) => {
    const [method = "", path = "", guard = "", word] = line.split(" ");
    return { line: `${method} ${path}`, method, path, guard, stepUp: word === "stepUp" };
  })
  // Who has no whole session yet has nothing that could have grown old; confirming is the answer to what is asked.
  .filter(({ path, guard }) => path.startsWith("/staff") && !/^(halfway|sensitive|.*-link)$/.test(guard))
  .filter(({ line }) => line !== "POST /staff/confirm");

/** What changes who may read, or who someone is, asks once more; only looking for a name does not. */
const FAR_REACHING =
  /^POST \/staff\/(team\/|people\/|invitations\/|sessions\/|second-factor\/new|account\/(former|recovery-code)|start$|cases\/[^/]+\/(exclusions(?!\/find)|access\/))/;

const SIX_MINUTES = 6 * 60_000;
/** What a request could change, were it let through. */
const TABLES = [
  ...["person", "desk_member", "desk", "desk_key", "invitation", "known_device", "case_file", "case_exclusion"],
  ...["case_access", "apart_key_holder", "setting", "session", "audit_entry"],
];
const FIELDS = { any: "thing", leads: "yes", role: "outreach", last: "yes", days: "7", email: "nova@step.test" };

let test: TestApp;
let targets: Targets;
let workers: Readonly<Record<"triage" | "supervisor" | "admin", { visitor: Visitor; id: string; email: string }>>;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  await sendShortReport(newVisitor(test));
  targets = await newTargets(test);
  const [{ id: operatorId } = {}] = await test.database.raw(`select id from person where email = '${OPERATOR}'`);
  const triage = newVisitor(test);
  await signInAs(triage);
  const named = (email: string, who: Visitor & { readonly id: string }) => ({ visitor: who, id: who.id, email });
  workers = {
    triage: { visitor: triage, id: String(operatorId), email: OPERATOR },
    supervisor: named("s@step.test", await newStaff(test, "supervisor", "desk-other", "s@step.test")),
    admin: named("a@step.test", await newStaff(test, "admin", undefined, "a@step.test")),
  };
});
afterAll(() => test.close());

function workerFor({ guard }: Route) {
  if (guard === "case.ask") return workers.supervisor;
  return /^(case\.|report\.|team\.own)/.test(guard) ? workers.triage : workers.admin;
}

const asksAgain = ({ status, text }: Seen) => status === 200 && text.includes('name="confirmPassword"');

/** What is stored, by how much of each there is: whatever is written leaves a row of the audit too. */
async function stored(): Promise<string> {
  const counts = TABLES.map((table) => `(select count(*) from ${table}) as ${table}_rows`);
  return JSON.stringify(await test.database.raw(`select ${counts.join(", ")}`));
}

/** Whether a route asked once more, and whether it changed anything. */
async function tryLate(route: Route): Promise<{ asks: boolean; changed: boolean; carries: boolean }> {
  const { visitor, id } = workerFor(route);
  const address = await targets.addressOf(route.path, { standing: "own", viewerId: id, ownDesk: "desk-triage" });
  const [{ id: about } = {}] = await test.database.raw("select id from person where email = 'stranger@other.test'");
  const fields = { ...FIELDS, whom: `person:${about}`, person: String(about) };
  const before = await stored();
  const seen = route.method === "GET" ? await visitor.get(address) : await visitor.post(address, fields);
  const action = route.method === "GET" ? "/staff/confirm" : address;
  return {
    asks: asksAgain(seen),
    changed: (await stored()) !== before,
    carries: seen.text.includes(`action="${action}"`) && seen.text.includes(route.method === "GET" ? address : "thing"),
  };
}

describe("six minutes after somebody showed who it is", () => {
  it("asks once more, changes nothing and keeps what was typed, at every route that says so, and at no other", async () => {
    test.pass(SIX_MINUTES);
    const wrong: string[] = [];
    for (const route of ROUTES) {
      const { asks, changed, carries } = await tryLate(route);
      if (asks !== route.stepUp) wrong.push(`${route.line}: ${asks ? "asks unlisted" : "does not ask"}`);
      if (route.stepUp && changed) wrong.push(`${route.line}: changed something`);
      if (asks && !carries) wrong.push(`${route.line}: forgot what was typed`);
    }
    expect(wrong).toEqual([]);
    expect(ROUTES.filter(({ stepUp }) => stepUp).length).toBeGreaterThan(25);
  }, 120_000);

  it("is asked by everything far-reaching, also by what is new below these addresses", () => {
    const bare = ROUTES.filter(({ line, stepUp }) => FAR_REACHING.test(line) && !stepUp);
    expect(bare.map(({ line }) => line)).toEqual([]);
    for (const line of ["POST /staff/team/:desk/:person/new-thing", "POST /staff/cases/:number/exclusions/new"])
      expect(FAR_REACHING.test(line), line).toBe(true);
    expect(FAR_REACHING.test("POST /staff/people")).toBe(false);
  });

  it("is told apart from a page that asks nothing, and from an answer that changed something", async () => {
    const { visitor, email } = workers.admin;
    await visitor.post("/staff/session", { email, password: PASSWORD });
    const address = await targets.addressOf("/staff/people/:id{x}/sessions/end", {
      ...{ standing: "plain", viewerId: "nobody", ownDesk: "desk-triage" },
    });
    const before = await stored();
    expect(asksAgain(await visitor.post(address, FIELDS))).toBe(false);
    expect(await stored()).not.toBe(before);
  });
});
