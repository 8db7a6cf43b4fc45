import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  findRecoveryRecipient,
  listReachableDeskKeys,
  makeSetupToken,
  openDeskKeyring,
  RECOVERY,
} from "#accounts/index.ts";
import { recordAudit } from "#audit/index.ts";
import { loadPages } from "#library/index.ts";
import { newKeyPair, openText } from "#platform/crypto/seal.ts";
import { secretsMark } from "#platform/crypto/secrets-mark.ts";
import { createApp } from "../../src/app.ts";
import { recoveryCodeOn } from "../support/account.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const START = "/staff/start";
const ADMIN = { name: "Ana Administrator", email: "ana@admin.test", password: "twelve letters", language: "en" };
const COUNTRY = {
  ...ADMIN,
  size: "country",
  operator: "Example ministry",
  stage: "3",
  offered: ["sr", "sr-Latn", "en"],
};
let test: TestApp;
let admin: Visitor;

beforeEach(async () => {
  test = await openTestApp({ withDesk: false, ...unpaced() });
  admin = newVisitor(test);
});
afterEach(() => test.close());

async function setUp(fields: Record<string, string> = {}): Promise<void> {
  await admin.post(`/staff/setup/${await makeSetupToken(test.platform)}`, { ...COUNTRY, ...fields });
  await signInAs(admin, ADMIN.email, ADMIN.password);
}

/** One step of the list, as its section says it. */
async function step(id: string, by = admin): Promise<string> {
  const { text } = await by.get(START);
  return text.split("<section").find((section) => section.includes(`id="${id}"`)) ?? "";
}

const identityOn = (text: string) => /AGE-SECRET-KEY-1[A-Z0-9]+/.exec(text)?.[0] ?? "";

/** Invites the first person from the list and comes in by the link, as both would. */
async function staffTheDesk(): Promise<Visitor> {
  const [, invite = ""] = /href="(\/staff\/team\/[\w-]+\/invite)"/.exec(await step("desk")) ?? [];
  const wanted = { name: "Tara Tim", email: "tara@desk.test", role: "triage", language: "en", leads: "yes" };
  const made = await admin.post(invite, wanted);
  const page = await admin.get(made.path);
  expect(page.text).toContain('class="qr"');
  const link = /<p class="address"[^>]*>http:\/\/test\.local([^<]+)</.exec(page.text)?.[1] ?? "";
  expect(await step("desk")).toContain(`href="${made.path}"`);
  const member = newVisitor(test);
  recoveryCodeOn(await member.post(link, { name: "Tara Tim", password: ADMIN.password, language: "en" }));
  await signInAs(member, wanted.email, ADMIN.password);
  return member;
}

describe("the list of what a new service needs", () => {
  it("is where the administrator comes in until a desk has a person, and from then on no longer", async () => {
    await setUp();
    const again = newVisitor(test);
    expect((await signInAs(again, ADMIN.email, ADMIN.password)).path).toBe(START);
    expect((await again.get("/staff")).path).toBe(START);
    expect((await again.get(START)).text).toContain("What the service still needs");
    await staffTheDesk();
    expect((await again.get("/staff")).path).toBe("/staff/institutions");
    expect((await again.get(START)).text).toContain("The service is ready");
  });

  it("leads by an invitation to a desk that reads what is sent afterwards, and takes nothing before", async () => {
    await setUp();
    expect((await newVisitor(test).post("/en/report", {})).status).toBe(503);
    const member = await staffTheDesk();
    await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: "the first report", truthful: "yes" } });
    const inbox = await member.get("/staff/cases");
    expect((await member.get(`/staff/cases/${numbersOn(inbox)[0]}`)).text).toContain("the first report");
    expect(await step("desk")).toContain("Somebody works there");
  });

  it("says whether backups are made, of when the last one is, and that a night was missed", async () => {
    await setUp();
    expect(await step("backup")).toContain("BACKUP_DIR");
    const { platform, country } = test;
    const options = { country, recoveryRecipient: undefined, baseUrl: undefined, demo: false } as const;
    let now = Date.now();
    const clocked = { ...platform, now: () => now };
    const app = createApp(clocked, { ...options, secondFactor: "offered", backsUp: true });
    const beside = newVisitor({ ...test, app });
    await signInAs(beside, ADMIN.email, ADMIN.password);
    expect(await step("backup", beside)).toContain("the first within ten minutes");
    expect(await step("backup", beside)).toContain(`>${secretsMark(platform.secrets)}<`);
    const subject = { kind: "backup", id: "b" } as const;
    const made = { action: "backup.made", by: { kind: "system" }, subject, at: now } as const;
    await platform.db.write((tx) => recordAudit(tx, made));
    expect(await step("backup", beside)).toMatch(/The last one: [^<]*\d.*tag teal|tag teal[\s\S]*The last one/);
    now += 3 * 86_400_000;
    await signInAs(beside, ADMIN.email, ADMIN.password);
    expect(await step("backup", beside)).toContain("A night was missed");
  });

  it("says at once that a backup could not be made, where none ever was", async () => {
    await setUp();
    const { platform, country } = test;
    const options = { country, recoveryRecipient: undefined, baseUrl: undefined, demo: false } as const;
    const app = createApp(platform, { ...options, secondFactor: "offered", backsUp: true });
    const failed = { action: "backup.failed", subject: { kind: "backup", id: undefined } } as const;
    await platform.db.write((tx) => recordAudit(tx, { ...failed, by: { kind: "system" }, at: platform.now() }));
    expect(await step("backup", newVisitor({ app }, admin.cookies))).toContain("A night was missed");
  });

  it("says that a backup of a day to come lies there, as long as it was seen within a day", async () => {
    await setUp();
    const { platform, country } = test;
    const options = { country, recoveryRecipient: undefined, baseUrl: undefined, demo: false } as const;
    const app = createApp(platform, { ...options, secondFactor: "offered", backsUp: true });
    const beside = newVisitor({ app }, admin.cookies);
    const seen = { subject: { kind: "backup", id: undefined }, by: { kind: "system" } } as const;
    const record = (action: "backup.made" | "backup.dayToCome", at: number) =>
      platform.db.write((tx) => recordAudit(tx, { ...seen, action, at }));
    await record("backup.made", platform.now());
    await record("backup.dayToCome", platform.now() - 25 * 3_600_000);
    expect(await step("backup", beside)).not.toContain("a day to come");
    expect(await step("backup", beside)).toContain("tag teal");
    await record("backup.dayToCome", platform.now() - 20 * 3_600_000);
    expect(await step("backup", beside)).toContain("a clock was wrong");
    expect(await step("backup", beside)).toContain("tag sun");
  });

  it("says who may report, that mail may be none, and how to get TLS", async () => {
    await setUp({ stage: "2" });
    expect(await step("stage")).toContain("Staff of all institutions");
    expect(await step("mail")).toContain("That is fine");
    expect(await step("line")).toContain("docs/Caddyfile");
    const mail = { send: async () => undefined, close: () => undefined };
    const { platform, country } = test;
    const options = { country, recoveryRecipient: undefined, demo: false, secondFactor: "offered" } as const;
    const app = createApp({ ...platform, mail }, { ...options, baseUrl: "http://test.local", plain: true });
    const other = newVisitor({ app }, admin.cookies);
    expect(await step("mail", other)).toContain("A mail server is set.");
    expect(await step("line", other)).toContain("takes no reports");
  });

  it("says so where somebody could open reports and nobody may send one", async () => {
    await setUp({ stage: "0" });
    await staffTheDesk();
    expect((await admin.get(START)).text).toContain("nobody may report anywhere yet");
  });

  it("tells a school to add the bodies outside it", async () => {
    await setUp({ size: "school", type: "primary_school", territory: "rs-nis" });
    expect(await step("outside")).toContain("education inspection");
    expect((await admin.get(START)).text).toContain("protection team");
  });

  it("says how much of the starter content waits as drafts, and leads to where it is read", async () => {
    await setUp({ size: "school", type: "primary_school", territory: "rs-nis" });
    expect(await step("content")).toContain("Every page is published");
    await loadPages(test.platform, test.country);
    expect(await step("content")).toContain("30 pages wait as drafts");
    expect(await step("content")).toContain('href="/staff/library"');
    expect((await admin.get("/staff/library")).status).toBe(200);
  });

  it("is nobody's business but an administrator's", async () => {
    await setUp();
    const member = await staffTheDesk();
    expect((await member.get(START)).status).toBe(404);
    expect((await member.post(START, {})).status).toBe(404);
    expect((await newVisitor(test).get(START)).path).toBe("/staff");
  });

  it("does not stand in the way where nobody used a set-up link", async () => {
    expect((await (await newStaff(test, "admin")).get("/staff")).path).toBe("/staff/institutions");
  });
});

describe("the recovery key", () => {
  it("is shown once and stored nowhere, and opens what the desk's key seals", async () => {
    await setUp();
    const identity = identityOn((await admin.post(START, {})).text);
    expect(identity).not.toBe("");
    expect(identityOn((await admin.get(START)).text)).toBe("");
    const rows = await test.database.raw("select * from setting");
    expect(JSON.stringify(rows)).not.toContain(identity);
    await staffTheDesk();
    const [row] = await test.database.raw("select sealed from desk_key_holder where holder = 'recovery'");
    expect(await openText(identity, row?.sealed as Buffer)).toMatch(/^AGE-SECRET-KEY-1/);
  });

  it("can be made again while no desk has a key, and never after that", async () => {
    await setUp();
    const made = await admin.post(START, {});
    const [first, ending] = [identityOn(made.text), /…([a-z0-9]{8})</.exec(made.text)?.[1] ?? ""];
    expect(await step("recovery")).toContain(`…${ending}`);
    expect(made.text).toContain(`>${secretsMark(test.platform.secrets)}<`);
    // Loading the page with the key once more sends the same form, and the paper stays the right one.
    expect([(await admin.post(START, {})).path, await step("recovery")]).toEqual([
      `${START}#recovery`,
      expect.stringContaining(`…${ending}`),
    ]);
    const second = identityOn((await admin.post(START, { replaces: ending })).text);
    expect([first === second, second === ""]).toEqual([false, false]);
    expect((await admin.post(START, { replaces: ending })).path).toBe(`${START}#recovery`);
    await staffTheDesk();
    const late = await admin.post(START, {});
    expect([late.status, late.path]).toEqual([303, `${START}#recovery`]);
    expect(await step("recovery")).not.toContain("<form");
  });

  it("is not made where the environment has one, whose end is shown", async () => {
    await setUp();
    const { recipient } = await newKeyPair();
    const { platform, country } = test;
    const options = { country, baseUrl: undefined, demo: false, secondFactor: "offered" } as const;
    const guarded = newVisitor(
      { app: createApp(platform, { ...options, recoveryRecipient: recipient }) },
      admin.cookies,
    );
    expect((await guarded.post(START, {})).status).toBe(303);
    expect(await step("recovery", guarded)).toContain(recipient.slice(-8));
    expect(await test.database.raw("select name from setting where name = 'recovery'")).toEqual([]);
  });

  it("says what it means when nobody has one, also once it is too late", async () => {
    await setUp();
    expect(await step("recovery")).toContain("closed for ever");
    await staffTheDesk();
    expect(await step("recovery")).toContain("RECOVERY_RECIPIENT");
  });

  it("made while the first person comes in opens that desk too", async () => {
    await setUp();
    const [, invite = ""] = /href="(\/staff\/team\/[\w-]+\/invite)"/.exec(await step("desk")) ?? [];
    const wanted = { name: "Tara Tim", email: "tara@desk.test", role: "triage", language: "en" };
    const page = await admin.get((await admin.post(invite, wanted)).path);
    const link = /<p class="address"[^>]*>http:\/\/test\.local([^<]+)</.exec(page.text)?.[1] ?? "";
    const { platform, country } = test;
    let identity = "";
    const write: typeof platform.db.write = async (work, options) => {
      if (identity === "") identity = identityOn((await admin.post(START, {})).text);
      return platform.db.write(work, options);
    };
    const options = { country, baseUrl: undefined, recoveryRecipient: undefined, demo: false } as const;
    const slow = newVisitor({ app: createApp({ ...platform, db: { ...platform.db, write } }, options) });
    recoveryCodeOn(await slow.post(link, { name: "Tara Tim", password: ADMIN.password, language: "en" }));
    const [row] = await test.database.raw("select sealed from desk_key_holder where holder = 'recovery'");
    expect(await openText(identity, row?.sealed as Buffer)).toMatch(/^AGE-SECRET-KEY-1/);
  });

  it("set after a desk has its key opens that desk, and all that was sealed before, once somebody there signs in", async () => {
    await setUp();
    await staffTheDesk();
    const story = "sealed before anybody kept a key";
    await sendShortReport(newVisitor(test), { "4": { forms: ["social"], story, truthful: "yes" } });
    const { platform, country } = test;
    const keys = await newKeyPair();
    const options = { country, baseUrl: undefined, demo: false, secondFactor: "offered" } as const;
    const app = createApp(platform, { ...options, recoveryRecipient: keys.recipient });
    const beside = newVisitor({ app }, new Map(admin.cookies));
    expect(await step("recovery", beside)).toContain("It does not open 1 older key");
    await signInAs(newVisitor({ app }), "tara@desk.test", ADMIN.password);
    expect(await step("recovery", beside)).not.toContain("does not open");
    expect(await step("recovery", beside)).toContain("tag teal");
    const reached = await platform.db.read((reader) => listReachableDeskKeys(reader, RECOVERY));
    const ring = openDeskKeyring(reached, RECOVERY, keys.identity);
    const sealedTo = await test.database.raw("select distinct holder_id from holder where kind = 'desk'");
    expect(sealedTo.map(({ holder_id }) => ring.keys.has(String(holder_id)))).toEqual([true]);
    await signInAs(newVisitor({ app }), "tara@desk.test", ADMIN.password);
    expect(await test.database.raw("select id from desk_key")).toHaveLength(2);
  });

  it("asks once more who it is", async () => {
    await setUp();
    test.pass(6 * 60_000);
    const asked = await admin.post(START, {});
    expect([identityOn(asked.text), asked.text.includes("Confirm that it is you")]).toEqual(["", true]);
    const given = await admin.post(START, { confirmPassword: ADMIN.password });
    expect(identityOn(given.text)).not.toBe("");
  });

  it("that somebody wrote into the database without the pepper counts as none", async () => {
    await setUp();
    await admin.post(START, {});
    const needs = { ...test.platform, recoveryRecipient: undefined };
    const made = await findRecoveryRecipient(needs);
    expect(made).toMatch(/^age1/);
    const { recipient } = await newKeyPair();
    await test.database.raw(
      `update setting set value = replace(value, '${made}', '${recipient}') where name = 'recovery'`,
    );
    expect(await findRecoveryRecipient(needs)).toBeUndefined();
  });

  it("leaves a row in the audit, without the recipient", async () => {
    await setUp();
    await admin.post(START, {});
    const rows = await test.database.raw("select detail from audit_entry where action = 'setting.changed'");
    expect(rows.map(({ detail }) => JSON.parse(String(detail)).setting).sort()).toEqual([
      "languages",
      "operator",
      "recovery",
      "size",
    ]);
    expect(JSON.stringify(rows)).not.toContain("age1");
  });
});
