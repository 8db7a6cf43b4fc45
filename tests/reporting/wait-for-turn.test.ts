import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newLane } from "#platform/crypto/lane.ts";
import { newLanes } from "#platform/platform.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { sendShortReport } from "../support/journey.ts";

const MINUTE = 60_000;
let test: TestApp;
let person: Visitor;
let code: string;
let fill: () => Promise<unknown>;
let letGo: () => void;

beforeEach(async () => {
  const guessable = newLane({ width: 1, longest: 2 });
  test = await openTestApp({ platform: { lanes: { ...newLanes(), guessable } } });
  person = newVisitor(test);
  code = (await sendShortReport(newVisitor(test))).code;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  fill = () => Promise.all([1, 2, 3].map(() => guessable.run(() => held)));
});
afterEach(() => test.close());

/** Gives the code while the lane is full, and empties the lane. */
async function waits(meanwhile: () => Promise<unknown> = async () => undefined): Promise<Seen> {
  const full = fill().catch(() => undefined);
  const busy = await person.post("/en/track", { code });
  expect(busy.status).toBe(503);
  await meanwhile();
  letGo();
  await full;
  return busy;
}

const share = (shared: "yes" | "no") => person.post("/en/computer", { shared });
const turn = async () => (await person.get("/en/track/turn")).path;
const OPENED = "/en/track?done=0";
const NOTHING = "/en/track";

describe("a code that waits on a shared computer", () => {
  it("opens while somebody waits, and nothing once five minutes passed without a request", async () => {
    await share("yes");
    await waits(async () => {
      for (let asked = 0; asked < 3; asked++) {
        test.pass(4 * MINUTE);
        expect((await person.get("/en/track/turn")).status).toBe(503);
      }
    });
    const later = newVisitor(test, new Map(person.cookies));
    expect(await turn()).toBe(OPENED);
    test.pass(5.1 * MINUTE);
    expect((await later.get("/en/track/turn")).path).toBe(NOTHING);
  });

  it("opens nothing for the next person who switches that off", async () => {
    await share("yes");
    await waits();
    test.pass(5.1 * MINUTE);
    await share("no");
    expect(await turn()).toBe(NOTHING);
  });

  it("ends so also where it was switched on only after the code was given", async () => {
    await waits();
    await share("yes");
    test.pass(5.1 * MINUTE);
    expect(await turn()).toBe(NOTHING);
  });
});

it("a code that waits is forgotten where a shared computer is switched off, whenever it was given", async () => {
  await waits();
  await share("yes");
  test.pass(5.1 * MINUTE);
  await share("no");
  expect(await turn()).toBe(NOTHING);
});

describe("a code that waits elsewhere", () => {
  it("is forgotten with the closed browser", async () => {
    const [cookie, ...more] = (await waits()).headers.getSetCookie();
    expect(cookie).toMatch(/^w=/);
    expect(cookie).not.toMatch(/max-age|expires/i);
    expect(more).toEqual([]);
  });

  it("opens within ten minutes and no later", async () => {
    await waits();
    const late = newVisitor(test, new Map(person.cookies));
    test.pass(9.9 * MINUTE);
    expect(await turn()).toBe(OPENED);
    test.pass(0.2 * MINUTE);
    expect((await late.get("/en/track/turn")).path).toBe(NOTHING);
  });
});
