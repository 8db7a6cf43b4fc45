import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareAccount, storeAccount } from "#accounts/index.ts";
import { mayDo, needsSecondFactor, type Permission, ROLE_NAMES, rolesAt } from "#accounts/roles.ts";
import { openTestApp, PASSWORD, STRANGER, type TestApp } from "../support/app.ts";
import { type Form, newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillReport, numbersOn, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

let test: TestApp;
let number: string;
let operator: Visitor;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  await fillReport(newVisitor(test));
  operator = newVisitor(test);
  number = numbersOn(await signInAs(operator))[0] ?? "";
  const admin = {
    email: "admin@triage.test",
    name: "Ada Admin",
    role: "admin",
    language: "en",
    password: PASSWORD,
  } as const;
  const prepared = await prepareAccount(test.platform, admin);
  await test.platform.db.write((tx) => storeAccount(tx, prepared));
});
afterAll(() => test.close());

const WRITES: readonly (readonly [string, Form])[] = [
  ["urgency", { urgency: "p4", version: "1" }],
  ["status", { status: "closed", version: "1" }],
  ["notes", { note: "a note of a stranger" }],
  ["messages", { message: "a message of a stranger" }],
  ["assessment", { assessment: "an opinion of a stranger", based: "" }],
];

/** A page without its request number, which differs on every page. */
const plain = ({ status, text, headers }: Seen, at: string) =>
  JSON.stringify([
    status,
    text.replace(/number: [\w-]+/, "number").replaceAll(at, "NUMBER"),
    [...headers].filter(([name]) => name !== "content-length"),
  ]);

const untouched = async () =>
  JSON.stringify([
    await test.database.raw("select id, status, urgency, version from case_file"),
    await test.database.raw("select id from entry order by id"),
    await test.database.raw("select id from case_event order by id"),
  ]);

describe("an administrator", () => {
  it("finds no reports and no report", async () => {
    const admin = newVisitor(test);
    await admin.post("/staff/session", { email: "admin@triage.test", password: PASSWORD });
    expect((await admin.get("/staff/account")).status).toBe(200);
    expect((await admin.get("/staff/cases")).status).toBe(404);
    expect((await admin.get(`/staff/cases/${number}`)).status).toBe(404);
    for (const [page, form] of WRITES) {
      expect((await admin.post(`/staff/cases/${number}/${page}`, form)).status, page).toBe(404);
    }
  });

  it("may not be given what is not listed, nor may an unknown role", () => {
    expect(mayDo("admin", "case.read")).toBe(false);
    expect(mayDo("admin", "account.own")).toBe(true);
    expect(mayDo("triage", "case.read")).toBe(true);
    for (const role of ["", "root", "toString", "constructor"]) expect(mayDo(role, "account.own"), role).toBe(false);
  });

  it("is shown no link to pages that do not exist for this role", async () => {
    const admin = newVisitor(test);
    const seen = await signInAs(admin, "admin@triage.test");
    expect(seen.status).toBe(200);
    expect(seen.text).not.toContain('href="/staff/cases"');
  });
});

/** Whether a permission shows what a case says, lists cases, or leads to it; a new one has to be placed here. */
const SHOWS_CASES: Readonly<Record<Permission, boolean>> = {
  "account.own": false,
  "case.list": true,
  "case.read": true,
  "case.write": true,
  "case.ask": true,
  "deadline.list": true,
  "report.onBehalf": true,
  "directory.read": false,
  "directory.change": true,
  "desk.silentBelow": true,
  "desk.silentAll": true,
  "team.own": true,
  "team.read": true,
  "people.read": true,
  "people.manage": true,
  "audit.read": true,
  "library.publish": false,
  "service.start": false,
  "recovery.make": true,
};

describe("a second factor", () => {
  const shown = (Object.keys(SHOWS_CASES) as Permission[]).filter((permission) => SHOWS_CASES[permission]);
  const atDesks = ["triage", "csw", "school"].flatMap((kind) => rolesAt({ kind, standsIn: true }));

  it("is required of every role that reads cases, leads to them, or works at a desk", () => {
    const opens = ROLE_NAMES.filter(
      (role) => atDesks.includes(role) || shown.some((permission) => mayDo(role, permission)),
    );
    expect(opens.toSorted()).toEqual(["admin", "helpline", "member", "supervisor", "triage"]);
    expect(opens.filter((role) => !needsSecondFactor(role))).toEqual([]);
    for (const permission of ["case.list", "case.read", "case.write", "case.ask"] as const)
      expect(
        ROLE_NAMES.some((role) => mayDo(role, permission)),
        permission,
      ).toBe(true);
  });

  it("stands before every page of such a role, and of no other", async () => {
    const strict = await openTestApp({ ...unpaced(), secondFactor: "required" });
    const led = new Map<string, string>();
    for (const role of ROLE_NAMES) led.set(role, (await (await newStaff(strict, role)).get("/staff/account")).path);
    await strict.close();
    for (const role of ROLE_NAMES)
      expect([role, led.get(role)]).toEqual([
        role,
        needsSecondFactor(role) ? "/staff/second-factor" : "/staff/account",
      ]);
  });
});

describe("somebody of another desk", () => {
  let stranger: Visitor;
  beforeAll(async () => {
    stranger = newVisitor(test);
    await signInAs(stranger, STRANGER);
  });

  it("has the report in no list", async () => {
    for (const query of ["", "?status=received", "?territory=rs-zemun", "?form=physical", "?desk=desk-triage"]) {
      const seen = await stranger.get(`/staff/cases${query}`);
      expect(numbersOn(seen), query).toEqual([]);
      expect(seen.text).not.toContain(number);
    }
  });

  it("gets for its page what a number that does not exist gets, to the byte", async () => {
    const mine = await stranger.get(`/staff/cases/${number}`);
    const none = await stranger.get("/staff/cases/2026-999999999999");
    expect(mine.status).toBe(404);
    expect(plain(mine, number)).toBe(plain(none, "2026-999999999999"));
  });

  it("can write nothing to it, and the answer tells nothing", async () => {
    const before = await untouched();
    for (const [page, form] of WRITES) {
      const mine = await stranger.post(`/staff/cases/${number}/${page}`, form);
      const none = await stranger.post(`/staff/cases/2026-999999999999/${page}`, form);
      expect(mine.status, page).toBe(404);
      expect(plain(mine, number), page).toBe(plain(none, "2026-999999999999"));
    }
    expect(await untouched()).toBe(before);
  });

  it("gets the same for a form that is not even right", async () => {
    for (const [page] of WRITES) {
      expect((await stranger.post(`/staff/cases/${number}/${page}`, {})).status, page).toBe(404);
    }
  });

  it("leaves no trace of reading, since nothing was read", async () => {
    const reads = await test.database.raw("select id from audit_entry where action = 'case.read'");
    expect(reads).toEqual([]);
    await operator.get(`/staff/cases/${number}`);
    expect(await test.database.raw("select id from audit_entry where action = 'case.read'")).toHaveLength(1);
  });
});

describe("somebody who waits to be admitted to the desk", () => {
  it("sees nothing of it", async () => {
    const person = {
      email: "new@triage.test",
      name: "Nina New",
      role: "triage",
      language: "en",
      password: PASSWORD,
    } as const;
    const prepared = await prepareAccount(test.platform, person);
    await test.platform.db.write((tx) => storeAccount(tx, prepared));
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at) values ('desk-triage', '${prepared.row.id}', null)`,
    );
    const waiting = newVisitor(test);
    const inbox = await signInAs(waiting, person.email);
    expect(inbox.status).toBe(200);
    expect(numbersOn(inbox)).toEqual([]);
    expect((await waiting.get(`/staff/cases/${number}`)).status).toBe(404);
  });
});
