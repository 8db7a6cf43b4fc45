import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../support/app.ts";
import { newVisitor, type Seen } from "../../support/browser.ts";

let plain: TestApp;
let secure: TestApp;
beforeAll(async () => {
  plain = await openTestApp();
  secure = await openTestApp({ baseUrl: "https://test.local" });
});
afterAll(async () => {
  await plain.close();
  await secure.close();
});

/** About what goes over the wire: a name, a colon, a space, a value, an end of line. */
const weigh = (headers: Headers) =>
  [...headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
/** What the server itself adds to each answer. */
const SERVER = weigh(
  new Headers({ Date: new Date().toUTCString(), Connection: "keep-alive", "Keep-Alive": "timeout=5" }),
);

const PAGES = [
  "/en/",
  "/sr/",
  "/en/help",
  "/en/report",
  "/en/track",
  "/staff",
  "/en/nowhere",
  "/en/page",
  "/en/privacy",
];

async function open(path: string): Promise<Seen> {
  return newVisitor(plain).get(path, { "accept-encoding": "br" });
}

describe("the headers of a page", () => {
  it.each(PAGES)("%s weigh at most 700 bytes", async (path) => {
    expect(weigh((await open(path)).headers) + SERVER).toBeLessThanOrEqual(700);
  });

  it.each(PAGES)("%s let nothing in from another place, and tell other places nothing", async (path) => {
    const { headers } = await open(path);
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each(["/en/report", "/en/track", "/staff", "/en/nowhere"])("%s keep it out of every cache", async (path) => {
    expect((await open(path)).headers.get("cache-control")).toBe("no-store");
  });

  it("name neither the software nor its version", async () => {
    const { headers } = await open("/en/");
    expect([headers.has("server"), headers.has("x-powered-by")]).toEqual([false, false]);
  });
});

describe("the headers of a redirect", () => {
  it.each([
    ["/", 350],
    ["/favicon.ico", 350],
    // Leaving deletes every cookie and sets one; it is no part of a report's journey.
    ["/leave", 600],
  ])("of %s weigh at most %s bytes", async (path, most) => {
    const seen = await open(path);
    expect(seen.status).toBe(303);
    expect(weigh(seen.headers) + SERVER).toBeLessThanOrEqual(most);
  });

  it.each([
    ["over http", () => plain, {}],
    ["over https, with the longer names of cookies", () => secure, { origin: "https://test.local" }],
  ])("that begins a report weigh at most 350 bytes %s", async (_, service, headers) => {
    const seen = await newVisitor(service()).post("/en/report", {}, headers);
    expect(seen.status).toBe(303);
    expect(weigh(seen.headers) + SERVER).toBeLessThanOrEqual(350);
  });
});

describe("a cookie", () => {
  it("cannot be read by a script, is not sent along by another site, and over https not without encryption", async () => {
    for (const [service, headers] of [
      [plain, {}],
      [secure, { origin: "https://test.local" }],
    ] as const) {
      const { headers: answer } = await newVisitor(service).post("/en/report", {}, headers);
      const cookies = answer.getSetCookie();
      expect(cookies.length).toBeGreaterThan(0);
      for (const cookie of cookies) {
        expect(cookie).toMatch(/; HttpOnly/);
        expect(cookie).toMatch(/; SameSite=(Lax|Strict)/);
        expect(cookie).toMatch(/; Path=\//);
        expect(/^__Host-[^;]*;.*; Secure/.test(cookie)).toBe(service === secure);
        expect(cookie).not.toMatch(/; Domain=/i);
      }
    }
  });
});

describe("leaving", () => {
  it("clears what scripts stored, but neither the cookie that says so nor the cache", async () => {
    const { headers, path } = await open("/leave");
    expect(headers.get("clear-site-data")).toBe('"storage"');
    expect(path).toMatch(/^https:\/\//);
    expect(headers.get("referrer-policy")).toBe("same-origin");
  });
});
