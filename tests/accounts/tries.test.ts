import { Hono } from "hono";
import { afterAll, beforeAll, expect, it } from "vitest";
import { triesKey } from "#accounts/known-device.ts";
import { findPersonByEmail } from "#accounts/person-store.ts";
import { newTries } from "#accounts/tries.ts";
import type { AppEnv } from "#platform/http/app.ts";
import { NOON, OPERATOR, openTestApp, type TestApp } from "../support/app.ts";

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp();
});
afterAll(() => test.close());

it("an account that used up its tries waits for them, however many made-up e-mails are tried meanwhile", async () => {
  const { db } = test.platform;
  const tries = newTries();
  /** Takes a try as the way in does, without the work that follows. */
  const gate = new Hono<AppEnv>().get("/:email", async (c) => {
    const email = c.req.param("email");
    const person = await db.read((reader) => findPersonByEmail(reader, email));
    const key = await triesKey(test.platform, c, { email, person });
    return c.text(String(tries.passwords.take(key, NOON)));
  });
  const takes = async (email: string) => (await (await gate.request(`/${email}`)).text()) === "true";
  for (let tried = 0; tried < 10; tried++) expect(await takes(OPERATOR)).toBe(true);
  expect(await takes(OPERATOR)).toBe(false);
  expect([await takes("nobody.here@triage.test"), await takes("nobody.there@triage.test")]).toEqual([true, true]);
  // As many as used-up e-mails would have to be to push one out: each is tried until it has none left.
  for (let n = 0; n < 60_000; n++) {
    for (let tried = 0; tried < 10; tried++) tries.passwords.take({ key: `n${n}@x.test`, exists: false }, NOON);
  }
  expect(await takes(OPERATOR)).toBe(false);
});
