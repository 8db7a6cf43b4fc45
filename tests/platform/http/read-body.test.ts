import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFields } from "#platform/http/read-body.ts";
import { post, smallApp } from "./small-app.ts";
import { type Fields, formOf } from "./typed.ts";

let last: Fields = new Map();
const { app } = smallApp((routes) =>
  routes.post("/en/echo", async (c) => {
    last = await readFields(c);
    return c.json([...last]);
  }),
);

async function read(body: BodyInit, headers: Record<string, string> = {}): Promise<[string, string[]][]> {
  const response = await post(app, "/en/echo", body, headers);
  expect(response.status).toBe(200);
  return (await response.json()) as [string, string[]][];
}

describe("a form", () => {
  it("is read as names with all their values in order", async () => {
    expect(await read("a=1&b=x+y&a=2&empty=&bare&%C5%A1=%C4%8D")).toEqual([
      ["a", ["1", "2"]],
      ["b", ["x y"]],
      ["empty", [""]],
      ["bare", [""]],
      ["š", ["č"]],
    ]);
  });

  it("comes back as it was encoded, whatever its fields hold", async () => {
    const tidy = fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => text.normalize("NFC"));
    const plain = tidy.filter((text) => !text.includes("\r") && !text.includes("\u0000"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(plain, plain), { maxLength: 12 }), async (pairs) => {
        expect(await read(new URLSearchParams(pairs).toString())).toEqual(formOf(pairs));
      }),
      { numRuns: 60 },
    );
  });

  it("of marks without end is read at once: nobody can hold the service up with it", async () => {
    const begun = performance.now();
    const [[, [text = ""] = []] = ["", []]] = await read(`a=e${encodeURIComponent("\u0301\u0316".repeat(40_000))}&b=é`);
    // Composing all of them took minutes.
    expect(performance.now() - begun).toBeLessThan(2000);
    expect([...text.normalize("NFD")]).toHaveLength(31);
  });

  it("keeps names that mean something to JavaScript as ordinary names", async () => {
    expect(await read("__proto__=x&constructor=y")).toEqual([
      ["__proto__", ["x"]],
      ["constructor", ["y"]],
    ]);
  });

  it("has one kind of line end, no NUL and composed letters, so that limits count what a person sees", async () => {
    expect(await read("t=a%0D%0Ab%0Dc%0Ad%00e")).toEqual([["t", ["a\nb\nc\nde"]]]);
    expect(await read("t=c%CC%8C")).toEqual([["t", ["č"]]]);
  });

  it("is read whatever its type's parameters and letters are", async () => {
    const headers = { "content-type": "Application/X-WWW-Form-URLencoded; charset=UTF-8" };
    expect(await read("a=1", headers)).toEqual([["a", ["1"]]]);
  });

  it("that is empty has no fields", async () => {
    expect(await read("")).toEqual([]);
  });

  it("with a percent sign that encodes nothing keeps it as typed", async () => {
    expect(await read("t=100%&u=5%zz")).toEqual([
      ["t", ["100%"]],
      ["u", ["5%zz"]],
    ]);
  });
});

describe("a form that cannot be taken", () => {
  it.each(["application/json", "text/plain", "multipart/form-data; boundary=x", ""])(
    "as %s is answered 415",
    async (type) => {
      const response = await post(app, "/en/echo", "a=1", { "content-type": type });
      expect(response.status).toBe(415);
      expect(await response.text()).toContain("We could not read this");
    },
  );

  it("above 512 KB is answered 413 with what was typed, so that nothing is lost", async () => {
    const story = "The very beginning of what happened. ";
    const response = await post(app, "/en/echo", `story=${encodeURIComponent(story.repeat(20_000))}`);
    expect(response.status).toBe(413);
    const page = await response.text();
    expect(page).toContain("This is too long to send at once");
    expect(page.split(story).length).toBeGreaterThan(10_000);
  });

  it("of exactly 512 KB is still read, one byte more is not", async () => {
    expect((await post(app, "/en/echo", `t=${"x".repeat(512 * 1024 - 2)}`)).status).toBe(200);
    expect((await post(app, "/en/echo", `t=${"x".repeat(512 * 1024 - 1)}`)).status).toBe(413);
  });

  it("that never ends is not read to its end", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(120));
      },
    });
    const init = { method: "POST", body: endless, duplex: "half" } as RequestInit;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const response = await app.request("http://small.test/en/echo", { ...init, headers });
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(200);
  });

  it("with hundreds of different names is answered 413", async () => {
    const names = Array.from({ length: 401 }, (_, n) => `n${n}=1`).join("&");
    expect((await post(app, "/en/echo", names)).status).toBe(413);
  });

  it.each(["t=%FF%FE", "t=ok&u=%C3%28", "%80=x", "t=%ED%A0%80", "t=%E2%82"])(
    "as %s, which is not UTF-8, is answered 400",
    async (body) => {
      const response = await post(app, "/en/echo", body);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain("Some letters arrived damaged");
    },
  );

  it("shorter than it was said to be, as a broken line leaves it, is answered 400", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": "30" };
    for (const body of ["", "t=only+the+beginning"]) {
      const response = await app.request("/en/echo", { method: "POST", headers, body });
      expect(response.status).toBe(400);
    }
    const whole = { ...headers, "content-length": "4" };
    expect((await app.request("/en/echo", { method: "POST", headers: whole, body: "t=ok" })).status).toBe(200);
  });

  it("of another type, written so that it must be looked at again and again, holds the server up no longer than any", async () => {
    const headers = { "content-type": "text/plain" };
    const taken = async (body: string) => {
      const begun = performance.now();
      expect((await app.request("/en/echo", { method: "POST", headers, body })).status).toBe(415);
      return performance.now() - begun;
    };
    const usual = await taken("words of a report. ".repeat(15_000));
    const evil = await Promise.all(
      ["\u2028", "\u2029", "\r", ""].map((end) => taken(`content-disposition:${end}`.repeat(12_000))),
    );
    for (const ms of evil) expect(ms).toBeLessThan(20 * Math.max(usual, 25));
  });

  it("in another encoding gives its readable letters back", async () => {
    const response = await post(app, "/en/echo", `story=${"Readable+words+"}%9A+and+more+of+them`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("and more of them");
  });
});
