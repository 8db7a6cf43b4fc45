import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Seen } from "../support/browser.ts";
import { type DirectoryApp, openDirectoryApp } from "../support/directory.ts";

const LIST = "/staff/institutions";
const NIS = `${LIST}/school-nis`;
const ABSENCES = "/staff/absences";
let test: DirectoryApp;

beforeAll(async () => {
  test = await openDirectoryApp();
});
afterAll(() => test.close());

const rowsOf = (table: string, where = "1 = 1") => test.database.raw(`select * from ${table} where ${where}`);
const countOf = async (action: string) => (await rowsOf("audit_entry", `action = '${action}'`)).length;
const pathIn = ({ text }: Seen, pattern: RegExp) => pattern.exec(text)?.[1] ?? "";

const shownOn = ({ text }: Seen) =>
  pathIn({ text } as Seen, /name="shown" value="([^"]+)"/)
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

describe("desks", () => {
  it("are added and renamed, with people and key beside each", async () => {
    const added = await test.admin.send(`${NIS}/desks`, { name: "Психолог", nameEn: "Psychologist" });
    expect(added.text).toContain("Psychologist");
    const path = pathIn(added, /href="(\/staff\/institutions\/school-nis\/desks\/(?!desk-nis)[\w-]+)"/);
    const renamed = await test.admin.send(path, { name: "Педагог", nameEn: "" });
    expect(renamed.text).toContain("Pedagog");
    expect(renamed.text).toContain('Desk changed: Name in Serbian</b> <span lang="" dir="auto">Nada admin');
    expect(renamed.text).toContain("1 person");
    expect(renamed.text).toContain('<span class="tag red">0 people</span>');
    expect(renamed.text).toContain("no key yet");
    expect((await test.admin.get(`${LIST}/inst-triage`)).text).toContain("has a key");
    const twice = await test.admin.post(`${NIS}/desks`, { name: "Педагог", nameEn: "" });
    expect([twice.status, twice.text.includes("has a desk of this name")]).toEqual([422, true]);
    expect([await countOf("desk.added"), await countOf("desk.changed")]).toEqual([1, 1]);
  });

  it("are one desk where the same form is sent three times at once", async () => {
    const form = { name: "Дежурни", nameEn: "" };
    const seen = await Promise.all([1, 2, 3].map(() => test.admin.post(`${LIST}/administration/desks`, form)));
    expect(seen.map(({ status }) => status).toSorted()).toEqual([303, 422, 422]);
    const rows = await test.database.raw("select name from desk where institution_id = 'administration'");
    expect(rows.filter(({ name }) => JSON.stringify(name).includes("Дежурни"))).toHaveLength(1);
  });

  it("have no fallback of their own, whatever a form says: who takes over is named at the institution", async () => {
    const zemun = `${LIST}/school-zemun/desks/desk-zemun`;
    for (const path of [zemun, `${NIS}/desks`])
      expect((await test.admin.get(path)).text, path).not.toContain('name="standIn"');
    const choice = { standIn: "other", standInFor: "other", standInChosen: "desk-other", fallback: "other" };
    expect((await test.admin.post(zemun, { name: "Тим", nameEn: "", ...choice })).status).toBe(303);
    expect((await test.admin.post(`${NIS}/desks`, { name: "Други", nameEn: "", ...choice })).status).toBe(303);
    expect(await rowsOf("desk", "fallback_id is not null")).toEqual([]);
    expect((await test.admin.get(`${LIST}/school-zemun`)).text).not.toContain("Fallback desk");
    expect((await test.admin.get(`${LIST}/inst-triage`)).text).toContain("Fallback desk");
  });

  it("that two people change at once show the second both values", async () => {
    const path = `${LIST}/school-zemun/desks/desk-zemun`;
    const shown = shownOn(await test.admin.get(path));
    await test.admin.post(path, { name: "Први тим", nameEn: "First team", shown });
    const second = await test.admin.post(path, { name: "Други тим", nameEn: "", shown });
    expect(second.status).toBe(409);
    expect(second.text).toMatch(/name="name" value="Други тим"[^>]* checked/);
    expect(second.text).toMatch(/name="nameEn" value="First team"[^>]* checked/);
    expect(JSON.stringify((await rowsOf("desk", "id = 'desk-zemun'"))[0]?.name)).toContain("Први тим");
    const chosen = { name: "Други тим", nameEn: "First team", shown: shownOn(second) };
    expect((await test.admin.post(path, chosen)).status).toBe(303);
    const [row] = await rowsOf("desk", "id = 'desk-zemun'");
    for (const said of ["Други тим", "First team"]) expect(JSON.stringify(row?.name)).toContain(said);
  });
});

describe("contact persons", () => {
  const PERSON = { name: "Мира <i>Тест</i>", role: "директор", phone: "018 555 333" };

  it("are added and changed, escaped, and never stand in the audit or in an address", async () => {
    const added = await test.admin.send(`${NIS}/contacts`, PERSON);
    expect(added.text).toContain("Мира &lt;i&gt;Тест&lt;/i&gt;");
    expect(added.text).toContain('href="tel:018555333"');
    const path = pathIn(added, /href="(\/staff\/institutions\/school-nis\/contacts\/[\w-]+)"/);
    const changed = await test.admin.send(path, { ...PERSON, role: "", phone: "+381 18 555 444" });
    expect(changed.text).toContain('href="tel:+38118555444"');
    expect(JSON.stringify(await rowsOf("audit_entry"))).not.toMatch(/Мира|директор|555/);
    expect(changed.path).toBe(`${NIS}#contacts`);
  });

  it("need a name, and a role or a number", async () => {
    const seen = await test.admin.post(`${NIS}/contacts`, { name: "Мира", role: " ", phone: "" });
    expect(seen.status).toBe(422);
    expect(seen.text).toContain('<a href="#role">Write the role or the phone number</a>');
    expect(seen.text).toContain('value="Мира"');
    expect((await test.admin.post(`${NIS}/contacts`, { ...PERSON, name: "" })).text).toContain('href="#name"');
    expect((await test.admin.post(`${NIS}/contacts`, { ...PERSON, phone: "звати" })).text).toContain('href="#phone"');
  });

  it("that two people change at once show the second both values", async () => {
    const path = pathIn(await test.admin.get(NIS), /href="(\/staff\/institutions\/school-nis\/contacts\/[\w-]+)"/);
    const shown = shownOn(await test.admin.get(path));
    await test.admin.post(path, { ...PERSON, role: "психолог", phone: "+381 18 555 444", shown });
    const second = await test.admin.post(path, { ...PERSON, role: "", phone: "+381 18 555 666", shown });
    expect(second.status).toBe(409);
    for (const said of ["психолог", "+381 18 555 444", "+381 18 555 666"]) expect(second.text).toContain(said);
    expect(second.text).toMatch(/name="role" value="психолог"[^>]* checked/);
    expect(second.text).toMatch(/name="phone" value="\+381 18 555 666"[^>]* checked/);
    const chosen = { ...PERSON, role: "", phone: "+381 18 555 444", shown: shownOn(second) };
    expect((await test.admin.post(path, chosen)).status).toBe(303);
    expect((await rowsOf("contact_person"))[0]).toMatchObject({ role: "", phone: "+381 18 555 444" });
  });

  it("that are removed come back with one press", async () => {
    const path = pathIn(await test.admin.get(NIS), /href="(\/staff\/institutions\/school-nis\/contacts\/[\w-]+)"/);
    const before = await countOf("institution.contactChanged");
    const [removed] = await Promise.all([test.admin.post(`${path}/remove`, {}), test.admin.post(`${path}/remove`, {})]);
    expect(removed.text).toContain("The contact person is removed.");
    expect(await countOf("institution.contactChanged")).toBe(before + 1);
    expect(removed.text).toContain('value="Мира &lt;i&gt;Тест&lt;/i&gt;"');
    expect(await rowsOf("contact_person", "institution_id = 'school-nis'")).toEqual([]);
    expect((await test.admin.post(`${path}/remove`, {})).path).toBe(`${NIS}#contacts`);
    expect((await test.admin.get(`${path}/remove`)).path).toBe(`${NIS}#contacts`);
    const back = { name: PERSON.name, role: "", phone: "+381 18 555 444" };
    expect((await test.admin.send(`${NIS}/contacts`, back)).text).toContain("Мира &lt;i&gt;");
    await test.admin.post(`${NIS}/contacts`, back);
    expect(await rowsOf("contact_person")).toHaveLength(1);
    expect(await countOf("institution.contactChanged")).toBe(6);
  });
});

describe("absences", () => {
  const WEEK = { from: "2026-11-22", to: "29. 11. 2026.", fallback: "" };

  it("of one institution run through their last day in the country's time, and give the work to who is named", async () => {
    const seen = await test.admin.send(`${NIS}/absences`, { ...WEEK, fallback: "cvet" });
    expect(seen.text).toContain("absent until 29 November 2026");
    expect(seen.text).toContain("22 November 2026 to 29 November 2026");
    expect(seen.text).toContain("school-zemun in English");
    const [row] = await rowsOf("absence");
    expect([Number(row?.from_at), Number(row?.to_at)]).toEqual([
      Date.parse("2026-11-21T23:00:00Z"),
      Date.parse("2026-11-29T23:00:00Z"),
    ]);
    expect(row?.fallback_id).toBe("school-zemun");
    expect(seen.text).not.toContain("It overlaps");
  });

  it("may overlap, which is said", async () => {
    const seen = await test.admin.post(`${NIS}/absences`, { ...WEEK, from: "2026-11-29", to: "2026-12-02" });
    expect(seen.path).toContain("overlap=1");
    expect((await test.admin.get(`${NIS}?overlap=1`)).text).toContain("It overlaps with another absence; both hold.");
    expect(await rowsOf("absence")).toHaveLength(2);
  });

  it("of several types at once hold in a territory, and stand on the page of each such institution", async () => {
    const holidays = { from: "2026-12-28", to: "2027-01-15", fallback: "", territory: "rs-nisavski" };
    const seen = await test.admin.send(ABSENCES, { ...holidays, types: ["primary_school", "secondary_school"] });
    expect(seen.text).toContain("28 December 2026 to 15 January 2027");
    expect(seen.text).toContain("Primary school: ");
    expect((await test.admin.get(NIS)).text).toContain("28 December 2026");
    expect((await test.admin.get(`${LIST}/school-zemun`)).text).not.toContain("28 December 2026");
    await test.admin.post(ABSENCES, { ...holidays, types: ["primary_school", "secondary_school"] });
    expect(await rowsOf("absence", "type is not null")).toHaveLength(2);
    const elsewhere = async (territory: string) =>
      (await test.admin.post(ABSENCES, { ...holidays, to: "2027-01-10", territory, types: ["primary_school"] })).path;
    expect(await elsewhere("rs-vojvodina")).not.toContain("overlap=1");
    // The district lies in its region, and the municipality in the district.
    for (const territory of ["rs-juzna-istocna-srbija", "rs-nis"])
      expect(await elsewhere(territory), territory).toContain("overlap=1");
    await test.database.raw(`delete from absence where territory <> 'rs-nisavski'`);
    const added = await rowsOf("audit_entry", "action = 'absence.added' and subject_kind = 'directory'");
    expect(added.map(({ detail }) => detail)).toContain('{"type":"primary_school","territory":"rs-nisavski"}');
  });

  it("say what is wrong with each field, and keep what was typed", async () => {
    const wrong = { from: "1. 13. 2026.", to: "", territory: "nowhere", fallback: "нигде нема" };
    const seen = await test.admin.post(ABSENCES, { ...wrong, types: [] });
    expect(seen.status).toBe(422);
    for (const field of ["types", "territory", "from", "to", "fallback"])
      expect(seen.text, field).toContain(`<a href="#${field}">`);
    expect(seen.text).toContain('type="text" value="1. 13. 2026."');
    expect(seen.text).toContain('value="нигде нема"');
    const said = async (days: object) => (await test.admin.post(`${NIS}/absences`, { ...WEEK, ...days })).text;
    expect(await said({ to: "2026-11-21" })).toContain("The last day lies before the first");
    expect(await said({ from: "2026-11-01", to: "2026-11-21" })).toContain("That is over already");
    expect(await said({ to: "2062-11-29" })).toContain("That is longer than a year");
    expect(await said({ fallback: "school-nis" })).toContain("This cannot be the same one");
    expect((await test.admin.post(ABSENCES, { ...WEEK, territory: "country", types: ["triage"] })).status).toBe(422);
  });

  it("are removed, and gone twice is gone once", async () => {
    const before = await rowsOf("absence", "institution_id = 'school-nis'");
    const path = `${ABSENCES}/${before[0]?.id}/remove`;
    expect((await test.admin.post(path, {})).path).toBe(`${NIS}#absences`);
    expect((await test.admin.post(path, {})).path).toBe(ABSENCES);
    expect(await countOf("absence.removed")).toBe(1);
    expect(await rowsOf("absence", "institution_id = 'school-nis'")).toHaveLength(before.length - 1);
    for (const who of [test.triage, test.member])
      expect((await who.post(`${ABSENCES}/${before[1]?.id}/remove`, {})).status).toBe(404);
  });

  it("that are over stand apart, the latest first, fifty a page", async () => {
    const from = Date.parse("2025-12-31T23:00:00Z");
    const values = Array.from({ length: 60 }, (_, at) => {
      const id = `past-${String(at).padStart(4, "0")}`;
      return `('${id}', 'school-zemun', ${from}, ${from + (at + 1) * 86_400_000})`;
    });
    await test.database.raw(`insert into absence (id, institution_id, from_at, to_at) values ${values.join()}`);
    const first = await test.triage.get(`${ABSENCES}?past=1`);
    const next = pathIn(first, /href="([^"]+)" rel="next"/).replaceAll("&amp;", "&");
    const second = await test.triage.get(next);
    const ends = (seen: Seen) => [...seen.text.matchAll(/January 2026 to (\d+ \w+) 2026/g)].map(([, day]) => day);
    expect([ends(first).length, ends(second).length]).toEqual([50, 10]);
    expect([ends(first)[0], ends(second).at(-1)]).toEqual(["1 March", "1 January"]);
    expect((await test.triage.get(ABSENCES)).text).not.toContain("1 January 2026 to");
  });
});
