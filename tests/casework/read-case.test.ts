import { afterEach, beforeEach, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { sendShortReport, signInAs, track } from "../support/journey.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp();
});
afterEach(() => test.close());

it("new words stay marked until a page that shows them was opened", async () => {
  const reporter = newVisitor(test);
  const { code } = await sendShortReport(reporter);
  const operator = newVisitor(test);
  await signInAs(operator);
  const [number = ""] = /\d{4}-\d{6}/.exec((await operator.get("/staff/cases")).text) ?? [];
  const path = `/staff/cases/${number}`;
  await operator.get(path);
  await operator.post(`${path}/assessment`, { assessment: "first", based: "" });
  await track(reporter, code);
  await reporter.post("/en/track/messages", { words: "something new" });
  const isMarked = async () => (await operator.get("/staff/cases")).text.includes("new words");
  expect(await isMarked()).toBe(true);
  await operator.get(`${path}?below=1`);
  await operator.get(path, { "sec-purpose": "prefetch" });
  expect((await operator.post(`${path}/assessment`, { assessment: "second", based: "" })).status).toBe(409);
  expect((await operator.post(`${path}/notes`, { note: "" })).status).toBe(422);
  expect(await isMarked()).toBe(true);
  expect((await operator.get(path)).text).toContain("something new");
  expect(await isMarked()).toBe(false);
});

it("a case that a person's keys do not open says so, and is neither recorded as read nor told to the reporter as read", async () => {
  await sendShortReport(newVisitor(test));
  const operator = newVisitor(test);
  await signInAs(operator);
  const [number = ""] = /\d{4}-\d{6}/.exec((await operator.get("/staff/cases")).text) ?? [];
  await test.database.raw("delete from desk_key_holder");
  const { status, text } = await operator.get(`/staff/cases/${number}`);
  expect([status, text.includes("No key of yours opens this")]).toEqual([409, true]);
  expect(await test.database.raw("select id from audit_entry where action = 'case.read'")).toEqual([]);
  expect(await test.database.raw("select first_read_at from case_file")).toEqual([{ first_read_at: null }]);
});
