import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Permission, ROLE_NAMES, type Role } from "#accounts/roles.ts";
import { OPERATOR, openTestApp, PASSWORD, type TestApp } from "./support/app.ts";
import { newVisitor, type Seen, type Visitor } from "./support/browser.ts";
import { sendShortReport, signInAs, unpaced } from "./support/journey.ts";
import { newStaff } from "./support/new-staff.ts";
import { newTargets, type Standing, type Targets } from "./support/new-targets.ts";

/*
 * Who reaches what: every role, at every route below /staff, for what is the person's own, for what is another's, and in
 * a conflict of interest. What is expected stands here once more, apart from the table that the service works by.
 */

/** Every route with its guard, kept by hand; tests/routes.test.ts compares it with the service. */
const ROUTES = (JSON.parse(readFileSync(new URL("route-list.json", import.meta.url), "utf8")) as string[])
  .map((line) => {
    const [method = "", path = "", guard = ""] = line.split(" ");
    return { line: `${method} ${path}`, method, path, guard };
  })
  .filter(({ path }) => path.startsWith("/staff"));

const AT_DESKS: readonly Role[] = ["triage", "member", "supervisor", "helpline"];
/** Which roles may do what; who leads a desk may manage its people besides. */
const MAY: Readonly<Record<Permission, readonly Role[]>> = {
  "account.own": ROLE_NAMES,
  "case.list": ["triage"],
  "case.read": ["triage"],
  "case.write": ["triage"],
  "case.ask": ["supervisor"],
  "deadline.list": ["triage", "supervisor"],
  "report.onBehalf": AT_DESKS,
  "directory.read": [...AT_DESKS, "admin", "outreach"],
  "directory.change": ["admin"],
  "desk.silentBelow": ["admin", "triage", "supervisor"],
  "desk.silentAll": ["admin", "triage"],
  "team.own": AT_DESKS,
  "team.read": [...AT_DESKS, "admin"],
  "people.read": ["admin"],
  "people.manage": ["admin"],
  "audit.read": ["admin"],
  "library.publish": ["admin", "editor"],
  "service.start": ["admin"],
  "recovery.make": ["admin"],
};

/** What an address with an id names; every such route has one here, and a new one has to be added. */
type Kind = "case" | "grant" | "review" | "desk" | "invitation" | "anybody" | "directory" | "session" | "link" | "text";
const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^\/staff\/cases\/:number/, "case"],
  [/^\/staff\/access\/:number/, "grant"],
  [/^\/staff\/deadlines\/:deadline/, "review"],
  [/^\/staff\/team\/:desk/, "desk"],
  [/^\/staff\/invitations\/:id/, "invitation"],
  [/^\/staff\/people\/:id/, "anybody"],
  [/^\/staff\/(institutions|absences|opening)\/(import\/)?:(id|absence)/, "directory"],
  [/^\/staff\/sessions\/:session/, "session"],
  [/^\/staff\/library\/:number/, "text"],
  [/^\/staff\/(setup|invitations)\/:token/, "link"],
];
const kindOf = (path: string) => KINDS.find(([pattern]) => pattern.test(path))?.[1];

function standingsOf(kind: Kind | undefined): readonly Standing[] {
  if (kind === "case" || kind === "grant" || kind === "review") return ["own", "other", "conflict", "conflictOfHouse"];
  return kind === "desk" || kind === "invitation" ? ["own", "other"] : ["plain"];
}

interface Who {
  readonly role: Role;
  readonly leads: boolean;
}

/** Whether somebody should come in; otherwise the page does not exist. */
function mayEnter({ role, leads }: Who, guard: string, kind: Kind | undefined, standing: Standing): boolean {
  // No link was sent.
  if (kind === "link") return false;
  if (guard === "halfway" || guard === "sensitive") return true;
  const permission = guard as Permission;
  if (!MAY[permission].includes(role) && !(permission === "people.manage" && leads)) return false;
  if (kind === "case" || kind === "grant" || kind === "review") return standing === "own";
  if (kind === "desk") return role === "admin" || standing === "own";
  if (kind === "invitation") return role === "admin" || (leads && standing === "own");
  return true;
}

let test: TestApp;
let targets: Targets;
beforeAll(async () => {
  test = await openTestApp(unpaced());
  await sendShortReport(newVisitor(test));
  targets = await newTargets(test);
});
afterAll(() => test.close());

/** Signing out, wherever it is done, ends the session with which the next route would be tried. */
const ENDS_SESSION = /^POST \/staff\/(session\/end|sessions\/end|account\/password|second-factor)/;

/** What is done there ends at the way in or at the second factor, and has not been refused. */
const LEADS_OUT: Readonly<Record<string, string>> = {
  "POST /staff/session/end": "/staff",
  "POST /staff/sessions/end": "/staff",
  "POST /staff/second-factor/lost": "/staff/second-factor",
};

/** Whether somebody came in: a page that does not exist, a refusal, and the ways to sign in are all outside. */
function hasEntered(line: string, { status, path }: Seen): boolean {
  if (status === 303)
    return LEADS_OUT[line] === path || !/^\/staff(\/second-factor|\/confirm)?([?#]|$)|^\/(?!staff)/.test(path);
  return ![401, 403, 404].includes(status) && status < 500;
}

/** Asks for something and says what came of it; an address that only leads on is what it leads to. */
async function outcomeOf(visitor: Visitor, { line, method }: (typeof ROUTES)[number], at: string): Promise<Outcome> {
  const seen = method === "GET" ? await visitor.get(at) : await visitor.post(at, { any: "thing" });
  const entered = hasEntered(line, seen);
  const shown = entered && method === "GET" && seen.status === 303 ? await visitor.get(seen.path) : seen;
  return { entered: entered && hasEntered(line, shown), status: shown.status, path: shown.path };
}

interface Outcome {
  readonly entered: boolean;
  readonly status: number;
  readonly path: string;
}

/** Whoever is let in comes in, and for everybody else the page does not exist: any other answer is neither. */
function isAsExpected({ entered, status }: Outcome, expected: boolean): boolean {
  return expected ? entered : status === 404;
}

async function signInAgain(visitor: Visitor, email: string): Promise<void> {
  await visitor.post("/staff/session", { email, password: PASSWORD });
}

async function newWho({ role, leads }: Who): Promise<{ visitor: Visitor; id: string; email: string; deskId: string }> {
  const own = role === "triage" ? "desk-triage" : AT_DESKS.includes(role) ? "desk-other" : undefined;
  const email = `${role}-${leads}@access.test`;
  const visitor = await newStaff(test, role, role === "triage" ? undefined : own, email);
  if (role === "triage") await targets.admit(visitor.id);
  if (leads) await test.database.raw(`update desk_member set leads = true where person_id = '${visitor.id}'`);
  return { visitor, id: visitor.id, email, deskId: own ?? "desk-triage" };
}

describe("who reaches what", () => {
  it("is said for every route: each has a guard that is known, and what its ids name", () => {
    const known = [...Object.keys(MAY), "halfway", "sensitive", "invitation-link", "setup-link"];
    expect(ROUTES.filter(({ guard }) => !known.includes(guard)).map(({ line }) => line)).toEqual([]);
    expect(ROUTES.filter(({ path }) => path.includes(":") && !kindOf(path)).map(({ line }) => line)).toEqual([]);
    expect(kindOf("/staff/new-thing/:id")).toBeUndefined();
  });

  const all: Who[] = [
    ...ROLE_NAMES.map((role) => ({ role, leads: false })),
    ...AT_DESKS.map((role) => ({ role, leads: true })),
  ];
  it.each(all)(
    "by somebody of the role $role, leading a desk: $leads",
    async (person) => {
      const who = await newWho(person);
      const wrong: string[] = [];
      let tried = 0;
      for (const route of ROUTES) {
        const { line, path, guard } = route;
        const kind = kindOf(path);
        for (const standing of standingsOf(kind)) {
          const at = await targets.addressOf(path, { standing, viewerId: who.id, ownDesk: who.deskId });
          const came = await outcomeOf(who.visitor, route, at);
          if (!isAsExpected(came, mayEnter(person, guard, kind, standing)))
            wrong.push(`${line} ${standing}: ${came.status} ${came.path}`);
          tried += 1;
          if (ENDS_SESSION.test(line)) await signInAgain(who.visitor, who.email);
        }
      }
      expect(wrong).toEqual([]);
      expect(tried).toBeGreaterThan(100);
    },
    240_000,
  );

  it("takes a refusal, the way in and the second factor for no page that somebody reached", () => {
    const seen = (status: number, path: string): Seen => ({ status, path, text: "", headers: new Headers() });
    for (const path of ["/staff", "/staff?x=1", "/staff/second-factor", "/staff/confirm", "/en", "/leave"])
      expect(hasEntered("GET /staff/cases", seen(303, path)), path).toBe(false);
    for (const status of [401, 403, 404, 500, 503])
      expect(hasEntered("GET /staff/cases", seen(status, "/staff/cases")), `${status}`).toBe(false);
    expect(hasEntered("GET /staff/team", seen(303, "/staff/team/desk-triage"))).toBe(true);
    expect(hasEntered("POST /staff/session/end", seen(303, "/staff"))).toBe(true);
    expect(isAsExpected({ entered: false, status: 403, path: "/staff/cases" }, false)).toBe(false);
  });

  it("would tell a role that is let in too far, and one that is kept out", async () => {
    const operator = newVisitor(test);
    await signInAs(operator, OPERATOR);
    const at = await targets.addressOf("/staff/cases/:number{x}", {
      ...{ standing: "own", viewerId: "nobody", ownDesk: "desk-triage" },
    });
    expect((await operator.get(at)).status).toBe(200);
    expect(mayEnter({ role: "editor", leads: false }, "case.read", "case", "own")).toBe(false);
    expect(mayEnter({ role: "triage", leads: false }, "case.read", "case", "conflict")).toBe(false);
  });
});
