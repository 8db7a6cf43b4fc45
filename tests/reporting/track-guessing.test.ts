import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newLane } from "#platform/crypto/lane.ts";
import { newLanes } from "#platform/platform.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { sendShortReport, track, unpaced } from "../support/journey.ts";

const MINUTE = 60_000;
const BAND_MS = 250;
let test: TestApp;
let visitor: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  visitor = newVisitor(test);
});
afterEach(() => test.close());

async function timed(code: string) {
  const begun = performance.now();
  const seen = await newVisitor(test).post("/en/track", { code });
  return { ...seen, ms: performance.now() - begun };
}

const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

describe("wrong, expired and blocked codes", () => {
  it("are answered with the very same page in the same time band", async () => {
    const [wrong, expired, blocked] = ["1111222233334444", "", ""].map((code) => ({
      code,
      seen: [] as string[],
      ms: [] as number[],
    }));
    if (!wrong || !expired || !blocked) throw new Error("three kinds");
    expired.code = (await sendShortReport(visitor)).code;
    await test.database.raw("delete from holder where kind = 'code'");
    blocked.code = (await sendShortReport(newVisitor(test))).code;
    await Promise.all(Array.from({ length: 10 }, () => timed(blocked.code)));
    for (let turn = 0; turn < 7; turn++) {
      for (const kind of [wrong, expired, blocked]) {
        const { status, text, headers, ms } = await timed(kind.code);
        kind.seen.push(JSON.stringify([status, text, [...headers]]));
        kind.ms.push(ms);
      }
    }
    const pages = new Set([...wrong.seen, ...expired.seen, ...blocked.seen]);
    expect(pages.size).toBe(1);
    expect([...pages][0]).toContain("This code opens nothing.");
    const medians = [wrong, expired, blocked].map(({ ms }) => median(ms));
    expect(Math.min(...medians)).toBeGreaterThanOrEqual(BAND_MS - 5);
    expect(Math.max(...medians) - Math.min(...medians)).toBeLessThan(60);
  });

  it("a right code opens after no less time than a wrong one is refused", async () => {
    const { code } = await sendShortReport(visitor);
    const { status, ms } = await timed(code);
    expect(status).toBe(303);
    expect(ms).toBeGreaterThanOrEqual(BAND_MS - 5);
  });

  it("ten tries of one code block it, other codes go on, and it opens again with time", async () => {
    const mine = await sendShortReport(visitor);
    const other = await sendShortReport(newVisitor(test));
    await Promise.all(Array.from({ length: 10 }, () => timed(mine.code)));
    expect((await timed(mine.code)).status).toBe(422);
    expect((await timed(other.code)).status).toBe(303);
    test.pass(MINUTE);
    expect((await timed(mine.code)).status).toBe(303);
    expect((await timed(mine.code)).status).toBe(422);
  });
});

describe("a flood of guesses", () => {
  /** The lane as it is under a flood: full until let go. */
  async function floodedApp() {
    const guessable = newLane({ width: 1, longest: 2 });
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const flooded = await openTestApp({
      platform: { lanes: { ...newLanes(), guessable } },
    });
    return { flooded, letGo, flood: () => Promise.all([1, 2, 3].map(() => guessable.run(() => held))) };
  }

  it("delays and never refuses: the waiting page keeps the code and asks by itself until it is its turn", async () => {
    const { flooded, letGo, flood } = await floodedApp();
    const { code } = await sendShortReport(newVisitor(flooded));
    const waiting = flood();
    const person = newVisitor(flooded);
    const busy = [await person.post("/en/track", { code })];
    for (let turn = 0; turn < 14; turn++) busy.push(await person.get("/en/track/turn"));
    for (const { status, text, headers } of busy) {
      expect(status).toBe(503);
      expect(headers.get("refresh")).toBe("5;url=/en/track/turn");
      expect(text).toContain("<title>Page</title>");
      expect(text).not.toContain(code);
    }
    letGo();
    await waiting;
    const turn = await person.get("/en/track/turn");
    expect([turn.status, turn.path]).toEqual([303, "/en/track?done=0"]);
    expect((await person.get("/en/track")).text).toContain("Your report");
    expect(person.cookies.has("w")).toBe(false);
    await flooded.close();
  });

  it("keeps a code locked to this service, and forgets it when asked and when leaving", async () => {
    const { flooded, letGo, flood } = await floodedApp();
    const { code } = await sendShortReport(newVisitor(flooded));
    const waiting = flood();
    for (const forget of [
      (person: Visitor) => person.post("/en/track/end", {}),
      (person: Visitor) => person.get("/leave"),
    ]) {
      const person = newVisitor(flooded);
      await person.post("/en/track", { code });
      expect(Buffer.from(person.cookies.get("w") ?? "", "base64url").toString("latin1")).not.toContain(code);
      await forget(person);
      expect(person.cookies.has("w")).toBe(false);
    }
    const forged = newVisitor(flooded, new Map([["w", Buffer.from(code).toString("base64url")]]));
    expect((await forged.get("/en/track/turn")).path).toBe("/en/track");
    letGo();
    await waiting;
    await flooded.close();
  });

  it("slows no report down: submissions have a lane of their own", async () => {
    const { flooded, letGo, flood } = await floodedApp();
    const waiting = flood();
    expect((await sendShortReport(newVisitor(flooded))).code).toMatch(/^\d{16}$/);
    letGo();
    await waiting;
    await flooded.close();
  });

  it("of many codes lets a person with the right code in", async () => {
    const guessable = newLane({ width: 1, longest: 20, drawn: true });
    const lanes = { ...newLanes(), guessable };
    const crowded = await openTestApp({ platform: { lanes } });
    const { code } = await sendShortReport(newVisitor(crowded));
    const guess = (at: number) => newVisitor(crowded).post("/en/track", { code: String(at).padStart(16, "7") });
    const guesses = Array.from({ length: 40 }, (_, at) => guess(at));
    const person = newVisitor(crowded);
    let seen = await person.post("/en/track", { code });
    for (let turn = 0; seen.status === 503 && turn < 50; turn++) seen = await person.get("/en/track/turn");
    expect(seen.status).toBe(303);
    const outcomes = (await Promise.all(guesses)).map(({ status }) => status);
    expect(new Set(outcomes)).toEqual(new Set([422, 503]));
    await crowded.close();
  });
});

describe("a reporter's session", () => {
  it("that is over gives the typed words back and says that nothing was sent", async () => {
    const { code } = await sendShortReport(visitor);
    await track(visitor, code);
    test.pass(31 * MINUTE);
    const seen = await visitor.post("/en/track/messages", { words: "a long <answer>\nof two lines" });
    expect(seen.text).toContain("a long &lt;answer&gt;\nof two lines</textarea>");
    expect(seen.text).toContain('name="code"');
    expect(seen.status).toBeGreaterThanOrEqual(400);
    await track(visitor, code);
    expect((await visitor.get("/en/track")).text).not.toContain("of two lines");
  });

  it("that is over never lets a cry for help look as if it arrived", async () => {
    const { code } = await sendShortReport(visitor);
    await track(visitor, code);
    test.pass(31 * MINUTE);
    const seen = await visitor.post("/en/track/safety", {});
    expect(seen.status).toBeGreaterThanOrEqual(400);
    expect(seen.text).toContain('href="tel:192"');
    expect(seen.text).toMatch(/NOT (sent|taken)|not sent|was not/i);
  });

  it("lasts half an hour after the last page", async () => {
    const { code } = await sendShortReport(visitor);
    await track(visitor, code);
    for (let turn = 0; turn < 3; turn++) {
      test.pass(29 * MINUTE);
      expect((await visitor.get("/en/track")).text).toContain("Your report");
    }
    test.pass(31 * MINUTE);
    expect((await visitor.get("/en/track")).text).toContain('name="code"');
  });

  it("ends with the button, and its cookie opens nothing any more", async () => {
    const { code } = await sendShortReport(visitor);
    await track(visitor, code);
    const copy = new Map(visitor.cookies);
    await visitor.post("/en/track/end", {});
    expect(visitor.cookies.has("t")).toBe(false);
    expect((await newVisitor(test, copy).get("/en/track")).text).toContain('name="code"');
  });

  it("ends with leaving, and Back shows a neutral page", async () => {
    const { code } = await sendShortReport(visitor);
    await track(visitor, code);
    const copy = new Map(visitor.cookies);
    const left = await visitor.get("/leave");
    expect([left.status, left.path]).toEqual([303, test.country.leaveTo]);
    expect(left.headers.get("clear-site-data")).toBe('"storage"');
    expect(visitor.cookies.has("t")).toBe(false);
    const back = await visitor.get("/en/track");
    expect([back.status, back.path]).toEqual([303, "/en/page"]);
    for (const path of ["/en/track/messages", "/en/track/safety"]) {
      const late = await visitor.post(path, { words: "late words" });
      expect([late.status, late.path], path).toEqual([303, "/en/page?done=0"]);
      expect((await visitor.get(late.path)).text, path).toContain("Nothing was sent");
    }
    await test.platform.db.write(async () => undefined);
    expect((await newVisitor(test, copy).get("/en/track")).text).toContain('name="code"');
    expect((await visitor.post("/en/page", {})).path).toBe("/en/");
    expect((await visitor.get("/en/track")).text).toContain('name="code"');
  });

  it("row alone opens nothing: the key is only in the cookie", async () => {
    const { code } = await sendShortReport(visitor);
    await track(visitor, code);
    const [row] = await test.database.raw("select * from tracking_session");
    const thief = newVisitor(test, new Map([["t", `${row?.id_hash}.${"A".repeat(43)}`]]));
    expect((await thief.get("/en/track")).text).toContain('name="code"');
    const [id] = visitor.cookies.get("t")?.split(".") ?? [];
    const guess = newVisitor(test, new Map([["t", `${id}.${"A".repeat(43)}`]]));
    expect((await guess.get("/en/track")).text).toContain('name="code"');
    expect((await newVisitor(test, new Map([["t", "rubbish"]])).get("/en/track")).status).toBe(200);
  });
});
