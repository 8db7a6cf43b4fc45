import { randomBytes } from "node:crypto";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { chooseEncoding } from "#platform/http/compress.ts";
import { HOST, smallApp } from "./small-app.ts";

const LONG = "<p>Једна реченица која се понавља. ".repeat(100);
/** Longer than what is packed without waking another thread. */
const LONGEST = LONG.repeat(10);
const NOISE = new Uint8Array(randomBytes(700));
const { app } = smallApp((routes) =>
  routes
    .get("/en/long", (c) => {
      c.header("set-cookie", "one=1; Path=/");
      c.header("set-cookie", "two=2; Path=/", { append: true });
      return c.html(LONG, 201);
    })
    .get("/en/longest", (c) => c.html(LONGEST))
    .get("/en/short", (c) => c.html("<p>short"))
    .get("/en/noise", (c) => c.body(NOISE, 200, { "content-type": "text/plain" }))
    .get("/en/picture", (c) => c.body(new Uint8Array(5000), 200, { "content-type": "image/webp" }))
    .get("/en/away", (c) => c.body(null, 303, { Location: "/" })),
);

async function get(path: string, accepted: string | undefined) {
  const response = await app.request(
    HOST + path,
    accepted === undefined ? {} : { headers: { "accept-encoding": accepted } },
  );
  return { response, body: Buffer.from(await response.arrayBuffer()) };
}

describe("a page", () => {
  it("is packed with brotli where the browser knows it, else with gzip, else not at all", async () => {
    const br = await get("/en/long", "gzip, deflate, br");
    expect(br.response.headers.get("content-encoding")).toBe("br");
    expect(brotliDecompressSync(br.body).toString()).toBe(LONG);
    const gz = await get("/en/long", "gzip, deflate");
    expect(gz.response.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(gz.body).toString()).toBe(LONG);
    for (const accepted of [undefined, "identity", "deflate", "brotli"]) {
      const plain = await get("/en/long", accepted);
      expect(plain.response.headers.has("content-encoding")).toBe(false);
      expect(plain.body.toString()).toBe(LONG);
    }
  });

  it.each(["br", "gzip"])("that does not shrink with %s is sent as it is", async (encoding) => {
    const { response, body } = await get("/en/noise", encoding);
    expect(response.headers.has("content-encoding")).toBe(false);
    expect(body).toEqual(Buffer.from(NOISE));
  });

  it("that is very long is packed too", async () => {
    expect(Buffer.byteLength(LONGEST)).toBeGreaterThan(50_000);
    const br = await get("/en/longest", "br");
    expect(brotliDecompressSync(br.body).toString()).toBe(LONGEST);
    const gz = await get("/en/longest", "gzip");
    expect(gunzipSync(gz.body).toString()).toBe(LONGEST);
  });

  it("says its length, and that it depends on what the browser accepts", async () => {
    for (const accepted of ["br", "gzip"]) {
      const { response, body } = await get("/en/long", accepted);
      expect(response.headers.get("content-length")).toBe(String(body.length));
      expect(response.headers.get("vary")).toContain("Accept-Encoding");
    }
  });

  it("keeps its status and every cookie", async () => {
    const { response } = await get("/en/long", "br");
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(["one=1; Path=/", "two=2; Path=/"]);
  });

  it("that is shorter than a packet is sent as it is", async () => {
    const { response, body } = await get("/en/short", "br");
    expect(response.headers.has("content-encoding")).toBe(false);
    expect(body.toString()).toBe("<p>short");
  });
});

describe("what is no text", () => {
  it("is not packed again", async () => {
    const { response, body } = await get("/en/picture", "br");
    expect(response.headers.has("content-encoding")).toBe(false);
    expect(body).toHaveLength(5000);
  });

  it("a redirect stays empty", async () => {
    const { response, body } = await get("/en/away", "br");
    expect([response.status, body.length]).toEqual([303, 0]);
  });
});

describe("an encoding", () => {
  it.each([
    ["br;q=1.0, gzip;q=0.8, *;q=0.1", "br"],
    ["gzip, deflate, br", "br"],
    ["gzip;q=1, br;q=0.5", "gzip"],
    ["br;q=0.9, gzip;q=0.8", "br"],
    ["br;q=0.0, gzip;q=0.001", "gzip"],
    ["br;q=nonsense", undefined],
    ["identity", undefined],
    ["", undefined],
    ["GZIP", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["gzip;q=0", undefined],
    ["x-br", undefined],
  ])("for %s is %s", (accepted, encoding) => {
    expect(chooseEncoding(accepted)).toBe(encoding);
  });
});
