import { expect } from "vitest";
import { loadPages, publishPages } from "#library/index.ts";
import { LANGUAGES } from "#messages/messages.ts";
import { guardedRoutes } from "#platform/http/guard.ts";
import type { Visitor } from "./browser.ts";
import { signInAs } from "./journey.ts";
import { newStaff } from "./new-staff.ts";
import type { TestServer } from "./server.ts";

const MOST = 60;
/** What ends a session, and files that are no pages. */
const ELSEWHERE = /^\/staff\/(session|institutions\/(export|import\/example))/;
/** Where somebody of a role works, for each role that has pages of its own. */
const DESKS = {
  admin: undefined,
  triage: "desk-triage",
  supervisor: "desk-other",
  member: "desk-other",
  editor: undefined,
} as const;

/** Opens, for each role, every staff page without an id and whatever they lead to. */
export async function seeOffices(server: TestServer, openBrowser: () => Visitor): Promise<void> {
  const staff = guardedRoutes(server.app).flatMap(({ method, path }) =>
    method === "GET" && path.startsWith("/staff/") && !path.includes(":") && !ELSEWHERE.test(path) ? [path] : [],
  );
  for (const role of ["admin", "triage", "supervisor", "member", "editor"] as const) {
    await newStaff(server, role, DESKS[role], `${role}@offices.test`);
    const visitor = openBrowser();
    await signInAs(visitor, `${role}@offices.test`);
    expect(await countLinked(visitor, staff)).toBeGreaterThanOrEqual(staff.length);
  }
}

/** Opens each of these addresses and every staff page that they lead to, once each. Returns how many. */
async function countLinked(visitor: Visitor, paths: readonly string[]): Promise<number> {
  const seen = new Set<string>();
  const waiting = [...paths];
  for (let path = waiting.shift(); path !== undefined && seen.size < MOST; path = waiting.shift()) {
    if (seen.has(path) || ELSEWHERE.test(path)) continue;
    seen.add(path);
    const { text } = await visitor.get(path);
    for (const [, next = ""] of text.matchAll(/href="(\/staff[^"#]*)/g)) waiting.push(next.replaceAll("&amp;", "&"));
  }
  return seen.size;
}

/** Opens every page of the library in every language, published. */
export async function seeLibrary(server: TestServer, openBrowser: () => Visitor): Promise<void> {
  await loadPages(server.platform, server.country);
  const numbers = Array.from({ length: 30 }, (_, at) => at + 1);
  const chosen = numbers.map((number) => ({ number, edition: 1 }));
  await publishPages(server.platform, { kind: "system" }, chosen);
  const visitor = openBrowser();
  for (const lang of LANGUAGES)
    for (const path of ["", ...numbers.map((number) => `/${number}`)]) await visitor.get(`/${lang}/library${path}`);
}
