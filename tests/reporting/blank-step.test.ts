import { brotliDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { readyToSend } from "../support/journey.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp();
});
afterEach(() => test.close());

/** The link of a page that leads one step back, as a browser resolves it. */
function backOf(text: string, path: string): string {
  const [, href = ""] = /<a class="button quiet" href="([^"]+)"/.exec(text) ?? [];
  return new URL(href, `http://test.local${path}`).pathname;
}

describe("a step that nobody has answered yet", () => {
  it("is the same for everybody in these words, and names no report", async () => {
    const [one, other] = [newVisitor(test), newVisitor(test)];
    const [mine, theirs] = [await readyToSend(one), await readyToSend(other)];
    for (const page of ["6", "7", "8", "9", "3/b"]) {
      const [seen, again] = [await one.get(`${mine}/${page}`), await other.get(`${theirs}/${page}`)];
      expect(seen.text, page).toBe(again.text);
      expect(seen.text, page).not.toContain(mine.split("/")[3]);
    }
  });

  it("sends its form to itself and leads back from where it stands", async () => {
    const visitor = newVisitor(test);
    const at = await readyToSend(visitor);
    const { text } = await visitor.get(`${at}/6`);
    expect(text).toContain('<form method="post" autocomplete="off" novalidate>');
    expect(backOf(text, `${at}/6`)).toBe(`${at}/5`);
    expect(backOf((await visitor.get(`${at}/3/b`)).text, `${at}/3/b`)).toBe(`${at}/3`);
  });

  it("is shown to its own person only: with an answer it is theirs, and nobody else is shown it", async () => {
    const [one, other] = [newVisitor(test), newVisitor(test)];
    const [mine, theirs] = [await readyToSend(one), await readyToSend(other)];
    await one.get(`${mine}/6`);
    await one.post(`${mine}/6`, { when: "a day of mine" });
    const packed = async (path: string, cookies: ReadonlyMap<string, string>) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await test.app.request(path, { headers: { cookie, "accept-encoding": "br" } });
      return brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString("utf8");
    };
    expect(await packed(`${mine}/6`, one.cookies)).toContain("a day of mine");
    expect(await packed(`${theirs}/6`, other.cookies)).not.toContain("a day of mine");
    expect((await newVisitor(test).get(`${theirs}/6`)).status).toBe(303);
  });
});
