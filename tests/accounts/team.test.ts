import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { admitMember, listReachableDeskKeys, openDeskKeyring } from "#accounts/index.ts";
import { CannotOpen } from "#platform/crypto/seal.ts";
import { COLLEAGUE, OPERATOR, openTestApp, RECOVERY_KEYS, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { numbersOn, sendShortReport, signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const TEAM = "/staff/team/desk-triage";
const ENGLISH = { "accept-language": "en" };
const PASSWORD = "four words in a row";
let test: TestApp;
let admin: Visitor & { readonly id: string };
let operator: Visitor;

beforeEach(async () => {
  test = await openTestApp({ ...unpaced(), recoveryRecipient: RECOVERY_KEYS.recipient });
  admin = await newStaff(test, "admin");
  operator = newVisitor(test);
  await signInAs(operator);
});
afterEach(() => test.close());

const idOf = async (email: string) => {
  const [row] = await test.database.raw(`select id from person where email = '${email}'`);
  return String(row?.id);
};
const report = (words: string) =>
  sendShortReport(newVisitor(test), { "4": { forms: ["social"], story: words, truthful: "yes" } });
/** What every case of the inbox says to somebody, or that it does not open. */
async function readAll(visitor: Visitor): Promise<string[]> {
  const numbers = numbersOn(await visitor.get("/staff/cases"));
  const pages = await Promise.all(numbers.map((number) => visitor.get(`/staff/cases/${number}`)));
  return pages
    .map(({ status, text }) => (status === 200 ? (/told \w+/.exec(text)?.[0] ?? "nothing") : String(status)))
    .sort();
}

/** Invites somebody to the triage desk who then makes an account and signs in. */
async function newcomer(email: string, fields: Record<string, string> = {}): Promise<Visitor> {
  const made = await admin.post(`${TEAM}/invite`, {
    name: "Tara Nova",
    email,
    role: "triage",
    language: "en",
    ...fields,
  });
  const [, link = ""] =
    /<p class="address"[^>]*>http:\/\/test\.local([^<]+)</.exec((await admin.get(made.path)).text) ?? [];
  await newVisitor(test).post(link, { name: "Tara Nova", password: PASSWORD, language: "en" });
  const visitor = newVisitor(test);
  await visitor.post("/staff/session", { email, password: PASSWORD });
  return visitor;
}
const admit = async (email: string, by = operator) => by.post(`${TEAM}/${await idOf(email)}/admit`, {});
const remove = async (email: string, by: Visitor, fields: Record<string, string> = {}) =>
  by.post(`${TEAM}/${await idOf(email)}/remove`, fields);

describe("a newcomer", () => {
  it("opens everything the desk ever received once a colleague has let them in, and nothing before", async () => {
    await report("told early");
    const tara = await newcomer("tara@triage.test");
    expect(await readAll(tara)).toEqual([]);
    expect((await operator.get(TEAM)).text).toContain("waits to be let in");
    expect((await admit("tara@triage.test")).path).toBe(TEAM);
    await report("told later");
    expect(await readAll(tara)).toEqual(["told early", "told later"]);
    expect((await admit("tara@triage.test")).path).toBe(TEAM);
    const rows = await test.database.raw("select action from audit_entry where action = 'desk.memberAdmitted'");
    // The colleague was admitted when the service was set up.
    expect(rows).toHaveLength(2);
  });

  it("is let in by nobody but a colleague of that desk: not by an administrator, a stranger, or themselves", async () => {
    const tara = await newcomer("tara@triage.test");
    const stranger = newVisitor(test);
    await signInAs(stranger, STRANGER);
    for (const by of [admin, stranger, tara]) {
      await admit("tara@triage.test", by);
      expect(await test.database.raw("select person_id from desk_member where admitted_at is null")).toHaveLength(1);
    }
  });
});

describe("whoever is removed", () => {
  it("is out at once, and opens nothing newer with the keys they held, while those who stay open everything", async () => {
    await report("told before");
    const colleague = newVisitor(test);
    await signInAs(colleague, COLLEAGUE);
    const personId = await idOf(COLLEAGUE);
    const [kept] = await test.database.raw(`select sealed_identity from session where person_id = '${personId}'`);
    const held = await test.platform.db.read((reader) => listReachableDeskKeys(reader, personId));
    expect([kept !== undefined, held.length]).toEqual([true, 1]);
    await remove(COLLEAGUE, admin);
    expect((await colleague.get("/staff/cases")).path).toBe("/staff");
    await expect(signInAs(newVisitor(test), COLLEAGUE)).rejects.toThrow("422");
    // An administrator holds no key: the next colleague who signs in makes the desk's next one.
    expect(await generations()).toEqual([1]);
    await signInAs(operator);
    expect(await generations()).toEqual([1, 2]);
    await report("told after");
    expect(await readAll(operator)).toEqual(["told after", "told before"]);
    const newer = await test.database.raw(
      "select h.holder_id from holder h join desk_key k on k.id = h.holder_id where k.generation = 2",
    );
    expect(newer).toHaveLength(2);
    expect(held.map(({ deskKeyId }) => deskKeyId)).not.toContain(newer[0]?.holder_id);
    expect(await test.platform.db.read((reader) => listReachableDeskKeys(reader, personId))).toEqual([]);
  });

  it("by an administrator leaves the desk with a new key once a colleague who is signed in opens the inbox", async () => {
    await report("told before");
    await remove(COLLEAGUE, admin);
    expect(await generations()).toEqual([1]);
    const pages = await Promise.all([operator.get("/staff/cases"), operator.get("/staff/cases")]);
    expect(pages.map(({ status }) => status)).toEqual([200, 200]);
    expect(await generations()).toEqual([1, 2]);
    expect(await holdersOf(2)).toEqual([OPERATOR, "recovery"]);
    await report("told after");
    const sealedTo = await test.database.raw(
      "select distinct k.generation from holder h join desk_key k on k.id = h.holder_id order by k.generation",
    );
    expect(sealedTo.map(({ generation }) => Number(generation))).toEqual([1, 2]);
    expect(await readAll(operator)).toEqual(["told after", "told before"]);
    expect(await generations()).toEqual([1, 2]);
  });

  it("leaves the inbox open to a colleague where the next key cannot be made, until it can", async () => {
    await remove(COLLEAGUE, admin);
    const own = `where holder = '${await idOf(OPERATOR)}'`;
    const setOwn = (from: string) => test.database.raw(`update desk_key_holder set sealed = (${from}) ${own}`);
    await test.database.raw(`create table kept as select sealed from desk_key_holder ${own}`);
    await setOwn("select sealed from desk_key_holder where holder = 'recovery' limit 1");
    expect((await operator.get("/staff/cases")).status).toBe(200);
    expect(await generations()).toEqual([1]);
    await setOwn("select sealed from kept");
    expect((await operator.get("/staff/cases")).status).toBe(200);
    expect(await generations()).toEqual([1, 2]);
  });

  it("by a lead who holds the key leaves the desk with a new one at once", async () => {
    const lead = await newcomer("lead@triage.test", { leads: "yes" });
    await admit("lead@triage.test");
    await report("told before");
    await remove(COLLEAGUE, lead);
    expect(await generations()).toEqual([1, 2]);
    await report("told after");
    expect(await readAll(lead)).toEqual(["told after", "told before"]);
    expect(await readAll(operator)).toEqual(["told after", "told before"]);
    expect(await holdersOf(2)).toEqual(["lead@triage.test", OPERATOR, "recovery"].sort());
  });

  it("twice, and by two at once, leaves one new key and nobody without it", async () => {
    const lead = await newcomer("lead@triage.test", { leads: "yes" });
    await admit("lead@triage.test");
    await newcomer("tara@triage.test");
    await Promise.all([remove(COLLEAGUE, lead), remove(COLLEAGUE, lead), admit("tara@triage.test")]);
    await signInAs(operator);
    await report("told after");
    expect(await readAll(operator)).toEqual(["told after"]);
    expect(await readAll(lead)).toEqual(["told after"]);
    const tara = newVisitor(test);
    await tara.post("/staff/session", { email: "tara@triage.test", password: PASSWORD });
    await admit("tara@triage.test");
    expect(await readAll(tara)).toEqual(["told after"]);
  });

  it("as the last one asks first whether it must be, and then only the recovery identity opens the desk", async () => {
    await report("told before");
    await remove(COLLEAGUE, admin);
    const asked = await remove(OPERATOR, admin);
    expect([asked.status, asked.text.includes("only the recovery key can")]).toEqual([409, true]);
    expect((await remove(OPERATOR, admin, { last: "yes" })).status).toBe(303);
    expect((await newVisitor(test).get("/en/report")).text).not.toContain('action="/en/report"');
    const tara = await newcomer("tara@triage.test");
    const recovery = { kind: "recovery", holder: "recovery", identity: RECOVERY_KEYS.identity } as const;
    const place = { deskId: "desk-triage", personId: await idOf("tara@triage.test") };
    const wrong = {
      ...recovery,
      identity: (await import("#platform/crypto/seal.ts").then((seal) => seal.newKeyPair())).identity,
    };
    await expect(admitMember(test.platform, wrong, place)).rejects.toThrow(CannotOpen);
    expect(await admitMember(test.platform, recovery, place)).toBe("done");
    expect(await readAll(tara)).toEqual(["told before"]);
  });

  it("has no account any more where they work at no other desk, and may be invited again", async () => {
    await remove(COLLEAGUE, admin);
    expect(await test.database.raw(`select id from person where email = '${COLLEAGUE}'`)).toEqual([]);
    const again = await newcomer(COLLEAGUE);
    expect((await again.get("/staff/account")).status).toBe(200);
  });
});

describe("a colleague who lost everything", () => {
  it("gets a link from a colleague, and opens all cases again once let in", async () => {
    await report("told before");
    const made = await operator.post(`${TEAM}/${await idOf(COLLEAGUE)}/recover`, {});
    const shown = await operator.get(made.path);
    const [, link = ""] = /<p class="address"[^>]*>http:\/\/test\.local([^<]+)</.exec(shown.text) ?? [];
    expect((await newVisitor(test).post(link, { name: "Kosta", password: PASSWORD, language: "en" })).status).toBe(200);
    const colleague = newVisitor(test);
    await colleague.post("/staff/session", { email: COLLEAGUE, password: PASSWORD });
    expect(await readAll(colleague)).toEqual([]);
    // Whoever gave the link may be the one who used it: another colleague looks.
    const refused = await admit(COLLEAGUE);
    expect([refused.status, refused.text.includes("Another colleague lets them in")]).toEqual([409, true]);
    expect(await readAll(colleague)).toEqual([]);
    const third = await newcomer("third@triage.test");
    await admit("third@triage.test");
    expect((await admit(COLLEAGUE, third)).path).toBe(TEAM);
    expect(await readAll(colleague)).toEqual(["told before"]);
  });

  it("leads nothing any more until somebody who may says so again", async () => {
    await test.database.raw("update desk_member set leads = true where desk_id = 'desk-triage'");
    const made = await operator.post(`${TEAM}/${await idOf(COLLEAGUE)}/recover`, {});
    const [, link = ""] =
      /<p class="address"[^>]*>http:\/\/test\.local([^<]+)</.exec((await operator.get(made.path)).text) ?? [];
    await newVisitor(test).post(link, { name: "Kosta", password: PASSWORD, language: "en" });
    expect(
      await test.database.raw(`select leads from desk_member where person_id = '${await idOf(COLLEAGUE)}'`),
    ).toEqual([{ leads: test.database.db.engine === "postgres" ? false : 0 }]);
  });

  it("has no use for a link from somebody who is no colleague any more, or once the account has ended", async () => {
    const made = await operator.post(`${TEAM}/${await idOf(COLLEAGUE)}/recover`, {});
    const path = (await operator.get(made.path)).path;
    await test.database.raw(
      `insert into desk_member (desk_id, person_id, admitted_at, leads)
       select desk_id, '${await idOf(OPERATOR)}', admitted_at, leads from desk_member where person_id = '${await idOf(STRANGER)}'`,
    );
    await remove(OPERATOR, admin);
    const former = newVisitor(test);
    await signInAs(former);
    expect((await former.get(path)).status).toBe(404);
    expect((await former.post(`${path}/renew`, {})).status).toBe(404);

    const linkAt = async (at: string) =>
      /<p class="address"[^>]*>http:\/\/test\.local([^<]+)</.exec((await admin.get(at)).text)?.[1] ?? "";
    expect(await linkAt(path)).toBe("");
    const again = (await admin.post(`/staff/people/${await idOf(COLLEAGUE)}/recover`, {})).path;
    const link = await linkAt(again);
    expect((await newVisitor(test).get(link)).status).toBe(200);
    await remove(COLLEAGUE, admin, { last: "yes" });
    expect((await newVisitor(test).get(link)).status).not.toBe(200);
  });

  it("cannot be given a link by a stranger, nor by themselves", async () => {
    const stranger = newVisitor(test);
    await signInAs(stranger, STRANGER);
    expect((await stranger.post(`${TEAM}/${await idOf(COLLEAGUE)}/recover`, {})).status).toBe(404);
    expect((await operator.post(`${TEAM}/${await idOf(OPERATOR)}/recover`, {})).status).toBe(404);
  });
});

describe("the people of a desk", () => {
  it("are shown to who works there and to an administrator; for everybody else the desk does not exist", async () => {
    const stranger = newVisitor(test);
    await signInAs(stranger, STRANGER);
    expect((await stranger.get(TEAM)).status).toBe(404);
    for (const by of [operator, admin]) {
      const seen = await by.get(TEAM);
      expect([seen.status, seen.text.includes("Kosta Colleague")]).toEqual([200, true]);
    }
    expect((await operator.get("/staff/team")).path).toBe(TEAM);
    expect((await admin.get("/staff/team")).status).toBe(404);
  });

  it("are invited and removed by a lead of that desk alone, and by an administrator", async () => {
    for (const by of [operator]) {
      expect((await by.get(`${TEAM}/invite`)).status).toBe(404);
      expect((await remove(COLLEAGUE, by)).status).toBe(404);
    }
    await admin.post(`${TEAM}/${await idOf(OPERATOR)}/lead`, { leads: "yes" });
    expect((await operator.get(`${TEAM}/invite`)).status).toBe(200);
    expect((await operator.get("/staff/team/desk-other/invite")).status).toBe(404);
    expect((await operator.get(TEAM, ENGLISH)).text).toContain("leads the desk");
    await admin.post(`${TEAM}/${await idOf(OPERATOR)}/lead`, { leads: "no" });
    expect((await operator.get(`${TEAM}/invite`)).status).toBe(404);
  });
});

async function generations(): Promise<number[]> {
  const rows = await test.database.raw(
    "select generation from desk_key where desk_id = 'desk-triage' order by generation",
  );
  return rows.map(({ generation }) => Number(generation));
}

async function holdersOf(generation: number): Promise<string[]> {
  const rows = await test.database.raw(
    `select coalesce(p.email, h.holder) as who from desk_key_holder h join desk_key k on k.id = h.desk_key_id left join person p on p.id = h.holder where k.desk_id = 'desk-triage' and k.generation = ${generation}`,
  );
  return rows.map(({ who }) => String(who)).sort();
}

describe("a desk's earlier keys", () => {
  it("open through each later one, for whoever holds the newest alone", async () => {
    const lead = await newcomer("lead@triage.test", { leads: "yes" });
    await admit("lead@triage.test");
    for (const round of [1, 2, 3]) {
      await report(`told round${round}`);
      await newcomer(`guest${round}@triage.test`);
      await admit(`guest${round}@triage.test`);
      await remove(`guest${round}@triage.test`, lead);
    }
    expect(await generations()).toEqual([1, 2, 3, 4]);
    const tara = await newcomer("tara@triage.test");
    await admit("tara@triage.test");
    expect(await readAll(tara)).toEqual(["told round1", "told round2", "told round3"]);
    const own = await test.platform.db.read(async (reader) =>
      listReachableDeskKeys(reader, await idOf("tara@triage.test")),
    );
    expect(own.filter(({ holder }) => !holder.startsWith("key:"))).toHaveLength(1);
    const keyring = openDeskKeyring(own, "somebody else", "AGE-SECRET-KEY-1");
    await expect(keyring.open(own[0]?.deskKeyId ?? "")).rejects.toThrow(CannotOpen);
  });
});
