import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chainAudit, verifyAudit } from "#audit/index.ts";
import { restorePart } from "#backup/index.ts";
import { tableName } from "#backup/row-store.ts";
import { TABLES } from "#backup/schema.ts";
import { COLLEAGUE, OPERATOR, openTestApp, PASSWORD, RECOVERY_KEYS, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { openTestDatabase } from "../support/database.ts";
import { fillReport, numbersOn, sendShortReport, signInAs, track, unpaced } from "../support/journey.ts";
import { backUpTo, newFolder, orderFor, type Restored, restoredFrom } from "./stores.ts";

const folder = newFolder();
const file = join(folder.path, "copy.age");
const files = join(folder.path, "files");
let source: TestApp;
let codes: string[];

/** A service that was used: reports with a name and a notice, answers, notes, an exclusion's wish, files. */
beforeAll(async () => {
  const letters = { send: async () => undefined, close: () => undefined };
  source = await openTestApp(unpaced({ mail: letters }));
  const reporter = newVisitor(source);
  const { code } = await fillReport(reporter, {
    "3": { identity: "confidential" },
    "3/contact": { reporter_name: "Mila", reporter_contact: "after school", notice: "mila@mailbox.test" },
    "8": { relation: "teacher", perpetrator_name: "Petar", withhold: ["teacher"] },
  });
  codes = [code];
  for (let more = 0; more < 3; more++) codes.push((await sendShortReport(newVisitor(source))).code);
  const operator = newVisitor(source);
  for (const number of numbersOn(await signInAs(operator))) {
    await operator.get(`/staff/cases/${number}`);
    await operator.post(`/staff/cases/${number}/notes`, { note: `note on ${number}` });
    await operator.post(`/staff/cases/${number}/messages`, { message: `answer on ${number}` });
  }
  await track(reporter, code);
  await reporter.post("/en/track/messages", { words: "thank you" });
  await newVisitor(source).post("/en/report", {});
  mkdirSync(join(files, "ab"), { recursive: true });
  writeFileSync(join(files, "ab/large"), Buffer.alloc(500_000, "sealed"));
  writeFileSync(join(files, "empty"), "");
  writeFileSync(join(files, ".half-written"), "no row names it");
  await chainAudit(source.platform);
  await backUpTo(file, source, files);
});
afterAll(async () => {
  await source.close();
  folder.remove();
});

/** What each member reads on each case, and what each reporter reads, with the numbers of the cases. */
async function everythingRead(app: TestApp): Promise<Record<string, string[]>> {
  const read: Record<string, string[]> = {};
  for (const email of [OPERATOR, COLLEAGUE]) {
    const member = newVisitor(app);
    for (const number of numbersOn(await signInAs(member, email))) {
      const { status, text } = await member.get(`/staff/cases/${number}`);
      read[`${email} ${number}`] = [String(status), ...wordsOf(text)];
    }
  }
  for (const code of codes) {
    const { status, text } = await track(newVisitor(app), code);
    read[code] = [String(status), ...wordsOf(text)];
  }
  return read;
}

/** The words of a page that come out of sealed texts. */
const wordsOf = (text: string) =>
  text.match(/note on [\d-]+|answer on [\d-]+|thank you|they push me in the corridor|Mila|Petar|after school/g) ?? [];

async function rowsOf(database: Restored["database"], table: string, omit: string[] = []) {
  const rows = await database.raw(`select * from "${table}"`);
  const told = rows.map((row) => JSON.stringify(Object.entries(row).filter(([name]) => !omit.includes(name))));
  return told.sort();
}

describe("a restored backup, in another database", () => {
  let restored: Restored;
  beforeAll(async () => {
    restored = await restoredFrom(source, file);
  });
  afterAll(() => restored.close());

  it("holds every row of both parts as it was, and none of the others", async () => {
    for (const { table, part } of TABLES) {
      const name = tableName(table);
      const audit = name === "audit_entry" || name === "audit_pending";
      const there = await rowsOf(restored.database, name);
      if (part === "none") expect([name, there]).toEqual([name, []]);
      // What happened since, such as the backup itself, is the only difference.
      else if (audit)
        expect(there.filter((row) => row.includes("report.received")).length).toBe(name === "audit_entry" ? 4 : 0);
      else expect([name, there]).toEqual([name, await rowsOf(source.database, name)]);
    }
  });

  it("opens every entry for every member and every code, with the same passwords", async () => {
    const before = await everythingRead(source);
    expect(Object.keys(before)).toHaveLength(12);
    expect(before[codes[0] ?? ""]?.join()).toContain("thank you");
    for (const words of Object.values(before)) expect(words.length).toBeGreaterThan(1);
    expect(await everythingRead(restored.app)).toEqual(before);
  });

  it("goes on being worked with: a report comes, is answered, and the audit chain holds", async () => {
    const { code } = await sendShortReport(newVisitor(restored.app));
    const operator = newVisitor(restored.app);
    const [number] = numbersOn(await signInAs(operator));
    await operator.post(`/staff/cases/${number}/messages`, { message: "we read it" });
    expect((await track(newVisitor(restored.app), code)).status).toBe(200);
    await chainAudit(restored.app.platform);
    expect(await verifyAudit(restored.app.platform)).toEqual([]);
  });

  it("is recorded, and so is the backup, without a word about anybody", async () => {
    const [made = {}] = await source.database.raw("select * from audit_entry where action = 'backup.made'");
    const found = await restored.database.raw("select * from audit_entry where action = 'backup.restored' order by id");
    expect(found.map(({ subject_id }) => subject_id)).toEqual([made.subject_id, made.subject_id]);
    expect(JSON.parse(String(made.detail))).toEqual({ contents: expect.any(Number), holders: expect.any(Number) });
    expect(found.map(({ detail }) => JSON.parse(String(detail)).part).sort()).toEqual(["contents", "holders"]);
  });

  it("brings the files back, for their owner's eyes", () => {
    const there = join(`${file}.data`, "files");
    expect(readdirSync(there, { recursive: true }).sort()).toEqual(["ab", "ab/large", "empty"]);
    expect(readFileSync(join(there, "ab/large")).equals(readFileSync(join(files, "ab/large")))).toBe(true);
    expect(readdirSync(`${file}.data`)).toEqual(["files"]);
  });
});

describe("the contents alone", () => {
  let restored: Restored;
  beforeAll(async () => {
    const alone = join(folder.path, "alone.age");
    await backUpTo(alone, source);
    restored = await restoredFrom(source, alone, ["contents"]);
  });
  afterAll(() => restored.close());

  it("open no report: neither for the desk nor for any code", async () => {
    const member = newVisitor(restored.app);
    const numbers = numbersOn(await signInAs(member));
    expect(numbers).toHaveLength(4);
    for (const number of numbers) expect(wordsOf((await member.get(`/staff/cases/${number}`)).text)).toEqual([]);
    for (const code of codes) expect((await newVisitor(restored.app).post("/en/track", { code })).status).not.toBe(303);
  });

  it("and open them once the other part is there", async () => {
    const holders = orderFor(source, join(folder.path, "alone.age.holders"));
    expect(await restorePart(restored.app.platform, holders)).toMatchObject({ outcome: "restored", leftOut: 0 });
    expect(Object.values(await everythingRead(restored.app)).every((words) => words.length > 1)).toBe(true);
  });
});

describe("parts of two days", () => {
  it("open what is in both, and leave out what opens a report that came later", async () => {
    const [early, late] = [join(folder.path, "early.age"), join(folder.path, "late.age")];
    await backUpTo(early, source);
    const { code } = await sendShortReport(newVisitor(source));
    await backUpTo(late, source);
    const database = await openTestDatabase();
    const needs = { db: database.db, now: source.platform.now };
    await restorePart(needs, orderFor(source, early));
    // One for each compartment and holder: the desk's two and the code's.
    expect(await restorePart(needs, orderFor(source, `${late}.holders`, { partsDiffer: true }))).toMatchObject({
      leftOut: 3,
    });
    const app = await openTestApp({ ...unpaced({ db: database.db }), withDesk: false });
    expect((await track(newVisitor(app), codes[0] ?? "")).status).toBe(200);
    expect((await newVisitor(app).post("/en/track", { code })).status).not.toBe(303);
    await Promise.all([app.close(), database.close()]);
  });

  it("do not open a report that was destroyed between them", async () => {
    const [early, late] = [join(folder.path, "before.age"), join(folder.path, "after.age")];
    await backUpTo(early, source);
    const { code } = await sendShortReport(newVisitor(source));
    const [row = {}] = await source.database.raw("select id from case_file order by received_at desc, id limit 1");
    await backUpTo(join(folder.path, "between.age"), source);
    const ids = `(select id from compartment where case_id = '${row.id}')`;
    await source.database.raw(`delete from holder where compartment_id in ${ids}`);
    await backUpTo(late, source);
    const database = await openTestDatabase();
    const needs = { db: database.db, now: source.platform.now };
    await restorePart(needs, orderFor(source, join(folder.path, "between.age")));
    await restorePart(needs, orderFor(source, `${late}.holders`, { partsDiffer: true }));
    const opened = await database.raw(`select count(*) as n from holder where compartment_id in ${ids}`);
    expect(Number(opened[0]?.n)).toBe(0);
    expect(code).toHaveLength(16);
    await database.close();
  });
});

it("a backup is no text to anybody without the recovery identity, and age opens it with it", async () => {
  const { execFileSync } = await import("node:child_process");
  const { gunzipSync } = await import("node:zlib");
  const sealed = readFileSync(file);
  for (const word of ["triage.test", "case_file", "contents"]) expect(sealed.includes(word)).toBe(false);
  const key = join(folder.path, "identity");
  writeFileSync(key, `${RECOVERY_KEYS.identity}\n`);
  const opened = gunzipSync(execFileSync("age", ["-d", "-i", key, file], { maxBuffer: 1e9 })).toString();
  const lines = opened.trim().split("\n");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ format: "cuvam-te backup", part: "contents" });
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ end: { files: 2 } });
  for (const word of ["they push me", "thank you", "mila@mailbox.test", PASSWORD, ...codes])
    expect(opened).not.toContain(word);
  expect(lines.some((line) => line.startsWith('["holder"'))).toBe(false);
});

it("nothing but the two parts is left in the folder, and only the owner may read them", async () => {
  const { statSync } = await import("node:fs");
  expect(readdirSync(folder.path).filter((name) => name.endsWith(".part"))).toEqual([]);
  for (const part of [file, `${file}.holders`]) expect(statSync(part).mode & 0o777).toBe(0o600);
});
