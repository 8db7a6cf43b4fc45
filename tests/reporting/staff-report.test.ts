import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { insertOpening } from "#institutions/index.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { numbersOn, signInAs, unpaced } from "../support/journey.ts";
import { addInstitutions, institutionRow, signInNew } from "../support/people-at-work.ts";
import { codeIn, MANDATORY, saved } from "./journey.ts";

const HOUR = 3_600_000;
let test: TestApp;
let teacher: Visitor;
let officer: Visitor;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  await addInstitutions(test, [institutionRow("school", "primary_school"), institutionRow("station", "police")]);
  [teacher, officer] = await Promise.all([
    signInNew(test, "member", ["school"]),
    signInNew(test, "supervisor", ["station"]),
  ]);
});
afterEach(() => test.database.raw("delete from opening"));
afterAll(() => test.close());

const plan = (territory: string, stage: number, inMs = -HOUR) =>
  test.platform.db.write((tx) =>
    insertOpening(tx, { id: `${territory} ${stage}`, territory, stage, from: test.platform.now() + inMs }),
  );
let schools = 0;
const newSchool = async () => {
  const id = `school-${++schools}`;
  await addInstitutions(test, [institutionRow(id, "primary_school")]);
  return id;
};
const begin = (visitor: Visitor, institution: string) => visitor.post("/staff/report", { institution });

/** What a page of a draft shows as answered. */
const answered = async (visitor: Visitor, path: string) =>
  [...(await visitor.get(path)).text.matchAll(/value="([^"]+)" (?:checked|selected)/g)].map(([, value]) => value);

async function finish(visitor: Visitor, at: string, place = "rs-novi-sad") {
  for (const [page, fields] of MANDATORY) {
    const own = { "2": { role: "teacher" }, "5": { environment: "family", territory: place } }[page];
    await saved(visitor, `${at}/${page}`, own ?? fields);
  }
  return visitor.send(`${at}/10`, { go: "send" });
}

describe("a report for a child", () => {
  it("begins with what is known from work, in an adult's words, and says nothing of where it happens", async () => {
    const page = await teacher.get("/staff/report");
    expect(page.text).toContain("Institution school");
    expect(page.text).toContain('type="hidden" name="institution" value="school"');
    const { status, path } = await begin(teacher, "school");
    expect([status, /^\/en\/r\/[\w-]+\/1$/.test(path)]).toEqual([303, true]);
    const at = path.slice(0, -2);
    expect(await answered(teacher, `${at}/2`)).toEqual(["teacher"]);
    expect(await answered(teacher, `${at}/5`)).toEqual(["rs-novi-sad"]);
    expect((await teacher.get(`${at}/4`)).text).toContain("Simpler words, for children");
  });

  it("finds the own school again once it happens in a school, and drops it with another municipality", async () => {
    const at = (await begin(teacher, "school")).path.slice(0, -2);
    await saved(teacher, `${at}/5`, { environment: "education", territory: "rs-novi-sad" });
    expect(await answered(teacher, `${at}/5/c`)).toContain("school");
    await saved(teacher, `${at}/5`, { environment: "education", territory: "rs-nis" });
    expect(await answered(teacher, `${at}/5/c`)).not.toContain("school");
  });

  it("another professional's names no school", async () => {
    const at = (await begin(officer, "station")).path.slice(0, -2);
    expect(await answered(officer, `${at}/2`)).toEqual(["other_professional"]);
    await saved(officer, `${at}/5`, { environment: "education", territory: "rs-novi-sad" });
    expect(await answered(officer, `${at}/5/c`)).toEqual([]);
  });

  it("arrives at the desk with the institution it comes from, and its code page leads back to work", async () => {
    const done = await finish(teacher, (await begin(teacher, "school")).path.slice(0, -2));
    expect(codeIn(done)).toMatch(/^\d{16}$/);
    expect(done.text).toContain('<a class="button" href="/staff">');
    // However fast it was written, nobody who signed in is a machine.
    expect(await test.database.raw("select shelf from case_file")).toEqual([{ shelf: null }]);
    const operator = newVisitor(test);
    const inbox = await signInAs(operator);
    const [number] = numbersOn(inbox);
    const shown = (await operator.get(`/staff/cases/${number}`)).text;
    expect(shown).toContain("<dt>Comes from the institution</dt><dd><bdi>Institution school</bdi></dd>");
    await operator.post("/staff/account/language", { language: "sr" });
    expect((await operator.get(`/staff/cases/${number}`)).text).toContain("Установа school");
    const reporters = newVisitor(test);
    expect((await reporters.get("/staff/report")).path).toBe("/staff");
  });

  it("lets whoever works at several institutions choose, and takes no other", async () => {
    const both = await signInNew(test, "member", ["school", "station"]);
    const page = await both.get("/staff/report");
    expect(page.text.match(/type="radio" name="institution"/g)).toHaveLength(2);
    for (const wrong of ["", "inst-other", "nobody"]) {
      const seen = await begin(both, wrong);
      expect([seen.status, seen.text.includes("Choose the institution")]).toEqual([422, true]);
    }
    expect((await begin(both, "station")).status).toBe(303);
  });

  it("is gone with whoever signs out, here or everywhere, and opens for nobody after that", async () => {
    for (const way of ["/staff/session/end", "/staff/sessions/end"]) {
      const leaving = await signInNew(test, "member", [await newSchool()]);
      const { path } = await begin(leaving, `school-${schools}`);
      const at = path.slice(0, path.lastIndexOf("/"));
      await saved(leaving, `${at}/1`, { danger: "no" });
      const copied = newVisitor(test, new Map(leaving.cookies));
      expect((await copied.get(`${at}/1`)).text).toContain("checked");
      expect((await leaving.post(way, {})).path).toBe("/staff");
      expect(await leaving.get(`${at}/1`).then(({ text }) => text)).not.toContain("checked");
      expect(await copied.get(`${at}/1`).then(({ text }) => text)).not.toContain("checked");
    }
  });

  it("cannot be begun by somebody at no desk, who reads what to do, nor by an administrator", async () => {
    const nobody = await signInNew(test, "member");
    const page = await nobody.get("/staff/report");
    expect(page.text).toContain("No desk of an institution has this account yet");
    expect(page.text).not.toContain('action="/staff/report"');
    expect((await begin(nobody, "school")).status).toBe(422);
    expect((await (await signInNew(test, "admin")).get("/staff/report")).status).toBe(404);
  });
});

describe("while reporting opens step by step", () => {
  it.each([
    [0, "school", false],
    [1, "school", true],
    [1, "station", false],
    [2, "station", true],
    [3, "station", true],
  ])("at stage %i staff of the %s may report: %s", async (stage, institution, may) => {
    await plan("country", stage);
    const person = institution === "school" ? teacher : officer;
    const { status, path } = await begin(person, institution);
    expect(status).toBe(may ? 303 : 422);
    if (!may) return;
    const place = { environment: "family", territory: "rs-novi-sad" };
    expect((await person.post(path.replace(/1$/, "5"), place)).status).toBe(303);
  });

  it("says from when on, and a place that is not open for this work is refused on step 5", async () => {
    await plan("country", 0);
    await plan("rs-vojvodina", 1, 9 * 24 * HOUR);
    expect((await teacher.get("/staff/report")).text).toContain("Staff can report from 1 December 2026.");
    await plan("rs-nis", 1);
    const at = (await begin(teacher, "school")).path.slice(0, -2);
    expect(await answered(teacher, `${at}/5`)).toEqual([]);
    expect((await teacher.post(`${at}/5`, { territory: "rs-novi-sad" })).status).toBe(422);
    expect((await teacher.post(`${at}/5`, { territory: "rs-nis" })).status).toBe(303);
  });

  it("takes no report of a school whose own town is not open for this work, though the one typed is", async () => {
    await plan("country", 0);
    await plan("rs-nis", 1);
    const at = (await begin(teacher, "school")).path.slice(0, -2);
    await saved(teacher, `${at}/5`, { environment: "education", territory: "rs-nis" });
    const refused = await teacher.post(`${at}/5/c`, { institution: "school" });
    expect([refused.status, refused.text.includes("where this school or institution is")]).toEqual([422, true]);
    await plan("rs-novi-sad", 1);
    await saved(teacher, `${at}/5/c`, { institution: "school" });
  });

  it("gives no right to a draft that the public's page began, nor to another browser", async () => {
    await plan("rs-nis", 1);
    const own = (await begin(teacher, "school")).path.slice(0, -2);
    // The same browser, still signed in, begins as everybody does.
    const open = await teacher.post("/en/report", { territory: "rs-zemun", from: "school", institution: "school" });
    const at = open.path.slice(0, -2);
    expect((await teacher.post(`${at}/5`, { territory: "rs-nis" })).status).toBe(422);
    expect((await teacher.post(`${own}/5`, { territory: "rs-nis" })).status).toBe(303);
    const stranger = newVisitor(test);
    await stranger.post("/en/report", { territory: "rs-zemun" });
    expect((await stranger.post(`${own}/5`, { territory: "rs-nis" })).status).toBe(410);
    const unanswered = (await begin(teacher, "school")).path;
    expect((await stranger.post(unanswered, { danger: "no" })).status).toBe(410);
  });
});
