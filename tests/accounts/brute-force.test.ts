import { expect, it } from "vitest";
import { newLane } from "#platform/crypto/lane.ts";
import { newLanes } from "#platform/platform.ts";
import { COLLEAGUE, OPERATOR, openTestApp, PASSWORD, STRANGER } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { signInAs, unpaced } from "../support/journey.ts";

const MINUTE = 60_000;
/** A hundred tries in each second, by the service's own clock. */
const BETWEEN_MS = 10;

it("a hundred guesses a second for a minute open nothing, and keep nobody else out, nor the owner's own browser", async () => {
  const test = await openTestApp(unpaced());
  try {
    const owner = newVisitor(test);
    await signInAs(owner);
    await owner.post("/staff/session/end", {});
    const thief = newVisitor(test);
    const answers = new Map<number, number>();
    for (let at = 0; at < MINUTE; at += BETWEEN_MS) {
      test.pass(BETWEEN_MS);
      const { status } = await thief.post("/staff/session", { email: OPERATOR, password: `guess number ${at}` });
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (at === MINUTE / 2) {
        const seen = await newVisitor(test).post("/staff/session", { email: COLLEAGUE, password: PASSWORD });
        expect(seen.status).toBe(303);
        expect((await owner.post("/staff/session", { email: OPERATOR, password: PASSWORD })).status).toBe(303);
      }
    }
    // Ten at once and one that came back: those alone cost the work of a hash.
    expect(Object.fromEntries(answers)).toEqual({ 422: 11, 429: 5989 });
    expect((await thief.get("/staff/account")).path).toBe("/staff");
    // The eleven that were looked at, and one row for the minute in which all others were held up.
    const rows = () => test.database.raw("select action, detail from audit_entry where action = 'account.heldUp'");
    await expect.poll(rows).toEqual([{ action: "account.heldUp", detail: '{"what":"passwords"}' }]);
    const looked = await test.database.raw("select id from audit_entry where action = 'account.signInRefused'");
    expect(looked).toHaveLength(11);
  } finally {
    await test.close();
  }
}, 120_000);

it("a spray of a hundred a second over made-up and real e-mails opens nothing, and keeps nobody out of their own browser", async () => {
  // Few of each second's tries are hashed: a service that keeps up counts the same, and takes longer for it.
  const signIn = newLane({ width: 2, longest: 4 });
  const test = await openTestApp(unpaced({ lanes: { ...newLanes(), signIn } }));
  try {
    const people = [OPERATOR, COLLEAGUE, STRANGER];
    const browsers = new Map(people.map((email) => [email, newVisitor(test)]));
    for (const [email, browser] of browsers) {
      await signInAs(browser, email);
      await browser.post("/staff/session/end", {});
    }
    const thief = newVisitor(test);
    const opened: number[] = [];
    const second = async (at: number) => {
      const tries = Array.from({ length: 100 }, (_, n) => {
        const email = n % 4 === at % 4 ? people[(at + n) % 3] : `name${at * 100 + n}@triage.test`;
        return thief.post("/staff/session", { email: email ?? "", password: "correct horse battery staple" });
      });
      opened.push(...(await Promise.all(tries)).map(({ status }) => status).filter((status) => status < 400));
    };
    for (let at = 0; at < MINUTE / 1000; at++) {
      test.pass(1000);
      await second(at);
      if (at % 20 !== 19) continue;
      for (const [email, browser] of browsers) {
        expect((await browser.post("/staff/session", { email, password: PASSWORD })).status, email).toBe(303);
        expect((await browser.get("/staff/account")).status, email).toBe(200);
        await browser.post("/staff/session/end", {});
        // The spray did reach the account itself: a browser that nobody knows waits.
        const elsewhere = await newVisitor(test).post("/staff/session", { email, password: PASSWORD });
        expect(elsewhere.status, email).toBe(429);
      }
    }
    expect(opened).toEqual([]);
    expect((await thief.get("/staff/account")).path).toBe("/staff");
  } finally {
    await test.close();
  }
}, 120_000);
