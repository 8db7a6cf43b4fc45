import { expect, it } from "vitest";
import { COLLEAGUE, OPERATOR, openTestApp, PASSWORD } from "../support/app.ts";
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
