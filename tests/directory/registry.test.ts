import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { staffedDeskIds } from "#accounts/index.ts";
import { insertAbsence, insertInstitution, type RegistryFilter, selectInstitutions } from "#institutions/index.ts";
import { isPostgres } from "#platform/db/columns.ts";
import { NOON } from "../support/app.ts";
import { newVisitor, type Seen } from "../support/browser.ts";
import { DAY, type DirectoryApp, insertManySchools, listedOn, openDirectoryApp } from "../support/directory.ts";
import { titleFaults } from "../support/page-rules.ts";

const LIST = "/staff/institutions";
let test: DirectoryApp;

beforeAll(async () => {
  test = await openDirectoryApp();
});
afterAll(() => test.close());

const listed = async (query: string) => listedOn(await test.triage.get(LIST + query)).sort();
const nextOn = ({ text }: Seen) => /href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll("&amp;", "&");

describe("the list of institutions", () => {
  it("shows name, type, municipality, desks with their people, supervising body and state", async () => {
    const { text } = await test.triage.get(`${LIST}?words=${encodeURIComponent("пример")}`);
    for (const said of ["school-nis in English", "Primary school", "Medijana", ">1 person<", "active"])
      expect(text).toContain(said);
    expect(text).toContain("administration in English");
    expect(text).toContain("1 institution<");
  });

  it("finds a name in either script, without diacritics, and the beginning of an identifier", async () => {
    for (const words of ["Цвет", "cvet", "ZEMUN os", "school-z", "SCHOOL-Z"])
      expect(await listed(`?words=${encodeURIComponent(words)}`), words).toEqual(["school-zemun"]);
    expect(await listed("?words=%25")).toHaveLength(5);
    await test.database.raw("update institution set identifier = 'ЖЏ-7' where id = 'school-zemun'");
    for (const words of ["жџ-7", "Жџ", "ЖЏ"])
      expect(await listed(`?words=${encodeURIComponent(words)}`), words).toEqual(["school-zemun"]);
    await test.database.raw("update institution set identifier = 'qx_1' where id = 'school-zemun'");
    for (const words of ["qx_", "_"])
      expect(await listed(`?words=${words}`), words).toEqual(words === "_" ? [] : ["school-zemun"]);
    await test.database.raw("update institution set identifier = 'school-zemun' where id = 'school-zemun'");
    expect(await listed("?words=nosuch")).toEqual([]);
  });

  it("chooses by type, by municipality and by the district around it, alone and together", async () => {
    expect(await listed("?type=primary_school")).toEqual(["school-nis", "school-zemun"]);
    expect(await listed("?place=rs-medijana")).toEqual(["administration", "school-nis"]);
    expect(await listed("?place=rs-nisavski")).toEqual(["administration", "school-nis"]);
    expect(await listed("?place=rs-nisavski&type=primary_school")).toEqual(["school-nis"]);
    expect(await listed("?supervisor=administration")).toEqual(["school-nis", "school-zemun"]);
  });

  it("chooses who has nobody at any desk, who has ended and who is absent, alone or with the whole type", async () => {
    expect(await listed("?state=nobody")).toEqual(["school-zemun"]);
    expect(await listed("?state=ended")).toEqual([]);
    expect(await listed("?state=absent")).toEqual([]);
    const period = { from: NOON - DAY, to: NOON + DAY, fallbackId: null };
    const all = { ...period, id: "of-a-type", institutionId: null, type: "primary_school", territory: "rs-nisavski" };
    const alone = { ...period, id: "of-one", institutionId: "administration", type: null, territory: null };
    await test.platform.db.write(async (tx) => {
      await insertAbsence(tx, all);
      await insertAbsence(tx, alone);
      await insertAbsence(tx, { ...all, id: "tomorrow", territory: "country", from: NOON + DAY, to: NOON + 2 * DAY });
      const row = { name: { sr: "Бивша", en: "Former" }, territory: "rs-zemun", activeFrom: 0, activeTo: NOON - 1 };
      await insertInstitution(tx, { ...row, id: "former-one", identifier: "former", type: "csw" });
    });
    expect(await listed("?state=absent")).toEqual(["administration", "school-nis"]);
    expect(await listed("?state=ended")).toEqual(["former-one"]);
    expect(await listed("?state=active")).not.toContain("former-one");
    const { text } = await test.triage.get(`${LIST}?words=former`);
    expect(text).toContain("ended 22 November 2026");
    expect((await test.triage.get(`${LIST}?words=school-nis`)).text).toContain("absent until 23 November 2026");
  });

  it("chooses who works and has no fallback, of the types that answer for something", async () => {
    const before = await listed("?state=noFallback");
    expect(before).toEqual(["administration", "inst-other", "school-nis", "school-zemun"]);
    await test.platform.db.write(async (tx) => {
      const row = { name: { sr: "Још једна", en: "One more" }, territory: "rs-zemun", activeFrom: 0, activeTo: null };
      await insertInstitution(tx, { ...row, id: "association", identifier: "association", type: "ngo" });
      await insertInstitution(tx, {
        ...row,
        id: "not-yet-there",
        identifier: "x-1",
        type: "csw",
        activeFrom: NOON + 1,
      });
      await insertInstitution(tx, { ...row, id: "lonely-centre", identifier: "x-2", type: "csw" });
    });
    expect(await listed("?state=noFallback")).toEqual([...before, "lonely-centre"].sort());
    expect((await test.triage.get(LIST)).text).toContain('<option value="noFallback">Without a fallback</option>');
    await test.database.raw("update institution set fallback_id = 'inst-other' where id = 'lonely-centre'");
    expect(await listed("?state=noFallback")).toEqual(before);
    await test.database.raw(
      "delete from institution_area where institution_id in ('association', 'not-yet-there', 'lonely-centre')",
    );
    await test.database.raw("delete from institution where id in ('association', 'not-yet-there', 'lonely-centre')");
  });

  it("takes what is no filter as none, and never as an error", async () => {
    for (const query of ["?type=%27%3B--", "?place=nowhere", "?state=x", "?after=..%2F", "?after=nosuch1"])
      expect((await test.triage.get(LIST + query)).status, query).toBe(200);
  });

  it("says so when nothing fits, with the way to clear the filters", async () => {
    const { text } = await test.triage.get(`${LIST}?words=nosuch`);
    expect(text).toContain("No institution fits these filters.");
    expect(text).toContain(`<a href="${LIST}">Clear the filters</a>`);
  });

  it("gives htmx the list alone, with what was found", async () => {
    const seen = await test.triage.get(`${LIST}?words=cvet`, { "hx-request": "true" });
    expect(seen.text).not.toContain("<html");
    expect(seen.text).toContain('id="found"');
    expect(listedOn(seen)).toEqual(["school-zemun"]);
  });

  it("speaks each script, with a title that names no topic", async () => {
    for (const [language, said] of [
      ["sr", ["ОШ „Цвет“ Земун", "Основна школа", "нема никога у служби"]],
      ["sr-Latn", ["OŠ „Cvet“ Zemun", "Osnovna škola", "nema nikoga u službi"]],
      ["en", ["school-zemun in English", "Primary school", "nobody at any desk"]],
    ] as const) {
      await test.triage.post("/staff/account/language", { language });
      const { text } = await test.triage.get(`${LIST}?words=cvet`);
      for (const words of said) expect(text, language).toContain(words);
      expect(titleFaults(text)).toEqual([]);
    }
  });
});

describe("many institutions", () => {
  const filter = (chosen: Partial<RegistryFilter>): Omit<RegistryFilter, "staffed"> => ({
    ...{ words: "", type: undefined, territories: undefined, state: undefined, tie: undefined, at: NOON, away: [] },
    unasked: ["triage", "ngo"],
    ...chosen,
  });
  const stepsOf = (chosen: Partial<RegistryFilter>) =>
    test.platform.db.read(async (reader) => {
      const from = { searchName: "mnogo skola 0060 many", id: "many-0061" };
      const whole = { ...filter(chosen), staffed: staffedDeskIds(reader) };
      const { sql, params } = selectInstitutions(reader, whole, { from, most: 51 }).toSQL();
      const values = params.map((value) => (typeof value === "string" ? `'${value}'` : Number(value)));
      const plan = await test.database.raw(`explain query plan ${sql.replace(/\?/g, () => String(values.shift()))}`);
      return plan.map(({ detail }) => String(detail)).join("\n");
    });

  it("stand each exactly once on pages of fifty, forwards and back", async () => {
    await insertManySchools(test.platform, 120);
    const pages: string[][] = [];
    let last: Seen | undefined;
    for (let path: string | undefined = `${LIST}?type=secondary_school`; path; ) {
      last = await test.triage.get(path);
      pages.push(listedOn(last));
      path = nextOn(last);
    }
    expect(pages.map((page) => page.length)).toEqual([50, 50, 20]);
    expect(pages.flat()).toEqual(Array.from({ length: 120 }, (_, at) => `many-${String(at).padStart(4, "0")}`));
    const back = /href="([^"]+before=[^"]+)"/.exec(last?.text ?? "")?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(listedOn(await test.triage.get(back))).toEqual(pages[1]);
    expect((await test.triage.get(`${LIST}?type=secondary_school`)).text).toContain("120 institutions");
  });

  it.runIf(!isPostgres)("are read from where the page begins in an index, however many there are", async () => {
    expect(await stepsOf({})).toMatch(/^SEARCH institution USING INDEX institution_name \(search_name>/);
    expect(await stepsOf({ type: "csw" })).toMatch(/INDEX institution_type \(type=\? AND search_name>/);
    for (const chosen of [{}, { type: "csw" }, { state: "active" as const }])
      expect(await stepsOf(chosen)).not.toMatch(/USE TEMP B-TREE FOR ORDER BY|SCAN institution/);
    expect(await stepsOf({ state: "noFallback" })).toContain("INDEX institution_fallback (fallback_id=?)");
    expect(await stepsOf({ territories: ["rs-zemun"] })).toContain("INDEX institution_place (territory=?)");
  });
});

describe("who may see the registry", () => {
  const PAGES = [LIST, `${LIST}/school-nis`, "/staff/absences"];
  const FORMS = ["new", "school-nis/edit", "school-nis/end", "school-nis/desks", "school-nis/desks/desk-nis"];
  const MORE = ["school-nis/contacts", "school-nis/absences"];
  const changing = [...FORMS, ...MORE].map((part) => `${LIST}/${part}`);

  it("is everybody who works here; only an administrator changes it", async () => {
    for (const who of ["triage", "member", "supervisor"] as const) {
      for (const path of PAGES) expect((await test[who].get(path)).status, `${who} ${path}`).toBe(200);
      for (const path of changing) {
        expect((await test[who].get(path)).status, `${who} ${path}`).toBe(404);
        expect((await test[who].post(path, {})).status, `${who} ${path}`).toBe(404);
      }
      const { text } = await test[who].get(`${LIST}/school-nis`);
      expect(text).not.toMatch(/<form[^>]*action="\/staff\/institutions|\/edit"/);
    }
    for (const path of [...PAGES, ...changing]) expect((await test.admin.get(path)).status, path).toBe(200);
  });

  it("is nobody who has not signed in", async () => {
    for (const path of [...PAGES, ...changing]) {
      expect((await newVisitor(test).get(path)).path, path).toBe("/staff");
      expect((await newVisitor(test).post(path, {})).status, path).not.toBe(200);
    }
  });

  it("finds no page for an institution, a desk or a person that is not there", async () => {
    for (const path of [
      "nosuch-one",
      "nosuch-one/edit",
      "school-nis/desks/desk-zemun",
      "school-nis/contacts/nosuch-one",
    ])
      expect((await test.admin.get(`${LIST}/${path}`)).status, path).toBe(404);
  });
});

describe("a registry in which there is nobody but the triage team", () => {
  it("says so, and shows the way to the import to whoever may import", async () => {
    await test.database.raw("update institution set type = 'triage'");
    const [theirs, mine] = [await test.triage.get(LIST), await test.admin.get(LIST)];
    for (const { text } of [theirs, mine]) expect(text).toContain("There are no institutions here yet.");
    expect([theirs, mine].map(({ text }) => text.includes("Import a file of institutions"))).toEqual([false, true]);
  });
});
