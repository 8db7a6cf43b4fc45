import { afterEach, beforeEach, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { sendShortReport, signInAs } from "../support/journey.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp();
});
afterEach(() => test.close());

it("a clerk's double click is one note and one message", async () => {
  await sendShortReport(newVisitor(test));
  const operator = newVisitor(test);
  await signInAs(operator);
  const [number = ""] = /\d{4}-\d{6}/.exec((await operator.get("/staff/cases")).text) ?? [];
  const page = (await operator.get(`/staff/cases/${number}`)).text;
  const [, once = ""] = /name="once" value="([^"]+)"/.exec(page) ?? [];
  for (const field of ["message", "note"]) {
    const send = () => operator.post(`/staff/cases/${number}/${field}s`, { [field]: `the only ${field}`, once });
    const answers = [...(await Promise.all([send(), send()])), await send()];
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  }
  const after = (await operator.get(`/staff/cases/${number}`)).text;
  expect(after.split("the only message").length - 1).toBe(1);
  expect(after.split("the only note").length - 1).toBe(1);
});
