import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardedRoutes } from "#platform/http/guard.ts";
import { answerWhole, storable } from "#platform/http/storable.ts";
import { assetPath } from "#platform/views/assets.ts";
import { begin } from "../../reporting/journey.ts";
import { newVisitor, type Seen } from "../../support/browser.ts";
import { overTheLine } from "../../support/over-the-line.ts";
import { openTestServer, type TestServer } from "../../support/server.ts";
import { HOST, smallApp } from "./small-app.ts";

/** What a browser may keep; everything else proves on a shared phone what was read there. */
const KEPT = ["/", "/about", "/accessibility", "/help", "/privacy"];

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) => newVisitor(server).get(path, headers);
const tagOn = ({ headers }: Seen) => headers.get("etag") ?? "";

describe("a page that a browser may keep", () => {
  it.each(KEPT)("%s is kept by the browser alone, which asks each time whether it still holds", async (path) => {
    const first = await get(`/en${path}`);
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(tagOn(first)).toMatch(/^W\/"[\w-]{16}"$/);
    const again = await get(`/en${path}`, { "if-none-match": tagOn(first) });
    expect([again.status, again.text, tagOn(again)]).toEqual([304, "", tagOn(first)]);
    expect(again.headers.get("cache-control")).toBe("private, no-cache");
    expect(again.headers.get("vary")).toBe(first.headers.get("vary"));
  });

  it("has another tag in each language, and the same for everybody and in every encoding", async () => {
    const tags = await Promise.all(["/sr/", "/sr-Latn/", "/en/"].map(async (path) => tagOn(await get(path))));
    expect(new Set(tags).size).toBe(3);
    for (const encoding of ["br", "gzip", "identity"]) {
      const other = newVisitor(server, new Map([["r", "A".repeat(43)]]));
      expect(tagOn(await other.get("/en/", { "accept-encoding": encoding }))).toBe(tags[2]);
    }
  });

  it.each([
    ["the tag among others", (tag: string) => `"x", ${tag}, W/"y"`, 304],
    ["the tag without its mark of weakness", (tag: string) => tag.slice(2), 304],
    ["any tag", () => "*", 304],
    ["another tag", () => 'W/"AAAAAAAAAAAAAAAA"', 200],
    ["a part of the tag", (tag: string) => tag.slice(0, -3), 200],
    ["nothing", () => "", 200],
  ])("answers a browser that holds %s", async (_, held, status) => {
    const tag = tagOn(await get("/en/help"));
    expect((await get("/en/help", { "if-none-match": held(tag) })).status).toBe(status);
  });

  it("is packed once for everybody, and anew when it changed", async () => {
    let words = "one ";
    const { app } = smallApp((routes) => routes.get("/en/kept", storable, (c) => answerWhole(c, words.repeat(400))));
    const ask = async (encoding: string) => {
      const response = await app.request(`${HOST}/en/kept`, {
        headers: { "accept-encoding": encoding, cookie: "c=1" },
      });
      return Buffer.from(await response.arrayBuffer());
    };
    const read = async () => [brotliDecompressSync(await ask("br")), gunzipSync(await ask("gzip"))].map(String);
    for (let turn = 0; turn < 100; turn++) {
      words = `turn ${turn} `;
      for (const text of [...(await read()), ...(await read())]) expect(text).toBe(words.repeat(400));
    }
  });

  it("that changed is sent again", async () => {
    let words = "one";
    const { app } = smallApp((routes) => routes.get("/en/changing", storable, (c) => answerWhole(c, words)));
    const first = await app.request(`${HOST}/en/changing`);
    const headers = { "if-none-match": first.headers.get("etag") ?? "", cookie: "c=1" };
    expect((await app.request(`${HOST}/en/changing`, { headers })).status).toBe(304);
    words = "two";
    const second = await app.request(`${HOST}/en/changing`, { headers });
    expect([second.status, await second.text()]).toEqual([200, "two"]);
  });
});

describe("every other page", () => {
  it("is kept nowhere and has no tag, whatever the browser says it holds", async () => {
    const paths = guardedRoutes(server.app)
      .filter(({ method }) => method === "GET")
      .map(({ path }) => path.replace(/:lang\{[^}]*\}/, "en"))
      .filter((path) => !path.includes(":"));
    const at = await begin(newVisitor(server));
    const others = [...paths, `${at}/1`, "/en/nowhere"].filter((path) => !KEPT.includes(path.replace(/^\/en/, "")));
    expect(others.length).toBeGreaterThan(10);
    for (const path of others) {
      const { status, headers } = await get(path, { "if-none-match": "*" });
      expect([path, headers.get("cache-control"), headers.has("etag")]).toEqual([path, "no-store", false]);
      expect(status, path).not.toBe(304);
    }
  });

  it("a step of a report is kept nowhere in the browser that holds it", async () => {
    const visitor = newVisitor(server);
    const { status, headers } = await visitor.get(`${await begin(visitor)}/1`, { "if-none-match": "*" });
    expect([status, headers.get("cache-control"), headers.has("etag")]).toEqual([200, "no-store", false]);
  });

  it("the way to a language depends on what the browser prefers, and says so", async () => {
    const { status, headers } = await get("/");
    expect([status, headers.get("vary"), headers.get("cache-control")]).toEqual([303, "Accept-Language", "no-store"]);
  });
});

describe("a file named by its content", () => {
  it("is kept for ever, and a browser that asks all the same hears that it holds it", async () => {
    const path = assetPath("app.css");
    const first = await get(path, { "accept-encoding": "br" });
    expect(first.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const again = await get(path, { "accept-encoding": "gzip", "if-none-match": tagOn(first) });
    expect([again.status, again.text]).toEqual([304, ""]);
    expect(again.headers.get("cache-control")).toBe(first.headers.get("cache-control"));
    expect((await get(path, { "if-none-match": '"other"' })).status).toBe(200);
  });

  it("in another version is not there, even for a browser that says it holds anything", async () => {
    expect((await get("/static/00000000/app.css", { "if-none-match": "*" })).status).toBe(404);
  });
});

describe("a general page that was just made", () => {
  it("serves whoever comes without a cookie, and is made anew for everybody else and after a second", async () => {
    let made = 0;
    const { app } = smallApp((routes) => routes.get("/en/page", storable, (c) => answerWhole(c, `<p>${++made}</p>`)));
    const ask = async (path = "/en/page", cookie?: string) =>
      (await app.request(path, { headers: cookie ? { cookie } : {} })).text();
    expect([await ask(), await ask()]).toEqual(["<p>1</p>", "<p>1</p>"]);
    expect([await ask("/en/page", "c=1"), await ask("/en/page?voice=adult")]).toEqual(["<p>2</p>", "<p>3</p>"]);
    expect(await ask()).toBe("<p>1</p>");
    await expect.poll(() => ask(), { timeout: 3000 }).toBe("<p>4</p>");
  });
});

describe("a request for the headers alone", () => {
  it.each(["/en/", "/en/help", assetPath("app.css")])(
    "of %s is answered over the line as the page, without it",
    async (path) => {
      const line = overTheLine(server.url);
      const ask = (method: string) =>
        line.app.request(`http://test.local${path}`, {
          method,
          headers: { host: "test.local", "accept-encoding": "br" },
        });
      const [whole, head] = [await ask("GET"), await ask("HEAD")];
      expect([head.status, await head.text()]).toEqual([200, ""]);
      const facts = ({ headers }: Response) => [...headers].filter(([name]) => !/^(date|connection)$/.test(name));
      expect(facts(head)).toEqual(facts(whole));
    },
  );

  it("of a page that the browser holds is answered 304", async () => {
    const tag = tagOn(await get("/en/"));
    const response = await server.app.request("http://test.local/en/", {
      method: "HEAD",
      headers: { "if-none-match": tag },
    });
    expect(response.status).toBe(304);
  });
});
