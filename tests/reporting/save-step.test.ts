import { afterEach, beforeEach, expect, it } from "vitest";
import { insertInstitution } from "#institutions/index.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { readyToSend, signInAs } from "../support/journey.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp();
});
afterEach(() => test.close());

it("a page saved while the report is being sent is in what the desk reads, or is not called saved", async () => {
  const reporter = newVisitor(test);
  const at = await readyToSend(reporter);
  const sending = reporter.post(`${at}/10`, { go: "send" });
  const edited = await newVisitor(test, new Map(reporter.cookies)).post(`${at}/6`, { when: "since the changed day" });
  await sending;
  const operator = newVisitor(test);
  await signInAs(operator);
  const inbox = await operator.get("/staff/cases");
  const [number = ""] = /\d{4}-\d{6}/.exec(inbox.text) ?? [];
  const read = (await operator.get(`/staff/cases/${number}`)).text.includes("since the changed day");
  expect(edited.status === 303 ? read : edited.status >= 400).toBe(true);
});

it("an answer that was taken back by emptying its box and skipping is not sent", async () => {
  const reporter = newVisitor(test);
  const at = await readyToSend(reporter);
  await reporter.post(`${at}/6`, { when: "a day I would rather not name" });
  await reporter.post(`${at}/6`, { ...fieldsOn(await reporter.get(`${at}/6`)), when: "", go: "skip" });
  expect((await reporter.get(`${at}/10`)).text).not.toContain("a day I would rather not name");
});

it("a school's name that was searched for in vain is kept when it is then said not to be listed", async () => {
  const reporter = newVisitor(test);
  const at = await readyToSend(reporter);
  await reporter.post(`${at}/5`, { environment: "education", territory: "rs-zemun" });
  const said = { words: "School Nine", searched: "School Nine", institution: "none" };
  await reporter.post(`${at}/5/c`, said);
  expect((await reporter.get(`${at}/10`)).text).toContain("School Nine");
  const { seen = "" } = fieldsOn(await reporter.get(`${at}/5/c`));
  await reporter.post(`${at}/5/c`, { ...said, seen, institution: "undisclosed", institution_name: "" });
  expect((await reporter.get(`${at}/10`)).text).not.toContain("School Nine");
});

it("a school that was chosen goes when the place is changed afterwards, and stays when it is not", async () => {
  const name = { sr: "Школа", en: "School" };
  const school = { id: "school-1", identifier: "school-1", type: "primary_school", name, territory: "rs-zemun" };
  await test.platform.db.write((tx) => insertInstitution(tx, { ...school, activeFrom: 0, activeTo: null }));
  const reporter = newVisitor(test);
  const at = await readyToSend(reporter);
  const place = { environment: "education", territory: "rs-zemun" };
  await reporter.post(`${at}/5`, place);
  await reporter.post(`${at}/5/c`, { institution: "school-1" });
  const chosen = async () => (await reporter.get(`${at}/5/c`)).text.includes('value="school-1" checked');
  await reporter.post(`${at}/5`, place);
  expect(await chosen()).toBe(true);
  await reporter.post(`${at}/5`, { ...place, environment: "dormitory", territory: "rs-nis" });
  await reporter.post(`${at}/5`, place);
  expect(await chosen()).toBe(false);
});
