import { afterEach, beforeEach, expect, it } from "vitest";
import { OPERATOR, openTestApp, PASSWORD, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { readyToSend, sendShortReport, signInAs, track } from "../support/journey.ts";

let test: TestApp;
beforeEach(async () => {
  test = await openTestApp();
});
afterEach(() => test.close());

it("thousands of tiny fields are refused before they are read", async () => {
  const visitor = newVisitor(test);
  const fields = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [String(at), "1"]));
  const begun = performance.now();
  const seen = await visitor.post("/en/track", fields);
  expect(seen.status).toBe(413);
  expect(seen.text.length).toBeLessThan(60_000);
  expect(performance.now() - begun).toBeLessThan(2000);
});

it("leaving forgets the unsent report; a link on another site and a page fetched in advance forget nothing", async () => {
  const reporter = newVisitor(test);
  const at = await readyToSend(reporter);
  for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-purpose": "prefetch" }]) {
    const left = await reporter.get("/leave", headers);
    expect([left.status, left.path]).toEqual([303, test.country.leaveTo]);
    expect((await reporter.get(`${at}/5`)).status).toBe(200);
  }
  await reporter.get("/leave", { "sec-fetch-site": "same-origin" });
  expect((await reporter.get(`${at}/5`)).path).toBe("/en/page");
});

it("leaving while signed in ends the session and leaves it in the audit, once", async () => {
  const operator = newVisitor(test);
  await signInAs(operator);
  const copied = newVisitor(test, new Map(operator.cookies));
  for (let time = 0; time < 2; time++) await newVisitor(test, new Map(copied.cookies)).get("/leave");
  const ended = () =>
    test.database.raw(
      "select email, detail from audit_entry join person on person.id = actor_id where action = 'account.signedOut'",
    );
  await expect.poll(ended).toEqual([{ email: OPERATOR, detail: '{"where":"left"}' }]);
  expect((await copied.get("/staff/account")).path).toBe("/staff");
});

it("an address that only takes forms leads to its page, so that reloading and the language switch work", async () => {
  const someone = newVisitor(test);
  for (const form of ["messages", "safety", "end"]) {
    expect((await someone.get(`/sr-Latn/track/${form}`)).path).toBe("/sr-Latn/track");
  }
});

it("after leaving, a form sent once more shows nothing of what was typed, and says that nothing was sent", async () => {
  const reporter = newVisitor(test);
  const at = await readyToSend(reporter);
  const wrong = { forms: "physical", story: "a secret" };
  expect((await reporter.post(`${at}/4`, wrong)).text).toContain("a secret");
  expect((await reporter.post("/en/report/one", wrong)).text).toContain("a secret");
  await reporter.get("/leave");
  const forms = { [`${at}/4`]: wrong, "/en/report/one": wrong, "/en/track/messages": { words: "a secret" } };
  for (const [path, fields] of Object.entries(forms)) {
    const again = await reporter.post(path, fields);
    expect([again.status, again.path, again.text], path).toEqual([303, "/en/page?done=0", ""]);
  }
  expect((await reporter.get("/en/page?done=0")).text).toContain("Nothing was sent.");
  expect((await reporter.get("/en/page")).text).not.toContain("Nothing was sent.");
  await reporter.post("/en/page", {});
  expect((await reporter.post("/en/report/one", wrong)).text).toContain("a secret");
});

it("after leaving, no form opens anything, whatever it is sent with", async () => {
  const reporter = newVisitor(test);
  const { code } = await sendShortReport(reporter);
  await reporter.get("/leave");
  const neutral = [303, "/en/page?done=0", ""];
  for (const typed of [{ code }, { code, words: "a secret" }, { code, go: "young" }]) {
    const seen = await reporter.post("/en/track", typed);
    expect([seen.status, seen.path, seen.text]).toEqual(neutral);
  }
  expect((await reporter.post("/staff/session", { email: OPERATOR, password: PASSWORD })).status).toBe(303);
  await reporter.post("/en/page", {});
  expect([...reporter.cookies.keys()]).toEqual([]);
  expect((await reporter.get("/en/track")).text).toContain('name="code"');
});

it("after leaving, words sent to no address at all are not shown", async () => {
  const reporter = newVisitor(test);
  for (const path of ["/en/nope", "/en/Track", "/sr/Report/one", "/en/learn"]) {
    expect((await reporter.post(path, { story: "a secret" })).text, path).toContain("a secret");
  }
  await reporter.get("/leave");
  for (const path of ["/en/nope", "/en/Track", "/sr/Report/one", "/en/learn"]) {
    const seen = await reporter.post(path, { story: "a secret" });
    expect([seen.status, seen.text], path).toEqual([303, ""]);
  }
});

it("after leaving, a cry for help that arrives is not said to be unsent", async () => {
  const reporter = newVisitor(test);
  const { code } = await sendShortReport(reporter);
  await track(reporter, code);
  const away = newVisitor(test, new Map([...reporter.cookies, ["away", "1"]]));
  const seen = await away.post("/en/track/safety", { go: "not-safe", words: "half a word" });
  expect([seen.status, seen.path, seen.text]).toEqual([303, "/en/page", ""]);
  const [row] = await test.database.raw("select not_safe_at from case_file");
  expect(row?.not_safe_at).not.toBeNull();
});

it("after leaving, the page about violence is not shown either", async () => {
  const reader = newVisitor(test);
  expect((await reader.get("/en/learn")).text).toMatch(/leave\.js.*data-guard/s);
  await reader.get("/leave");
  expect((await reader.get("/en/learn")).path).toBe("/en/page");
  expect((await reader.get("/en/help")).status).toBe(200);
});
