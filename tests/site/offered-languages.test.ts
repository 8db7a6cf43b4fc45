import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSetupToken } from "#accounts/index.ts";
import { changeSetting } from "#institutions/index.ts";
import { StorageError } from "#platform/db/errors.ts";
import { createApp } from "../../src/app.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { hiddenIn, readyToSend, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const OFFERED = "/staff/start/languages";
const LATIN = { "accept-language": "sr-Latn" };
let test: TestApp;
let admin: Visitor;

beforeEach(async () => {
  test = await openTestApp(unpaced());
  admin = await newStaff(test, "admin");
});
afterEach(() => test.close());

const offer = async (...offered: string[]) => admin.post(OFFERED, { offered });
const visit = (path: string, headers: Record<string, string> = {}) => newVisitor(test).get(path, headers);
/** The languages that a page offers, its own with the others. */
const switchOn = ({ text }: Seen) => {
  const nav = /<nav class="languages"[\s\S]*?<\/nav>/.exec(text)?.[0] ?? "";
  return [...nav.matchAll(/ lang="([\w-]+)"/g)].map(([, tag]) => tag);
};

describe("the languages that the public is offered", () => {
  it("are all of the country's until somebody chooses", async () => {
    expect(switchOn(await visit("/en/"))).toEqual(["sr", "sr-Latn", "en"]);
    expect((await visit("/", LATIN)).path).toBe("/sr-Latn/");
    const start = (await admin.get("/staff/start")).text;
    for (const tag of ["sr", "sr-Latn", "en"]) expect(start).toContain(`name="offered" value="${tag}" checked`);
  });

  it("stand in the switch, and nobody is led to another one", async () => {
    expect((await offer("sr", "en")).path).toBe("/staff/start#languages");
    expect(switchOn(await visit("/en/"))).toEqual(["sr", "en"]);
    expect((await visit("/", LATIN)).path).toBe("/sr/");
    expect((await visit("/", { "accept-language": "en" })).path).toBe("/en/");
    expect((await visit("/nowhere", LATIN)).text).toContain('<html lang="sr-Cyrl"');
    await offer("en");
    expect(switchOn(await visit("/en/"))).toEqual([]);
    expect((await visit("/", LATIN)).path).toBe("/en/");
  });

  it("take the place of one that is not: the same page, with what its address says", async () => {
    await offer("en", "sr");
    for (const [asked, to] of [
      ["/sr-Latn/", "/sr/"],
      ["/sr-Latn/help", "/sr/help"],
      ["/sr-Latn/find?place=rs-zemun&need=talk", "/sr/find?place=rs-zemun&need=talk"],
      ["/sr-Latn/track", "/sr/track"],
      ["/sr-Latn//evil.example", "/sr//evil.example"],
    ] as const) {
      const seen = await visit(asked);
      expect([seen.status, seen.path], asked).toEqual([302, to]);
    }
    expect((await visit("/sr/help")).status).toBe(200);
  });

  it("keep no draft from being sent that was begun in another", async () => {
    const reporter = newVisitor(test);
    const at = (await readyToSend(reporter)).replace("/en/", "/sr-Latn/");
    const seen = hiddenIn(await reporter.get(`${at}/4`), "seen");
    await offer("sr");
    const story = "written before that changed";
    const saved = await reporter.post(`${at}/4`, { forms: "physical", story, truthful: "yes", seen });
    expect([saved.status, saved.path.startsWith("/sr-Latn/r/")]).toEqual([303, true]);
    const led = await reporter.get(saved.path);
    expect([led.status, led.path]).toEqual([302, saved.path.replace("/sr-Latn/", "/sr/")]);
    expect((await reporter.get(`${at.replace("/sr-Latn/", "/sr/")}/4`)).text).toContain(story);
    const wrong = await reporter.post(`${at}/4`, { forms: "physical", story: "kept words", truthful: "" });
    expect(wrong.text).toContain("kept words");
    expect((await reporter.post("/sr-Latn/track", { code: "12" })).status).toBe(422);
  });

  it("stand on a page that is kept for a second and on a blank step at once when they change", async () => {
    const reporter = newVisitor(test);
    const at = await readyToSend(reporter);
    const step = async () =>
      [...(await reporter.get(`${at}/6`)).text.matchAll(/name="go" value="(sr[\w-]*)"/g)].map(([, tag]) => tag);
    expect([switchOn(await visit("/en/help")), await step()]).toEqual([
      ["sr", "sr-Latn", "en"],
      ["sr", "sr-Latn"],
    ]);
    await offer("sr-Latn", "en");
    expect([switchOn(await visit("/en/help")), await step()]).toEqual([["sr-Latn", "en"], ["sr-Latn"]]);
  });

  it("are told to every server within a second, and are what they were where the store fails", async () => {
    const { platform, country } = test;
    const options = { country, baseUrl: undefined, recoveryRecipient: undefined, demo: false } as const;
    let fails = false;
    const read: typeof platform.db.read = (work) =>
      fails ? Promise.reject(new StorageError("full", "SQLITE_FULL")) : platform.db.read(work);
    const app = createApp({ ...platform, db: { ...platform.db, read } }, options);
    const other = newVisitor({ app });
    expect((await other.get("/sr-Latn/help")).status).toBe(200);
    const setting = { name: "languages", value: "sr,en" } as const;
    await platform.db.write((tx) => changeSetting(tx, { kind: "system" }, 1, setting));
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect((await other.get("/sr-Latn/help")).status).toBe(302);
    fails = true;
    await new Promise((resolve) => setTimeout(resolve, 1050));
    expect((await other.get("/sr-Latn/help")).status).toBe(302);
    expect((await other.get("/sr/help")).status).toBe(200);
  });

  it("limit nobody who works here", async () => {
    await offer("en");
    expect((await visit("/staff", LATIN)).text).toContain('<html lang="sr-Latn"');
    expect((await admin.get("/staff/account")).text).toContain('<option value="sr-Latn"');
    await admin.post("/staff/account/language", { language: "sr-Latn" });
    expect((await admin.get("/staff/start")).text).toContain('<html lang="sr-Latn"');
  });

  it("are at least one, of the country's, and in its order", async () => {
    const none = await offer();
    expect([none.status, none.text.includes('<a href="#offered">Choose at least one language</a>')]).toEqual([
      422,
      true,
    ]);
    expect((await offer("de", "xx")).status).toBe(422);
    expect(await test.database.raw("select value from setting where name = 'languages'")).toEqual([]);
    await offer("en", "de", "sr");
    expect(await test.database.raw("select value from setting where name = 'languages'")).toEqual([{ value: "sr,en" }]);
    expect((await admin.get(OFFERED)).path).toBe("/staff/start");
  });
});

describe("set-up", () => {
  it("asks for them, and offers what was chosen from the first page on", async () => {
    const fresh = await openTestApp({ withDesk: false, ...unpaced() });
    const link = `/staff/setup/${await makeSetupToken(fresh.platform)}`;
    const first = newVisitor(fresh);
    const form = await first.get(`${link}?size=country`);
    expect(form.text.match(/name="offered" value="[\w-]+" checked/g)).toHaveLength(3);
    const about = { size: "country", operator: "Example ministry", stage: "3" };
    const person = { name: "Ana", email: "ana@admin.test", password: "twelve letters", language: "en" };
    expect((await newVisitor(fresh).get("/sr-Latn/")).status).toBe(200);
    const refused = await first.post(link, { ...about, ...person });
    expect([refused.status, refused.text.includes('href="#offered"')]).toEqual([422, true]);
    expect(refused.text).toContain('value="Example ministry"');
    expect((await first.post(link, { ...about, ...person, offered: "sr" })).status).toBe(200);
    expect((await newVisitor(fresh).get("/sr-Latn/")).path).toBe("/sr/");
    await fresh.close();
  });
});
