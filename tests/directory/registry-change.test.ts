import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newVisitor, type Seen } from "../support/browser.ts";
import { type DirectoryApp, listedOn, openDirectoryApp } from "../support/directory.ts";
import { fieldsOn } from "../support/fields-on.ts";
import { readyToSend } from "../support/journey.ts";

const LIST = "/staff/institutions";
const NIS = `${LIST}/school-nis`;
let test: DirectoryApp;

beforeAll(async () => {
  test = await openDirectoryApp();
});
afterAll(() => test.close());
/** Signing four people in takes longer than putting three institutions back. */
afterEach(async () => {
  const added = "in (select id from institution where identifier = 'new-1')";
  for (const table of ["desk", "institution_area"])
    await test.database.raw(`delete from ${table} where institution_id ${added}`);
  await test.database.raw("delete from institution where identifier = 'new-1'");
  await test.database.raw(
    `update institution set version = 1, phone = null, hours = null, verified_on = null, address = null,
     fallback_id = null, active_to = null`,
  );
});

const NEW = {
  ...{ identifier: "new-1", type: "primary_school", name: "ОШ „Нова“", nameEn: "", territory: "rs-zemun", towns: "" },
  ...{ address: "", phone: "", hours: "", hoursEn: "", verifiedOn: "", parent: "", supervisor: "", fallback: "" },
  ...{ activeFrom: "2026-09-01", desk: "Тим" },
};

const valueIn = ({ text }: Seen, name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(text)?.[1];
const rowsOf = (table: string, where = "1 = 1") => test.database.raw(`select * from ${table} where ${where}`);

describe("adding an institution", () => {
  it("makes it with its desk, names in both languages, and an entry in the audit", async () => {
    const seen = await test.admin.send(`${LIST}/new`, {
      ...NEW,
      covers: ["rs-nisavski"],
      towns: "Нови Београд, Земун",
    });
    expect(seen.status).toBe(200);
    expect(seen.text).toContain("OŠ „Nova“");
    expect(seen.text).toContain("1 September 2026");
    const [row] = await rowsOf("institution", "identifier = 'new-1'");
    const areas = await rowsOf("institution_area", `institution_id = '${row?.id}'`);
    expect(areas.map(({ territory }) => territory).sort()).toEqual(["rs-nisavski", "rs-novi-beograd", "rs-zemun"]);
    expect(await rowsOf("desk", `institution_id = '${row?.id}'`)).toHaveLength(1);
    expect(await rowsOf("audit_entry", `action = 'institution.added' and subject_id = '${row?.id}'`)).toHaveLength(1);
    expect((await test.admin.get(`${LIST}/${row?.id}`)).text).toContain(
      'Institution added</b> <span lang="" dir="auto">Nada admin',
    );
  });

  it("says what is wrong with each field and keeps what was typed, escaped", async () => {
    const nasty = { address: '<b>"x"</b>', phone: "call me", verifiedOn: "31. 2. 2026.", towns: "Палилула, Атлантида" };
    const seen = await test.admin.post(`${LIST}/new`, {
      ...{ ...NEW, identifier: "a b", name: "", territory: "rs-nisavski", supervisor: "школа", activeFrom: "" },
      ...nasty,
    });
    expect(seen.status).toBe(422);
    for (const field of ["identifier", "name", "territory", "phone", "verifiedOn", "towns", "supervisor", "activeFrom"])
      expect(seen.text, field).toContain(`<a href="#${field}">`);
    expect(seen.text).toContain("There is no municipality of this name: Атлантида");
    expect(seen.text).toContain('value="&lt;b&gt;&quot;x&quot;&lt;/b&gt;"');
    expect(seen.text).not.toContain('<b>"x"');
    for (const name of ["phone", "verifiedOn", "towns"] as const) expect(valueIn(seen, name), name).toBe(nasty[name]);
    expect(await rowsOf("institution", "identifier = 'a b'")).toEqual([]);
  });

  it("reads a list of municipalities by the name, the part of a city or the number, and no endless one", async () => {
    const many = Array.from({ length: 251 }, (_, at) => `x${at}`).join();
    for (const towns of [many, "x,".repeat(999)]) {
      const seen = await test.admin.post(`${LIST}/new`, { ...NEW, towns });
      expect([seen.status, valueIn(seen, "towns")]).toEqual([422, towns]);
      expect(seen.text).toContain("At most 250 municipalities");
    }
    const began = performance.now();
    await test.admin.post(`${LIST}/new`, { ...NEW, towns: Array.from({ length: 249 }, (_, at) => `x${at}`).join() });
    expect(performance.now() - began).toBeLessThan(500);
  });

  it("takes a day as offices write it", async () => {
    const seen = await test.admin.send(`${LIST}/new`, { ...NEW, activeFrom: "1. 9. 2026.", verifiedOn: "5.11.2026" });
    expect(seen.text).toContain("1 September 2026");
    expect(seen.text).toContain("5 November 2026");
    const [row] = await rowsOf("institution", "identifier = 'new-1'");
    expect(new Date(Number(row?.active_from)).toISOString()).toBe("2026-08-31T22:00:00.000Z");
  });

  it("offers a name in Latin letters in Cyrillic, and stores it once somebody has read it", async () => {
    const seen = await test.admin.post(`${LIST}/new`, { ...NEW, name: "OŠ Ljubav" });
    expect([seen.status, valueIn(seen, "name")]).toEqual([422, "ОШ Љубав"]);
    expect(seen.text).toContain("We have written this in Cyrillic.");
    expect((await test.admin.post(`${LIST}/new`, fieldsOn(seen))).status).toBe(303);
    expect((await test.admin.post(`${LIST}/new`, { ...NEW, name: "Школа X" })).text).toContain("no such letter");
  });

  it("refuses an identifier that another one has", async () => {
    const seen = await test.admin.post(`${LIST}/new`, { ...NEW, identifier: "school-nis" });
    expect([seen.status, valueIn(seen, "name")]).toEqual([422, "ОШ „Нова“"]);
    expect(seen.text).toContain("Another institution has this identifier");
    // Cyrillic с, and another case.
    for (const identifier of ["sсhool-nis", "School-NIS", "Triage"])
      expect((await test.admin.post(`${LIST}/new`, { ...NEW, identifier })).status, identifier).toBe(422);
    const edit = fieldsOn(await test.admin.get(`${NIS}/edit`));
    expect((await test.admin.post(`${NIS}/edit`, { ...edit, identifier: "TRIAGE" })).status).toBe(422);
    expect(await rowsOf("institution")).toHaveLength(5);
  });

  it("never makes a triage team, which would receive every report", async () => {
    expect((await test.admin.get(`${LIST}/new`)).text).not.toContain('value="triage"');
    expect((await test.admin.post(`${LIST}/new`, { ...NEW, type: "triage" })).status).toBe(422);
    const edit = fieldsOn(await test.admin.get(`${NIS}/edit`));
    expect((await test.admin.post(`${NIS}/edit`, { ...edit, type: "triage" })).status).toBe(422);
    const team = fieldsOn(await test.admin.get(`${LIST}/inst-triage/edit`));
    expect((await test.admin.post(`${LIST}/inst-triage/edit`, { ...team, type: "csw" })).status).toBe(422);
    const fixed = { activeFrom: "2199-01-01", territory: "rs-zemun", covers: ["country"], fallback: "other" };
    for (const [field, value] of Object.entries({
      ...fixed,
      identifier: "team",
      parent: "other",
    })) {
      const refused = await test.admin.post(`${LIST}/inst-triage/edit`, { ...team, [field]: value });
      expect([refused.status, refused.text.includes(`<a href="#${field}">`)], field).toEqual([422, true]);
    }
    expect((await test.admin.post(`${LIST}/inst-triage/edit`, { ...team, address: "Улица 1" })).status).toBe(303);
    for (const part of ["end", "desks", "absences"])
      expect((await test.admin.post(`${LIST}/inst-triage/${part}`, { ...NEW, on: "2026-11-22" })).status, part).toBe(
        404,
      );
    expect(await rowsOf("institution", "type = 'triage'")).toHaveLength(1);
    expect(await rowsOf("desk", "kind = 'triage'")).toHaveLength(1);
  });
});

describe("changing an institution", () => {
  it("that changes nothing writes nothing", async () => {
    const before = await rowsOf("audit_entry");
    const seen = await test.admin.get(`${NIS}/edit`);
    expect((await test.admin.post(`${NIS}/edit`, fieldsOn(seen))).status).toBe(303);
    expect(await rowsOf("audit_entry")).toEqual(before);
    expect(Number((await rowsOf("institution", "id = 'school-nis'"))[0]?.version)).toBe(1);
  });

  it("takes the checked day away with the phone or the hours it was about, so that no child reads it as checked", async () => {
    const save = async (more: Readonly<Record<string, string>>) => {
      const sent = { ...fieldsOn(await test.admin.get(`${NIS}/edit`)), ...more };
      expect((await test.admin.post(`${NIS}/edit`, sent)).status).toBe(303);
    };
    const child = newVisitor(test);
    const shown = async () => {
      const { text } = await child.get("/en/find/school-nis");
      return ["018 111 222", "018 333 444", "On Fridays", "Checked on 2"].filter((said) => text.includes(said));
    };
    const checked = { phone: "018 111 222", verifiedOn: "2. 11. 2026." };
    await save(checked);
    expect(await shown()).toEqual(["018 111 222", "Checked on 2"]);
    await save({ address: "Улица 1" });
    expect(await shown()).toEqual(["018 111 222", "Checked on 2"]);
    await save({ phone: "018 333 444" });
    expect(await shown()).toEqual([]);
    const { text } = await test.admin.get(NIS);
    expect(text).toContain("not checked yet");
    expect(text).toContain("Changed: Phone, Phone and hours checked on</b>");
    await save({ verifiedOn: "2026-11-20" });
    expect(await shown()).toEqual(["018 333 444", "Checked on 2"]);
    await save({ hours: "Петком", hoursEn: "On Fridays" });
    expect(await shown()).toEqual([]);
    await save({ phone: "018 111 222", verifiedOn: "2026-11-22" });
    expect(await shown()).toEqual(["018 111 222", "On Fridays", "Checked on 2"]);
    expect((await test.admin.get(`${NIS}/edit`)).text).toContain("leave the day as it is, the day is cleared");
  });

  it("refuses a checked day that has not come yet in the country", async () => {
    const edit = fieldsOn(await test.admin.get(`${NIS}/edit`));
    const seen = await test.admin.post(`${NIS}/edit`, { ...edit, phone: "018 111 222", verifiedOn: "23. 11. 2026." });
    expect([seen.status, valueIn(seen, "verifiedOn")]).toEqual([422, "23. 11. 2026."]);
    expect(seen.text).toContain('<a href="#verifiedOn">That day has not come yet.');
    expect((await test.admin.post(`${LIST}/new`, { ...NEW, verifiedOn: "2027-01-01" })).status).toBe(422);
    expect((await rowsOf("institution", "id = 'school-nis'"))[0]?.phone).toBeNull();
  });

  it("finds whom it is tied to by identifier or by a part of the name, offers several, and refuses none", async () => {
    const edit = fieldsOn(await test.admin.get(`${NIS}/edit`));
    expect(edit.supervisor).toBe("administration");
    const none = await test.admin.post(`${NIS}/edit`, { ...edit, fallback: "нигде нема" });
    expect([none.status, valueIn(none, "fallback")]).toEqual([422, "нигде нема"]);
    expect(none.text).toContain("No institution has this name or identifier");
    const several = await test.admin.post(`${NIS}/edit`, { ...edit, fallback: "ош" });
    expect(several.text).toContain("There are several. Choose one below.");
    expect(several.text).toMatch(/type="radio" name="fallbackChosen" value="school-zemun"/);
    const chosen = { ...fieldsOn(several), fallbackChosen: "school-zemun" };
    const fallback = async () => (await rowsOf("institution", "id = 'school-nis'"))[0]?.fallback_id;
    await test.admin.post(`${NIS}/edit`, { ...chosen, fallback: "школска управа" });
    expect(await fallback(), "a choice counts for the words it was offered for").toBe("administration");
    await test.admin.post(`${NIS}/edit`, { ...chosen, version: "2" });
    expect(await fallback()).toBe("school-zemun");
  });

  it("refuses itself, and a circle of supervising bodies", async () => {
    const edit = fieldsOn(await test.admin.get(`${NIS}/edit`));
    expect((await test.admin.post(`${NIS}/edit`, { ...edit, fallback: "school-nis" })).text).toContain(
      "cannot be the same",
    );
    const above = fieldsOn(await test.admin.get(`${LIST}/administration/edit`));
    const seen = await test.admin.post(`${LIST}/administration/edit`, { ...above, supervisor: "school-nis" });
    expect([seen.status, valueIn(seen, "supervisor")]).toEqual([422, "school-nis"]);
    expect(seen.text).toContain("it would lead in a circle");
  });

  it("by two people at once shows the second both values, and takes nothing back that they did not touch", async () => {
    const mine = fieldsOn(await test.admin.get(`${NIS}/edit`));
    const theirs = { ...mine, phone: "018 111 222", address: "Прва улица" };
    expect((await test.admin.post(`${NIS}/edit`, theirs)).status).toBe(303);
    const seen = await test.admin.post(`${NIS}/edit`, { ...mine, address: "Друга <улица>" });
    expect(seen.status).toBe(409);
    for (const said of ["018 111 222", "Прва улица", "Друга &lt;улица&gt;"]) expect(seen.text).toContain(said);
    const chosen = fieldsOn(seen);
    expect([chosen.phone, chosen.address]).toEqual(["018 111 222", "Друга <улица>"]);
    expect((await rowsOf("institution", "id = 'school-nis'"))[0]?.address).toBe("Прва улица");
    expect((await test.admin.post(`${NIS}/edit`, chosen)).status).toBe(303);
    const [row] = await rowsOf("institution", "id = 'school-nis'");
    expect([row?.phone, row?.address, Number(row?.version)]).toEqual(["018 111 222", "Друга <улица>", 3]);
    expect((await test.admin.get(NIS)).text).toContain(
      'Changed: Address, Phone</b> <span lang="" dir="auto">Nada admin',
    );
  });
});

describe("ending an institution", () => {
  it("says first what depends on it, and can be taken back", async () => {
    const page = await test.admin.get(`${LIST}/administration/end`);
    expect(page.text).toContain("2 institutions are supervised by it");
    expect(page.text).toContain("school-zemun in English");
    const ended = await test.admin.send(`${LIST}/administration/end`, { ...fieldsOn(page), on: "22. 11. 2026." });
    expect(ended.text).toContain("ended 22 November 2026");
    const late = { ...fieldsOn(await test.admin.get(`${LIST}/administration/edit`)), activeFrom: "2026-11-22" };
    expect((await test.admin.post(`${LIST}/administration/edit`, late)).text).toContain("It ends before that day");
    const back = await test.admin.send(`${LIST}/administration/reopen`, {});
    expect(back.text).toContain('class="tag teal">active');
    const audited = await rowsOf("audit_entry", "action = 'institution.changed' and subject_id = 'administration'");
    expect(audited).toHaveLength(2);
  });

  it("refuses a day before it began, and asks again where somebody has changed it", async () => {
    const fields = fieldsOn(await test.admin.get(`${NIS}/end`));
    expect((await test.admin.post(`${NIS}/end`, { ...fields, on: "2020-01-01" })).status).toBe(422);
    await test.admin.post(`${NIS}/edit`, { ...fieldsOn(await test.admin.get(`${NIS}/edit`)), phone: "018 1234" });
    expect((await test.admin.post(`${NIS}/end`, fields)).status).toBe(409);
    expect((await rowsOf("institution", "id = 'school-nis'"))[0]?.active_to).toBeNull();
  });

  it("takes it out of the search on the report's school page from that day on, not before", async () => {
    const reporter = newVisitor(test);
    const at = await readyToSend(reporter);
    await reporter.post(`${at}/5`, { environment: "education", territory: "rs-zemun" });
    const isFound = async () =>
      (await reporter.post(`${at}/5/c`, { words: "cvet", go: "search" })).text.includes('value="school-zemun"');
    const endOn = async (on: string) => {
      const fields = fieldsOn(await test.admin.get(`${LIST}/school-zemun/end`));
      return test.admin.post(`${LIST}/school-zemun/end`, { ...fields, on });
    };
    expect(await isFound()).toBe(true);
    await endOn("2026-11-23");
    expect(await isFound()).toBe(true);
    expect(listedOn(await test.triage.get(`${LIST}?state=ended`))).toEqual([]);
    await endOn("2026-11-22");
    expect(await isFound()).toBe(false);
    expect(listedOn(await test.triage.get(`${LIST}?state=ended`))).toEqual(["school-zemun"]);
  });
});
