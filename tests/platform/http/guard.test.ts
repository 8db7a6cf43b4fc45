import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { AppEnv } from "#platform/http/app.ts";
import { assertGuarded, guard, guardedRoutes, open } from "#platform/http/guard.ts";

const closed = guard("closed", async (c) => c.text("no", 403));

describe("a route", () => {
  it("without a guard keeps the server from starting, and is named", () => {
    const app = new Hono<AppEnv>().get("/a", open, (c) => c.text("a")).post("/b", (c) => c.text("b"));
    expect(() => assertGuarded(app)).toThrow("routes without a guard: POST /b");
  });

  it("is guarded for each method by itself", () => {
    const app = new Hono<AppEnv>().get("/a", open, (c) => c.text("a")).post("/a", (c) => c.text("a"));
    expect(() => assertGuarded(app)).toThrow("POST /a");
  });

  it("of a feature needs its guard too", () => {
    const feature = new Hono<AppEnv>().get("/a", (c) => c.text("a"));
    expect(() => assertGuarded(new Hono<AppEnv>().route("/feature", feature))).toThrow("GET /feature/a");
  });

  it("behind a guard is listed with its name", () => {
    const app = new Hono<AppEnv>().get("/a", open, (c) => c.text("a")).get("/b", closed, (c) => c.text("b"));
    expect(guardedRoutes(app)).toEqual([
      { method: "GET", path: "/a", guard: "open" },
      { method: "GET", path: "/b", guard: "closed" },
    ]);
    expect(() => assertGuarded(app)).not.toThrow();
  });

  it("with a middleware that only looks like a guard is not guarded", () => {
    const app = new Hono<AppEnv>().get(
      "/a",
      async (_, next) => next(),
      (c) => c.text("a"),
    );
    expect(() => assertGuarded(app)).toThrow("GET /a");
  });

  it("that answers every method needs a guard as well", () => {
    const app = new Hono<AppEnv>().all("/a", (c) => c.text("a"));
    expect(() => assertGuarded(app)).toThrow("/a");
  });

  it("whose guard stands behind its handler is not guarded", () => {
    const app = new Hono<AppEnv>().get("/a", (c) => c.text("a"), open);
    expect(() => assertGuarded(app)).toThrow("GET /a");
  });
});

describe("a guard", () => {
  it("decides whether its route is reached", async () => {
    let reached = false;
    const app = new Hono<AppEnv>()
      .get("/closed", closed, (c) => {
        reached = true;
        return c.text("in");
      })
      .get("/open", open, (c) => c.text("in"));
    expect((await app.request("/closed")).status).toBe(403);
    expect(reached).toBe(false);
    expect(await (await app.request("/open")).text()).toBe("in");
  });
});
