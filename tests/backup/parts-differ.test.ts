import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { restorePart } from "#backup/index.ts";
import { tableName } from "#backup/row-store.ts";
import { TABLES } from "#backup/schema.ts";
import { shareByRecovery } from "#casework/share-by-recovery.ts";
import { COLLEAGUE, OPERATOR, openTestApp, RECOVERY_KEYS, STRANGER, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { openTestDatabase } from "../support/database.ts";
import { sendShortReport, signInAs, track, unpaced } from "../support/journey.ts";
import { backUpTo, newFolder, orderFor, type Restored } from "./stores.ts";

/*
 * A case whose desk has two members: at first both open it, then the operator keeps the colleague away, then lifts that.
 * A backup was made before it, meanwhile and after.
 */

const STORY = "they push me in the corridor";
const folder = newFolder();
const fileOf = (name: string) => join(folder.path, `${name}.age`);
let source: TestApp;
let number: string;
let other: string;
let code: string;
const ids: Record<string, string> = {};

const idIn = async (statement: string) => String(Object.values((await source.database.raw(statement))[0] ?? {})[0]);

beforeAll(async () => {
  source = await openTestApp({ ...unpaced(), recoveryRecipient: RECOVERY_KEYS.recipient });
  for (const email of [OPERATOR, COLLEAGUE, STRANGER])
    ids[email] = await idIn(`select id from person where email = '${email}'`);
  ({ code } = await sendShortReport(newVisitor(source)));
  number = await idIn("select number from case_file");
  await sendShortReport(newVisitor(source));
  other = await idIn(`select number from case_file where number <> '${number}'`);
  await backUpTo(fileOf("before"), source);
  const operator = newVisitor(source);
  await signInAs(operator);
  await operator.post(`/staff/cases/${number}/exclusions`, { whom: `person:${ids[COLLEAGUE]}` });
  await backUpTo(fileOf("meanwhile"), source);
  const { text } = await operator.get(`/staff/cases/${number}/exclusions`);
  const [, lift = ""] = /action="([^"]+\/lift)"/.exec(text) ?? [];
  await operator.post(lift, {});
  // Somebody else was let in too, of which the earlier backups know nothing.
  await source.database.raw(
    `insert into holder (compartment_id, kind, holder_id, sealed)
     select compartment_id, 'person', '${ids[STRANGER]}', sealed from holder where kind = 'desk'`,
  );
  await backUpTo(fileOf("after"), source);
  const member = newVisitor(source);
  await signInAs(member, COLLEAGUE);
  expect((await member.get(`/staff/cases/${number}`)).text).toContain(STORY);
});
afterAll(async () => {
  await source.close();
  folder.remove();
});

/** A service to which the contents of one backup and the holders of another were restored. */
async function restored(contents: string, holders: string): Promise<Restored> {
  const database = await openTestDatabase();
  const needs = { db: database.db, now: source.platform.now };
  await restorePart(needs, orderFor(source, fileOf(contents)));
  const order = orderFor(source, `${fileOf(holders)}.holders`, { partsDiffer: true });
  expect(await restorePart(needs, order)).toMatchObject({ outcome: "restored", apart: true });
  const app = await openTestApp({ ...unpaced({ db: database.db, now: source.platform.now }), withDesk: false });
  const close = async () => {
    await app.close();
    await database.close();
  };
  return { database, app, close };
}

/** What each member gets for each page of a case; none of them may fail, and only its own page may show what was told. */
async function pagesOf(app: TestApp, email: string, of = number): Promise<[statuses: number[], opens: boolean]> {
  const member = newVisitor(app);
  expect((await signInAs(member, email)).status).toBe(200);
  const paths = ["", "/exclusions", "/access"].map((part) => `/staff/cases/${of}${part}`);
  const seen = await Promise.all(paths.map((path) => member.get(path)));
  return [seen.map(({ status }) => status), seen.some(({ text }) => text.includes(STORY))];
}

/** The kinds of holders of a case, and who holds its keys. */
async function heldIn({ database }: Restored, of = number) {
  const compartments = `select id from compartment where case_id = (select id from case_file where number = '${of}')`;
  const holders = await database.raw(`select distinct kind from holder where compartment_id in (${compartments})`);
  const apart = await database.raw("select holder from apart_key_holder");
  return { kinds: holders.map(({ kind }) => kind).sort(), apart: apart.map(({ holder }) => holder) };
}

describe("parts of two backups, between which somebody was kept away from a case", () => {
  it("are refused without being asked for, and nothing of the second is written", async () => {
    const database = await openTestDatabase();
    const needs = { db: database.db, now: source.platform.now };
    await restorePart(needs, orderFor(source, fileOf("before")));
    const order = orderFor(source, `${fileOf("meanwhile")}.holders`);
    expect(await restorePart(needs, order)).toEqual({ outcome: "otherBackup" });
    for (const { table, part } of TABLES)
      if (part === "holders") expect(await database.raw(`select * from ${tableName(table)}`)).toEqual([]);
    expect(await restorePart(needs, orderFor(source, `${fileOf("before")}.holders`))).toMatchObject({ apart: false });
    await database.close();
  });

  it("older contents and newer holders: the case opens for nobody of the desk, and by its code", async () => {
    const there = await restored("before", "meanwhile");
    expect(await heldIn(there)).toEqual({ kinds: ["code"], apart: [] });
    for (const email of [OPERATOR, COLLEAGUE]) {
      expect(await pagesOf(there.app, email)).toEqual([[409, 200, 409], false]);
      expect(await pagesOf(there.app, email, other)).toEqual([[200, 200, 200], true]);
    }
    expect((await track(newVisitor(there.app), code)).status).toBe(200);
    await there.close();
  });

  it("newer contents and older holders: the keys of before open it for nobody", async () => {
    const there = await restored("meanwhile", "before");
    expect(await heldIn(there)).toEqual({ kinds: ["code"], apart: [] });
    for (const email of [OPERATOR, COLLEAGUE]) {
      expect(await pagesOf(there.app, email)).toEqual([[404, 404, 404], false]);
      expect(await pagesOf(there.app, email, other)).toEqual([[200, 200, 200], true]);
    }
    await there.close();
  });

  it("of one key for the case, which the second knew more people to hold: it opens for whom the recovery identity lets in", async () => {
    const there = await restored("meanwhile", "after");
    expect(await heldIn(there)).toEqual({ kinds: ["code", "desk"], apart: ["recovery"] });
    for (const email of [OPERATOR, COLLEAGUE])
      expect(await pagesOf(there.app, email)).toEqual([[404, 404, 404], false]);
    for (const email of [OPERATOR, COLLEAGUE]) await shareByRecovery(there.app.platform, email, RECOVERY_KEYS.identity);
    expect(await pagesOf(there.app, OPERATOR)).toEqual([[200, 200, 200], true]);
    expect(await pagesOf(there.app, COLLEAGUE)).toEqual([[404, 404, 404], false]);
    await there.close();
  });
});

it("parts of one backup fit, also where an earlier restore was written down by a clock ahead of this one", async () => {
  await source.database.raw(
    `insert into audit_entry (id, at, actor_kind, action, subject_kind, subject_id, detail)
     values ('ahead', 9999999999999, 'system', 'backup.restored', 'backup', 'of-then', '{"part":"contents"}')`,
  );
  await backUpTo(fileOf("clock"), source);
  const database = await openTestDatabase();
  const needs = { db: database.db, now: source.platform.now };
  await restorePart(needs, orderFor(source, fileOf("clock")));
  const order = orderFor(source, `${fileOf("clock")}.holders`);
  expect(await restorePart(needs, order)).toMatchObject({ outcome: "restored", leftOut: 0, apart: false });
  await database.close();
});
