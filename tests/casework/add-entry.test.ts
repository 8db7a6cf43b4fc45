import { afterEach, beforeEach, expect, it } from "vitest";
import { newEntryId } from "#casework/seal-entry.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { hiddenIn, sendShortReport, signInAs } from "../support/journey.ts";

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

it("a text that was changed before it was sent again is a second note and a second message", async () => {
  await sendShortReport(newVisitor(test));
  const operator = newVisitor(test);
  await signInAs(operator);
  const [number = ""] = /\d{4}-\d{6}/.exec((await operator.get("/staff/cases")).text) ?? [];
  const once = hiddenIn(await operator.get(`/staff/cases/${number}`), "once", "/notes");
  for (const field of ["message", "note"]) {
    await operator.post(`/staff/cases/${number}/${field}s`, { [field]: `one ${field}`, once });
    await operator.post(`/staff/cases/${number}/${field}s`, { [field]: `another ${field}`, once });
  }
  const after = (await operator.get(`/staff/cases/${number}`)).text;
  for (const said of ["one message", "another message", "one note", "another note"]) expect(after).toContain(said);
});

it("an entry's id says nothing about its text to whoever lacks the secrets", () => {
  const secrets = { pepper: Buffer.alloc(32, 1) };
  const label = { caseId: "c", kind: "note", once: "the-same-sending" } as const;
  const id = newEntryId({ secrets }, { ...label, text: "yes" });
  expect(newEntryId({ secrets }, { ...label, text: "yes" })).toBe(id);
  expect(newEntryId({ secrets }, { ...label, text: "no" })).not.toBe(id);
  expect(newEntryId({ secrets: { pepper: Buffer.alloc(32, 2) } }, { ...label, text: "yes" })).not.toBe(id);
});
