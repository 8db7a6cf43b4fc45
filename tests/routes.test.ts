import { readFileSync } from "node:fs";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppEnv, Routes } from "#platform/http/app.ts";
import { guardedRoutes, open } from "#platform/http/guard.ts";
import { openTestApp, type TestApp } from "./support/app.ts";
import { newVisitor } from "./support/browser.ts";

/** Every address that people or programs may have kept, with its guard; one that goes needs a redirect in its place. */
const KEPT = (JSON.parse(readFileSync(new URL("route-list.json", import.meta.url), "utf8")) as string[]).map((line) =>
  // What asks once more who it is stands behind it, and is compared in tests/step-up.test.ts.
  line.replace(/ stepUp$/, ""),
);

/** Each route as a line, such as `GET /en/help open`. */
function lines(app: Routes): string[] {
  return guardedRoutes(app)
    .map(({ method, path, guard }) => `${method} ${path} ${guard ?? "UNGUARDED"}`)
    .sort();
}

/** A guard must stand first: behind a handler it guards nothing. */
function unguarded(app: Routes): string[] {
  const seen = new Set<string>();
  return app.routes.flatMap((route) => {
    const { method, path } = route;
    if (method === "ALL" || seen.has(`${method} ${path}`)) return [];
    seen.add(`${method} ${path}`);
    const alone = { routes: [route] } as unknown as Routes;
    return guardedRoutes(alone)[0]?.guard === undefined ? [`${method} ${path}`] : [];
  });
}

function difference(kept: readonly string[], present: readonly string[]) {
  return {
    gone: kept.filter((line) => !present.includes(line)),
    unlisted: present.filter((line) => !kept.includes(line)),
  };
}

let service: TestApp;
beforeAll(async () => {
  service = await openTestApp();
});
afterAll(() => service.close());

describe("every route of the service", () => {
  it("has a guard, which stands before everything else", () => {
    expect(service.app.routes.length).toBeGreaterThan(20);
    expect(unguarded(service.app)).toEqual([]);
  });

  it("is in tests/route-list.json, and every route of that list is there", () => {
    expect(difference(KEPT, lines(service.app))).toEqual({ gone: [], unlisted: [] });
  });

  it("takes a word of a list as it is: neither longer nor beginning otherwise", async () => {
    const bare = KEPT.filter((line) => /\{(?!\(\?:)[^}]*\|/.test(line));
    expect(bare).toEqual([]);
    const visitor = newVisitor(service);
    for (const tag of ["srx", "xen", "children", "sr.html", "staffen", "staff-en", "xsr-Latnx"])
      for (const path of [`/${tag}/report`, `/${tag}/track`, `/${tag}/`])
        expect([path, (await visitor.get(path)).status]).toEqual([path, 404]);
    expect((await visitor.post("/children/report", {})).status).toBe(404);
  });

  it("below /staff is open to nobody who has not signed in, except signing in itself and the first set-up", () => {
    const open = KEPT.filter((line) => / \/staff/.test(line) && / (open|sensitive)$/.test(line));
    const addresses = open.map((line) => line.replace(/ \w+$/, ""));
    expect(
      addresses.filter((address) => !/^(GET|POST) \/staff(\/session|\/setup\/:token|\/recover)?$/.test(address)),
    ).toEqual([]);
  });

  it("below /staff shows a visitor nothing and does nothing", async () => {
    const visitor = newVisitor(service);
    for (const line of KEPT.filter((each) => / \/staff\//.test(each) && !/ (open|sensitive)$/.test(each))) {
      const [method = "", path = ""] = line.replaceAll(/:\w+(\{[^}]*\})?/g, "1").split(" ");
      const seen = method === "GET" ? await visitor.get(path) : await visitor.post(path, { any: "thing" });
      expect([303, 403, 404], line).toContain(seen.status);
      if (seen.status === 303) expect(seen.path, line).toMatch(/^\/staff$|^\/\w[\w-]*\/page$/);
    }
  });
});

describe("the checks can fail", () => {
  const answer = (c: { text(words: string): Response }) => c.text("x");

  it("a bare route and one whose guard comes too late are found", () => {
    const app: Routes = new Hono<AppEnv>()
      .get("/bare", answer)
      .get("/late", answer, open)
      .post("/guarded", open, answer);
    expect(unguarded(app)).toEqual(["GET /bare", "GET /late"]);
    expect(lines(app)).toContain("GET /bare UNGUARDED");
  });

  it("a route that vanished, a new one, and one whose guard changed are found", () => {
    expect(difference(["GET /a open", "GET /b open"], ["GET /b open"])).toEqual({
      gone: ["GET /a open"],
      unlisted: [],
    });
    expect(difference(["GET /a open"], ["GET /a open", "GET /c open"])).toEqual({
      gone: [],
      unlisted: ["GET /c open"],
    });
    expect(difference(["GET /a may"], ["GET /a open"])).toEqual({ gone: ["GET /a may"], unlisted: ["GET /a open"] });
  });
});
