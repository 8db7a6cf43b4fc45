import { afterEach, beforeEach, expect, it } from "vitest";
import { prepareAccount, storeAccount } from "#accounts/index.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp();
});
afterEach(() => test.close());

it("the recovery code opens an account in the password's place", async () => {
  const person = {
    email: "new@triage.test",
    name: "N",
    role: "triage",
    language: "en",
    password: "a long password",
  } as const;
  const made = await prepareAccount(test.platform, person);
  await test.platform.db.write((tx) => storeAccount(tx, made));
  const visitor = newVisitor(test);
  const typed = made.recoveryCode.toLowerCase().replaceAll("-", " ");
  expect((await visitor.post("/staff/session", { email: person.email, password: typed })).status).toBe(303);
});

it("a wrong recovery code is refused like a wrong password", async () => {
  const visitor = newVisitor(test);
  const typed = "0000-0000-0000-0000-0000";
  expect((await visitor.post("/staff/session", { email: "operator@triage.test", password: typed })).status).toBe(422);
});
