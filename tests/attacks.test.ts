import { afterEach, beforeEach, expect, it } from "vitest";
import { openTestApp, type TestApp } from "./support/app.ts";
import { newVisitor } from "./support/browser.ts";
import { readyToSend, sendShortReport, signInAs } from "./support/journey.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp();
});
afterEach(() => test.close());

it("a page saved while the report is being sent is in what the desk reads, or is not called saved", async () => {
  const reporter = newVisitor(test);
  const at = await readyToSend(reporter);
  const sending = reporter.post(`${at}/10`, {});
  const edited = await newVisitor(test, new Map(reporter.cookies)).post(`${at}/6`, { when: "since the changed day" });
  await sending;
  const operator = newVisitor(test);
  await signInAs(operator);
  const inbox = await operator.get("/staff/cases");
  const [number = ""] = /\d{4}-\d{6}/.exec(inbox.text) ?? [];
  const read = (await operator.get(`/staff/cases/${number}`)).text.includes("since the changed day");
  expect(edited.status === 303 ? read : edited.status >= 400).toBe(true);
});

it("a clerk's double click is one note and one message", async () => {
  await sendShortReport(newVisitor(test));
  const operator = newVisitor(test);
  await signInAs(operator);
  const [number = ""] = /\d{4}-\d{6}/.exec((await operator.get("/staff/cases")).text) ?? [];
  const page = (await operator.get(`/staff/cases/${number}`)).text;
  const [, once = ""] = /name="once" value="([^"]+)"/.exec(page) ?? [];
  for (const field of ["message", "note"]) {
    const send = () => operator.post(`/staff/cases/${number}/${field}s`, { [field]: `the only ${field}`, once });
    await Promise.all([send(), send()]);
    await send();
  }
  const after = (await operator.get(`/staff/cases/${number}`)).text;
  expect(after.split("the only message").length - 1).toBe(1);
  expect(after.split("the only note").length - 1).toBe(1);
});

it("the recovery code opens an account in the password's place", async () => {
  const { prepareAccount, storeAccount } = await import("#accounts/index.ts");
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

it("thousands of tiny fields are refused before they are read", async () => {
  const visitor = newVisitor(test);
  const fields = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [String(at), "1"]));
  const begun = performance.now();
  const seen = await visitor.post("/en/track", fields);
  expect(seen.status).toBe(413);
  expect(seen.text.length).toBeLessThan(60_000);
  expect(performance.now() - begun).toBeLessThan(2000);
});
