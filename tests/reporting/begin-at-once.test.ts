import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { codeOn, unpaced } from "../support/journey.ts";
import { MANDATORY } from "./journey.ts";

let test: TestApp;
/** A browser whose two tabs pressed Begin at once: the cookie of the second is the one it kept. */
let browser: Visitor;
let lost: string;
let kept: string;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  lost = (await newVisitor(test).post("/en/report", {})).path;
  browser = newVisitor(test);
  kept = (await browser.post("/en/report", {})).path;
});
afterEach(() => test.close());

/** Answers every page from this address on and returns the code. */
async function sendFrom(first: string): Promise<string | undefined> {
  let at = first.slice(0, -2);
  for (const [page, fields] of MANDATORY) {
    let seen = await browser.post(`${at}/${page}`, fields);
    // As a browser does: the same form goes to the address that the answer names.
    if (seen.status === 307) {
      at = seen.path.slice(0, -2);
      seen = await browser.post(seen.path, fields);
    }
    expect(seen.status, page).toBe(303);
  }
  return codeOn(await browser.send(`${at}/10`, { go: "send" }));
}

describe("two tabs that begin at once in a fresh browser", () => {
  it("both go on where the first page is still to be shown", async () => {
    const shown = await browser.get(lost);
    expect([shown.status, shown.path]).toEqual([303, expect.stringMatching(/^\/en\/r\/[\w-]+\/1$/)]);
    const codes = [await sendFrom(shown.path), await sendFrom(kept)];
    expect(codes).toEqual([expect.stringMatching(/^\d{16}$/), expect.stringMatching(/^\d{16}$/)]);
    expect(codes[0]).not.toBe(codes[1]);
    expect(await test.database.raw("select id from case_file")).toHaveLength(2);
  });

  it("both go on from the first page, whose answer is kept", async () => {
    expect(await sendFrom(lost)).toMatch(/^\d{16}$/);
    expect(await sendFrom(kept)).toMatch(/^\d{16}$/);
    expect(await test.database.raw("select id from case_file")).toHaveLength(2);
  });
});

describe("the first page of another browser's report", () => {
  it("that was begun and not answered begins one's own, and leaves that one as it was", async () => {
    const other = newVisitor(test);
    const theirs = (await other.post("/en/report", {})).path;
    const mine = (await browser.get(theirs)).path;
    expect(mine).not.toBe(theirs);
    expect((await other.get(theirs)).status).toBe(200);
    expect((await other.get(mine)).text).not.toContain('name="danger"');
  });

  it("that has an answer does not exist, nor does one that nobody began", async () => {
    const other = newVisitor(test);
    const theirs = (await other.post("/en/report", {})).path;
    await other.post(theirs, { danger: "yes" });
    const begun = async () => (await test.database.raw("select id from draft")).length;
    const before = await begun();
    for (const path of [theirs, `/en/r/${"A".repeat(22)}/1`]) {
      expect((await browser.post(path, { danger: "no" })).status, path).toBe(410);
      expect((await browser.get(path)).status, path).toBe(410);
    }
    expect(await begun()).toBe(before);
  });

  it("opens nothing without a key of one's own, and in a page fetched in advance begins nothing", async () => {
    expect((await newVisitor(test).post(lost, { danger: "no" })).status).toBe(410);
    expect((await browser.get(lost, { "sec-purpose": "prefetch" })).status).not.toBe(303);
  });
});
