import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSetupToken } from "#accounts/index.ts";
import { newKeyPair, openText } from "#platform/crypto/seal.ts";
import { createApp } from "../../src/app.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";

const HOUR = 3_600_000;
const FIRST = { name: "Prva Osoba", email: "First@Triage.test", password: "twelve letters", language: "sr-Latn" };
let test: TestApp;

beforeEach(async () => {
  test = await openTestApp({ withDesk: false, ...unpaced() });
});
afterEach(() => test.close());

describe("the set-up link", () => {
  it("makes the desk and an account that signs in and reads a report sent afterwards", async () => {
    const token = await makeSetupToken(test.platform);
    const visitor = newVisitor(test);
    expect((await visitor.get(`/staff/setup/${token}`)).status).toBe(200);
    const done = await visitor.post(`/staff/setup/${token}`, FIRST);
    expect(done.status).toBe(200);
    expect(done.text).toMatch(/<p class="code">([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}<\/p>/);
    await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: "the first report", truthful: "yes" } });
    const inbox = await signInAs(visitor, "first@triage.test", FIRST.password);
    expect(inbox.text).toContain('<html lang="sr-Latn"');
    expect((await visitor.get(`/staff/cases/${numbersOn(inbox)[0]}`)).text).toContain("the first report");
  });

  it("works once, also when two people use it at the same moment", async () => {
    const token = await makeSetupToken(test.platform);
    const outcomes = await Promise.all(
      ["a@triage.test", "b@triage.test"].map((email) =>
        newVisitor(test).post(`/staff/setup/${token}`, { ...FIRST, email }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect((await newVisitor(test).get(`/staff/setup/${token}`)).status).toBe(404);
    expect(await test.database.raw("select id from person")).toHaveLength(1);
    expect(await test.database.raw("select id from desk")).toHaveLength(1);
  });

  it("expires after a day", async () => {
    const token = await makeSetupToken(test.platform);
    test.pass(24 * HOUR - 1);
    expect((await newVisitor(test).get(`/staff/setup/${token}`)).status).toBe(200);
    test.pass(1);
    expect((await newVisitor(test).get(`/staff/setup/${token}`)).status).toBe(404);
    expect((await newVisitor(test).post(`/staff/setup/${token}`, FIRST)).status).toBe(404);
  });

  it("is replaced by a newer one and is not offered once a person exists", async () => {
    const older = await makeSetupToken(test.platform);
    const newer = await makeSetupToken(test.platform);
    expect((await newVisitor(test).get(`/staff/setup/${older}`)).status).toBe(404);
    await newVisitor(test).post(`/staff/setup/${newer}`, FIRST);
    expect(await makeSetupToken(test.platform)).toBeUndefined();
  });

  it("is stored as a hash, and a made-up one opens nothing", async () => {
    const token = await makeSetupToken(test.platform);
    const rows = await test.database.raw("select * from setup_link");
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await newVisitor(test).get(`/staff/setup/${rows[0]?.token_hash}`)).status).toBe(404);
    expect((await newVisitor(test).get("/staff/setup/made-up")).status).toBe(404);
  });

  it("refuses a short password, a broken e-mail and a missing name, and keeps the rest", async () => {
    const token = await makeSetupToken(test.platform);
    const wrong = { name: "", email: "not an address", password: "short pass", language: "sr" };
    const seen = await newVisitor(test).post(`/staff/setup/${token}`, wrong, { "accept-language": "en" });
    expect(seen.status).toBe(422);
    for (const said of [
      "at least 12 characters",
      "like name@example.org",
      "Write your name",
      'value="not an address"',
    ]) {
      expect(seen.text).toContain(said);
    }
    expect(seen.text).not.toContain("short pass");
    expect((await newVisitor(test).get(`/staff/setup/${token}`)).status).toBe(200);
  });

  it("seals the desk's key to the recovery recipient as well", async () => {
    const recovery = await newKeyPair();
    const { platform, country } = test;
    const app = createApp(platform, {
      country,
      baseUrl: undefined,
      recoveryRecipient: recovery.recipient,
      demo: false,
    });
    const token = await makeSetupToken(platform);
    await newVisitor({ app }).post(`/staff/setup/${token}`, FIRST);
    const [row] = await test.database.raw("select sealed from desk_key_holder where holder = 'recovery'");
    expect(await openText(recovery.identity, row?.sealed as Buffer)).toMatch(/^AGE-SECRET-KEY-1/);
  });

  it("says when nobody could open the reports after the only member lost everything", async () => {
    const said = "This service has no recovery key.";
    const { platform, country } = test;
    const { recipient } = await newKeyPair();
    const guarded = createApp(platform, { country, baseUrl: undefined, recoveryRecipient: recipient, demo: false });
    const path = `/staff/setup/${await makeSetupToken(platform)}`;
    const english = { "accept-language": "en" };
    expect((await newVisitor(test).get(path, english)).text).toContain(said);
    expect((await newVisitor(test).post(path, {}, english)).text).toContain(said);
    expect((await newVisitor({ app: guarded }).get(path, english)).text).not.toContain(said);
  });

  it("leaves its rows in the audit", async () => {
    const token = await makeSetupToken(test.platform);
    await newVisitor(test).post(`/staff/setup/${token}`, FIRST);
    const rows = await test.database.raw("select action, subject_kind from audit_entry order by action");
    expect(rows).toEqual([
      { action: "account.created", subject_kind: "person" },
      { action: "account.setupLinkMade", subject_kind: "person" },
      { action: "desk.keyMade", subject_kind: "desk" },
    ]);
  });
});
