import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSetupToken } from "#accounts/index.ts";
import { insertInstitution, isNotFirst, updateInstitution } from "#institutions/index.ts";
import { recoveryCodeOn } from "../support/account.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { codeOn, fillReport, hiddenIn, signInAs, unpaced } from "../support/journey.ts";
import { institutionRow } from "../support/people-at-work.ts";

const PASSWORD = "twelve letters";
const READS = "The school&#39;s own team reads reports here: OŠ Primer.";
const SCHOOL = {
  ...{ size: "school", operator: "OŠ Primer", type: "primary_school", territory: "rs-nis", stage: "3" },
  ...{
    name: "Ana Administrator",
    email: "ana@admin.test",
    password: PASSWORD,
    language: "en",
    offered: ["sr", "sr-Latn", "en"],
  },
};
const AN_EMPLOYEE = { perpetrator_type: "school_staff" };
let test: TestApp;

beforeEach(async () => {
  test = await openTestApp({ withDesk: false, ...unpaced() });
});
afterEach(() => test.close());

/** Sets a school's own service up, with one person in its protection team. */
async function openSchool(more: Partial<typeof SCHOOL> = {}): Promise<void> {
  const admin = newVisitor(test);
  await admin.post(`/staff/setup/${await makeSetupToken(test.platform)}`, { ...SCHOOL, ...more });
  await signInAs(admin, SCHOOL.email, PASSWORD);
  const [, invite = ""] = /href="(\/staff\/team\/[\w-]+\/invite)"/.exec((await admin.get("/staff/start")).text) ?? [];
  const wanted = { name: "Tara Tim", email: "tara@school.test", role: "triage", language: "en" };
  const page = await admin.get((await admin.post(invite, wanted)).path);
  const link = /<p class="address"[^>]*>http:\/\/test\.local([^<]+)</.exec(page.text)?.[1] ?? "";
  recoveryCodeOn(await newVisitor(test).post(link, { name: "Tara Tim", password: PASSWORD, language: "en" }));
}

const places = () => test.database.raw("select territory, institution_id, environment from case_file");
const schoolId = async () => (await test.database.raw("select value from setting where name = 'school'"))[0]?.value;

/** Begins a report and gives what stands before the page that asks who harms. */
async function reachHarmer(visitor: Visitor): Promise<string> {
  const { path } = await visitor.post("/en/report", { voice: "young" });
  const at = path.slice(0, path.lastIndexOf("/"));
  for (const [page, given] of [
    ["1", { danger: "no" }],
    ["2", { role: "victim_child" }],
    ["3", { identity: "anonymous" }],
    ["4", { forms: "physical", truthful: "yes" }],
    ["5", { environment: "education" }],
  ] as const)
    await visitor.post(`${at}/${page}`, given);
  return at;
}

describe("a service for one school", () => {
  it("asks neither for the place nor for the school, and knows both where it happens there", async () => {
    await openSchool();
    const visitor = newVisitor(test);
    const at = await reachHarmer(visitor);
    const five = await visitor.get(`${at}/5`);
    expect([five.text.includes('name="environment"'), five.text.includes('name="territory"')]).toEqual([true, false]);
    const where = await visitor.get(`${at}/5/c`);
    expect([where.text.includes('name="words"'), where.text.includes('name="institution_name"')]).toEqual([
      false,
      false,
    ]);
    expect(where.text).toContain('name="place_in_school"');
    await visitor.post(`${at}/5/c`, { place_in_school: "classroom" });
    const check = await visitor.get(`${at}/10`);
    expect([check.text.includes("OŠ Primer"), check.text.includes("Niš")]).toEqual([true, false]);
    await visitor.post(`${at}/10`, { go: "send" });
    expect(await places()).toEqual([
      { territory: "rs-nis", institution_id: await schoolId(), environment: "education" },
    ]);
  });

  it("names no school for what happens at home, and takes back what no longer holds", async () => {
    await openSchool();
    const visitor = newVisitor(test);
    const at = await reachHarmer(visitor);
    await visitor.post(`${at}/5`, { environment: "family" });
    await visitor.post(`${at}/10`, { go: "send" });
    expect(await places()).toEqual([{ territory: "rs-nis", institution_id: null, environment: "family" }]);
  });

  it("is walked from the start to the code with everything else as ever", async () => {
    await openSchool();
    const { code } = await fillReport(newVisitor(test), { "5": { environment: "family" } });
    expect(code).toMatch(/^\d{16}$/);
  });

  it("still takes reports after the directory says what kind of school it is", async () => {
    await openSchool();
    const id = String(await schoolId());
    await test.platform.db.write((tx) => updateInstitution(tx, id, { type: "secondary_school" }));
    expect((await newVisitor(test).post("/en/report", { voice: "young" })).status).toBe(303);
  });

  it("says at the start whose team reads, with a way to help from outside", async () => {
    await openSchool();
    const visitor = newVisitor(test);
    const start = await visitor.get("/en/report");
    expect(start.text).toContain(READS);
    expect(start.text).toContain('href="/en/report/a"');
    const outside = await visitor.get("/en/report/a");
    const order = [READS, 'href="tel:192"', "Centre for social work", 'href="/en/report#begin"'];
    const main = outside.text.slice(outside.text.indexOf("<main"));
    const found = order.map((part) => main.indexOf(part));
    expect(found).toEqual(found.toSorted((one, other) => one - other));
    expect(Math.min(...found)).toBeGreaterThan(0);
    expect(main).not.toContain("Primary school");
  });

  it("asks for no place first where only staff may report yet, and offers no other place", async () => {
    await openSchool({ stage: "1" });
    const visitor = newVisitor(test);
    expect((await visitor.get("/en/report")).text).not.toContain('name="territory"');
    const closed = await visitor.post("/en/report", { voice: "young" });
    expect(closed.text).toContain("Reporting is not open here yet");
    expect(closed.text).not.toContain("Choose another place");
  });
});

describe("where an employee of the school harms", () => {
  it("help from outside comes first, also for who sends at once, and the report can still go on", async () => {
    await openSchool();
    for (const go of [{}, { go: "send" }, { go: "skip" }]) {
      const visitor = newVisitor(test);
      const at = await reachHarmer(visitor);
      const led = await visitor.post(`${at}/8`, { ...AN_EMPLOYEE, ...go });
      expect(led.path).toBe(`${at}/8/a`);
      const outside = await visitor.get(led.path);
      expect(outside.text).toContain(READS);
      expect(outside.text).toContain(`href="${at}/9"`);
    }
    expect(await places()).toEqual([]);
    const visitor = newVisitor(test);
    const at = await reachHarmer(visitor);
    await visitor.post(`${at}/8`, AN_EMPLOYEE);
    expect((await visitor.post(`${at}/9`, { told: "nobody", go: "send" })).path).toBe(`${at}/done`);
    expect(await places()).toHaveLength(1);
  });

  it("comes too where the school or a teacher must not learn of it, whoever harms", async () => {
    await openSchool();
    for (const withhold of ["school", "teacher"]) {
      const visitor = newVisitor(test);
      const at = await reachHarmer(visitor);
      expect((await visitor.post(`${at}/8`, { perpetrator_type: "peer", withhold })).path).toBe(`${at}/8/a`);
    }
    const other = newVisitor(test);
    const at = await reachHarmer(other);
    expect((await other.post(`${at}/8`, { perpetrator_type: "peer", withhold: "parents" })).path).toBe(`${at}/9`);
  });

  it("comes where an answer that is changed later makes it needed, once, and leads back to the check page", async () => {
    await openSchool();
    const visitor = newVisitor(test);
    const at = await reachHarmer(visitor);
    await visitor.post(`${at}/5`, { environment: "sport" });
    expect((await visitor.post(`${at}/8`, { perpetrator_type: "coach" })).path).toBe(`${at}/9`);
    const led = await visitor.post(`${at}/5`, { environment: "education", return: "10" });
    expect(led.path).toBe(`${at}/8/a?return=10`);
    expect((await visitor.get(led.path)).text).toContain(`href="${at}/10"`);
    expect((await visitor.post(`${at}/6`, { when: "in May", return: "10" })).path).toBe(`${at}/10`);
  });

  it("comes back to the check page where the answer was only changed", async () => {
    await openSchool();
    const visitor = newVisitor(test);
    const at = await reachHarmer(visitor);
    const led = await visitor.post(`${at}/8`, { ...AN_EMPLOYEE, return: "10" });
    expect((await visitor.get(led.path)).text).toContain(`href="${at}/10"`);
  });

  it("a body of the directory stands there by its name, with a number that somebody has rung", async () => {
    await openSchool();
    const checked = { phone: "018 123 456", verifiedOn: "2026-11-01", territory: "rs-nis" };
    await test.platform.db.write(async (tx) => {
      await insertInstitution(tx, institutionRow("csw-nis", "csw", checked));
      await insertInstitution(tx, institutionRow("police-nis", "police", { ...checked, verifiedOn: null }));
    });
    const { text } = await newVisitor(test).get("/en/report/a");
    expect(text).toContain('Institution csw-nis: <a href="tel:018123456"');
    expect(text).toMatch(/<li>Institution police-nis<\/li>/);
    expect(text).toContain("Number not checked yet");
  });

  it("the one page is taken only after that was shown, with everything typed", async () => {
    await openSchool();
    const visitor = newVisitor(test);
    const page = await visitor.get("/en/report/one");
    expect(page.text).not.toContain('name="territory"');
    const told = { danger: "no", role: "victim_child", forms: "physical", story: "he shouts at us", truthful: "yes" };
    const form = { draft: hiddenIn(page, "draft"), ...told, identity: "anonymous", environment: "education" };
    const first = await visitor.post("/en/report/one", { ...form, ...AN_EMPLOYEE });
    expect([first.status, codeOn(first), first.text.includes(READS)]).toEqual([422, undefined, true]);
    expect(first.text).toContain("he shouts at us");
    expect(await places()).toEqual([]);
    const outside = hiddenIn(first, "outside");
    const second = await visitor.post("/en/report/one", { ...form, ...AN_EMPLOYEE, outside });
    expect(codeOn(second)).toMatch(/^\d{16}$/);
    expect(await places()).toEqual([
      { territory: "rs-nis", institution_id: await schoolId(), environment: "education" },
    ]);
  });

  it("nobody is led there where somebody else harms, nor from a page's address alone", async () => {
    await openSchool();
    const visitor = newVisitor(test);
    const at = await reachHarmer(visitor);
    expect((await visitor.post(`${at}/8`, { perpetrator_type: "peer" })).path).toBe(`${at}/9`);
    expect((await visitor.get(`${at}/8/a`)).path).toBe(`${at}/9`);
  });
});

describe("a service for a country", () => {
  it("has no page of that kind, and asks for the place", async () => {
    const country = await openTestApp(unpaced());
    const visitor = newVisitor(country);
    expect((await visitor.get("/en/report/a")).status).toBe(404);
    const { path } = await visitor.post("/en/report", { voice: "young" });
    expect((await visitor.get(path.replace(/1$/, "5"))).text).toContain('name="territory"');
    expect((await visitor.post(path.replace(/1$/, "8"), AN_EMPLOYEE)).path).toBe(path.replace(/1$/, "9"));
    await country.close();
  });
});

describe("who must not be the first to know", () => {
  it.each([
    ["an employee, wherever it happens", { harmer: "school_staff", setting: undefined }, true],
    ["a trainer at school", { harmer: "coach", setting: "education" }, true],
    ["a trainer at a club", { harmer: "coach", setting: "health" }, false],
    ["a known adult at school", { harmer: "known_adult", setting: "education" }, true],
    ["a child", { harmer: "peer", setting: "education" }, false],
    ["nobody said", { harmer: undefined, setting: "education" }, false],
  ])("is the school where it is %s", (_, matter, is) => {
    expect(isNotFirst(test.country, { type: "primary_school" }, { forms: [], ...matter })).toBe(is);
  });
});
