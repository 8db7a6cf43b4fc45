import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COLLEAGUE, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillReport, hiddenIn, numbersOn, signInAs, unpaced } from "../support/journey.ts";

let test: TestApp;
let operator: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  operator = newVisitor(test);
  await signInAs(operator);
});
afterEach(() => test.close());

/** The address of the only report. */
async function onlyCase(): Promise<string> {
  const [number] = numbersOn(await operator.get("/staff/cases"));
  return `/staff/cases/${number}`;
}

describe("an assessment that two people write", () => {
  it("shows the second both texts, and a merged one can be saved", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    const based = hiddenIn(await operator.get(path), "based");
    expect(based).toBe("");
    await operator.post(`${path}/assessment`, { assessment: "Olga: level one", based });
    const conflict = await colleague.post(`${path}/assessment`, { assessment: "Kosta: level three", based });
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain("Olga: level one");
    expect(conflict.text).toContain("Kosta: level three");
    const merged = { assessment: "both: level two", based: hiddenIn(conflict, "based") };
    expect((await colleague.post(`${path}/assessment`, merged)).status).toBe(303);
    const sheet = await operator.get(path);
    expect(sheet.text).toContain("both: level two");
    expect(sheet.text).not.toContain("level three");
    expect(await test.database.raw("select id from entry where kind = 'assessment'")).toHaveLength(2);
  });

  it("is still asked after a first try that was too long", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    const based = hiddenIn(await operator.get(path), "based");
    await colleague.post(`${path}/assessment`, { assessment: "Kosta: level three", based });
    const long = await operator.post(`${path}/assessment`, { assessment: "x".repeat(10_001), based });
    expect(long.status).toBe(422);
    const shorter = { assessment: "Olga: level one", based: hiddenIn(long, "based") };
    const conflict = await operator.post(`${path}/assessment`, shorter);
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain("Kosta: level three");
  });

  it("keeps the earlier versions where the desk can read them, page by page", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    expect((await operator.get(path)).text).not.toContain("<summary>");
    for (let at = 10; at < 22; at++) {
      const based = hiddenIn(await operator.get(path), "based");
      await operator.post(`${path}/assessment`, { assessment: `version ${at}.`, based });
    }
    const newest = await operator.get(path);
    expect(newest.text).toContain("version 21.</textarea>");
    const shownOn = (seen: Seen) =>
      [...seen.text.matchAll(/<p class="words"[^>]*>version (\d+)\.<\/p>/g)].map(([, n]) => Number(n));
    expect(shownOn(newest)).toEqual([20, 19, 18, 17, 16]);
    expect(newest.text).toMatch(/<details[^>]*>.*Earlier versions.*Olga Operator.*22 November/s);
    const olderOn = (seen: Seen) => /formaction="([^"]+\?versions=\d+)#assessment-part"/.exec(seen.text)?.[1] ?? "";
    const older = await operator.get(olderOn(newest));
    expect(older.text).toContain("version 21.</textarea>");
    expect(older.text).toContain("<details open>");
    expect(shownOn(older)).toEqual([15, 14, 13, 12, 11]);
    const oldest = await operator.get(olderOn(older));
    expect(shownOn(oldest)).toEqual([10]);
    expect(olderOn(oldest)).toBe("");
  });

  it("at the same moment is stored once, the other is asked", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    const texts = ["one", "two", "three"];
    const outcomes = await Promise.all(
      texts.map((text) => operator.post(`${path}/assessment`, { assessment: text, based: "" })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
  });

  it("notes and messages at the same moment are all stored", async () => {
    await fillReport(newVisitor(test));
    const path = await onlyCase();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        at % 2
          ? operator.post(`${path}/notes`, { note: `note ${at}.` })
          : operator.post(`${path}/messages`, { message: `message ${at}.` }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(Array(8).fill(303));
    const { text } = await operator.get(path);
    for (let at = 0; at < 8; at++) expect(text).toContain(`${at % 2 ? "note" : "message"} ${at}.`);
  });
});
