import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { english } from "#messages/en/index.ts";
import { openText } from "#platform/crypto/seal.ts";
import { newLog } from "#platform/log.ts";
import { purge } from "../../src/serve.ts";
import { openTestApp, RECOVERY_KEYS, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { fillReport, numbersOn, readyToSend, signInAs, track, unpaced } from "../support/journey.ts";

/** What the privacy page promises: each sentence has a test here that begins with its key. */
const PROMISES = Object.keys(english).filter((key) => /^site\.privacy\.(?!title$|heading$)/.test(key));
const OWN_TEXT = readFileSync(new URL(import.meta.url), "utf8");
const STORY = "they push me in the corridor";
const ADDRESS = "mira.kept.secret@mailbox.test";
const HOUR = 3_600_000;

let test: TestApp;
let lines: string[];

beforeEach(async () => {
  lines = [];
  const mail = { send: async () => undefined, close: () => undefined };
  test = await openTestApp(unpaced({ mail, log: newLog((line) => void lines.push(line)) }));
});
afterEach(() => test.close());

/** Every value of every table, as a thief of the database reads it. */
async function wholeStore(): Promise<string> {
  const sqlite = test.platform.db.engine === "sqlite";
  const tables = await test.database.raw(
    sqlite
      ? "select name from sqlite_master where type = 'table'"
      : "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const rows = await Promise.all(tables.map(({ name }) => test.database.raw(`select * from "${name}"`)));
  const shown = (value: unknown) => (Buffer.isBuffer(value) ? value.toString("latin1") : String(value));
  return rows
    .flat()
    .flatMap((row) => Object.values(row).map(shown))
    .join("\n");
}

const promisesWithoutTest = (promises: readonly string[], text: string) =>
  promises.filter((key) => !text.includes(`it("${key}: `));

it("every promise of the privacy page has a test named after it, and stands on the page", async () => {
  expect(PROMISES.length).toBeGreaterThan(5);
  expect(promisesWithoutTest(PROMISES, OWN_TEXT)).toEqual([]);
  const { text } = await newVisitor(test).get("/en/privacy");
  const said = [...text.matchAll(/<li>([^<]*)<\/li>/g)].map(([, sentence]) => sentence?.replaceAll("&#39;", "'"));
  expect(said.sort()).toEqual(PROMISES.map((key) => english[key as keyof typeof english] as string).sort());
});

it("a promise without its test would be noticed", () => {
  expect(promisesWithoutTest(["site.privacy.unkept"], OWN_TEXT)).toEqual(["site.privacy.unkept"]);
  expect(promisesWithoutTest(["site.privacy.kept"], 'it("site.privacy.kept: it is", () => {})')).toEqual([]);
});

it("site.privacy.noAddress: no address, phone or browser of a reporter is stored or logged", async () => {
  const traces = {
    "user-agent": "OldPhone/1.0 (a phone of one)",
    "x-forwarded-for": "203.0.113.77",
    "x-real-ip": "203.0.113.77",
    forwarded: "for=203.0.113.77",
    referer: "http://test.local/en/from-where",
    "sec-ch-ua-model": '"OneOfAKind"',
  };
  const plain = newVisitor(test);
  const traced = {
    ...plain,
    get: (path: string) => plain.get(path, traces),
    post: (path: string, form: Parameters<typeof plain.post>[1]) => plain.post(path, form, traces),
  };
  const { code } = await fillReport(traced);
  await track(traced, code);
  const kept = (await wholeStore()) + lines.join("\n");
  expect(lines.length).toBeGreaterThan(10);
  expect(kept).not.toMatch(/OldPhone|203\.0\.113|from-where|OneOfAKind/);
});

it("site.privacy.sealed: words are sealed to the desk, the code and the recovery key; choices from lists are not", async () => {
  const { code } = await fillReport(newVisitor(test));
  const store = await wholeStore();
  expect(store).not.toContain(STORY);
  expect(store).toContain("rs-zemun");
  const kinds = await test.database.raw("select distinct kind from holder order by kind");
  expect(kinds.map(({ kind }) => kind)).toEqual(["code", "desk"]);
  const operator = newVisitor(test);
  const [number] = numbersOn(await signInAs(operator));
  expect((await operator.get(`/staff/cases/${number}`)).text).toContain(STORY);
  expect((await track(newVisitor(test), code)).text).toContain("Your report");
  const [kept] = await test.database.raw("select sealed from desk_key_holder where holder = 'recovery'");
  expect(await openText(RECOVERY_KEYS.identity, kept?.sealed as Buffer)).toMatch(/^AGE-SECRET-KEY-1/);
});

it("site.privacy.noCodeStored: the code stands in no table and in no line of the log", async () => {
  const { code } = await fillReport(newVisitor(test));
  const kept = (await wholeStore()) + lines.join("\n");
  expect(kept).not.toContain(code);
  expect(kept).not.toContain(code.replace(/.{4}(?=.)/g, "$& "));
});

it("site.privacy.draft: a draft opens with its browser's key alone, goes after two hours, and at once when one leaves", async () => {
  const drafts = async () => (await test.database.raw("select id from draft")).length;
  const reporter = newVisitor(test);
  const at = await readyToSend(reporter);
  expect(await wholeStore()).not.toContain(STORY);
  expect((await newVisitor(test, new Map([["r", "A".repeat(43)]])).get(`${at}/4`)).text).not.toContain(STORY);
  expect((await reporter.get(`${at}/4`)).text).toContain(STORY);
  test.pass(2 * HOUR + 1);
  expect((await reporter.get(`${at}/4`)).status).toBe(410);
  await purge(test.platform);
  expect(await drafts()).toBe(0);
  await readyToSend(reporter);
  expect(await drafts()).toBe(1);
  await reporter.get("/leave");
  // Forgetting runs beside the answer.
  await expect.poll(drafts).toBe(0);
});

it("site.privacy.cookies: cookies come with five acts alone, and each is necessary for its act", async () => {
  const visitor = newVisitor(test);
  const names = () => [...visitor.cookies.keys()].sort();
  for (const path of ["/", "/learn", "/help", "/about", "/privacy", "/accessibility", "/computer", "/report", "/track"])
    await visitor.get(`/en${path}`);
  await visitor.get("/en/report/one");
  expect(names()).toEqual([]);
  const { code } = await fillReport(visitor);
  expect(names()).toEqual(["r"]);
  await track(visitor, code);
  expect(names()).toEqual(["r", "t"]);
  await visitor.get("/leave");
  expect(names()).toEqual(["away"]);
  await visitor.post("/en/computer", { shared: "yes" });
  expect(names()).toEqual(["away", "c"]);
  const chooser = newVisitor(test);
  await chooser.get("/en/report?voice=adult");
  expect([...chooser.cookies.keys()]).toEqual(["v"]);
});

it("site.privacy.notice: the service can open the address for a notice, and staff cannot see it", async () => {
  const named = { "3": { identity: "named" }, "3/contact": { reporter_name: "Mira", notice: ADDRESS } };
  await fillReport(newVisitor(test), named);
  expect(await wholeStore()).not.toContain(ADDRESS);
  const [kept] = await test.database.raw("select sealed from notice_address");
  expect(await openText(test.platform.secrets.notice.identity, kept?.sealed as Buffer)).toBe(ADDRESS);
  const operator = newVisitor(test);
  const inbox = await signInAs(operator);
  const page = await operator.get(`/staff/cases/${numbersOn(inbox)[0]}`);
  expect(page.text).toContain("Mira");
  expect(inbox.text + page.text).not.toContain(ADDRESS);
});

it("site.privacy.history: leaving clears what this site kept and does not pretend to clear more", async () => {
  const left = await newVisitor(test).get("/leave");
  expect(left.headers.get("clear-site-data")).toBe('"storage"');
  expect((await newVisitor(test).get("/en/report")).text).toMatch(/history of (the|your) browser/);
});

it("site.privacy.network: the network sees this site's address and no other, since pages ask nobody else", async () => {
  const visitor = newVisitor(test);
  const { paths } = await fillReport(visitor);
  for (const path of ["/en/", "/en/learn", "/en/help", "/en/report/one", ...paths]) {
    const { text, headers } = await visitor.get(path);
    expect(text, path).not.toMatch(/<(?:script|link|img|iframe|source|form)[^>]+(?:src|href|action)="(?:https?:)?\/\//);
    expect(headers.get("content-security-policy") ?? "default-src 'none'", path).toContain("default-src 'none'");
  }
});
