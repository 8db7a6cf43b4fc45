import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { municipalities } from "#country/index.ts";
import { type DirectoryApp, openDirectoryApp } from "../support/directory.ts";
import { fieldsOn } from "../support/fields-on.ts";

const NIS = "/staff/institutions/school-nis";
let test: DirectoryApp;

beforeAll(async () => {
  test = await openDirectoryApp();
});
afterAll(() => test.close());

const edited = async () => fieldsOn(await test.admin.get(`${NIS}/edit`));
const areas = async () =>
  (await test.database.raw("select territory from institution_area where institution_id = 'school-nis'"))
    .map(({ territory }) => territory)
    .sort();

describe("the form of an institution", () => {
  it("of two people, for one that covers every municipality, is saved as it comes back", async () => {
    const all = municipalities(test.country).map(({ code }) => code);
    const named = { ...(await edited()), towns: all.join(", ") };
    expect(named.towns.length).toBeGreaterThan(2_000);
    expect((await test.admin.post(`${NIS}/edit`, named)).status).toBe(303);
    const mine = await edited();
    expect((await test.admin.post(`${NIS}/edit`, { ...mine, phone: "018 111 222" })).status).toBe(303);
    const second = await test.admin.post(`${NIS}/edit`, { ...mine, address: "Друга улица" });
    expect(second.status).toBe(409);
    expect((await test.admin.post(`${NIS}/edit`, fieldsOn(second))).status).toBe(303);
    expect(await areas()).toEqual(all.toSorted());
    const [row] = await test.database.raw("select phone, address from institution where id = 'school-nis'");
    expect(row).toEqual({ phone: "018 111 222", address: "Друга улица" });
  });

  it("asks for the hours in Serbian where they stand in English alone, and keeps those", async () => {
    const seen = await test.admin.post(`${NIS}/edit`, { ...(await edited()), hours: " ", hoursEn: "Mon–Fri 8–16" });
    expect(seen.status).toBe(422);
    expect(seen.text).toContain('<a href="#hours">Write the hours in Serbian too</a>');
    expect(seen.text).toMatch(/name="hoursEn"[^>]*value="Mon–Fri 8–16"/);
    const both = { ...fieldsOn(seen), hours: "радним данима 8–16" };
    expect((await test.admin.post(`${NIS}/edit`, both)).status).toBe(303);
    expect((await edited()).hoursEn).toBe("Mon–Fri 8–16");
    // Nor is anything else wrong kept from being said with it.
    const more = await test.admin.post(`${NIS}/edit`, { ...both, hours: "", phone: "звати" });
    for (const field of ["hours", "phone"]) expect(more.text).toContain(`<a href="#${field}">`);
  });

  it("takes no Cyrillic letters in what is English, nor does that of a desk", async () => {
    const said = "English has no such letter. Write it in Latin letters.";
    const letters = { nameEn: "Центар", hoursEn: "by apроintment", hours: "по договору" };
    const seen = await test.admin.post(`${NIS}/edit`, { ...(await edited()), ...letters });
    expect(seen.status).toBe(422);
    for (const field of ["nameEn", "hoursEn"]) expect(seen.text).toContain(`<a href="#${field}">${said}</a>`);
    expect(seen.text).toMatch(/name="nameEn"[^>]*value="Центар"/);
    const desk = await test.admin.post(`${NIS}/desks/desk-nis`, { name: "Тим", nameEn: "Тим", fallback: "" });
    expect([desk.status, desk.text.includes(`<a href="#nameEn">${said}</a>`)]).toEqual([422, true]);
    const english = { nameEn: "School “Café”", hoursEn: "by appointment", hours: "по договору" };
    expect((await test.admin.post(`${NIS}/edit`, { ...(await edited()), ...english })).status).toBe(303);
  });

  it("takes no identifier with a letter that nobody sees, nor one that looks like such a one", async () => {
    const said = "Letters, digits, dots, dashes and slashes only, without spaces";
    const add = async (identifier: string) =>
      test.admin.post("/staff/institutions/new", {
        ...{ ...(await edited()), identifier, desk: "Тим", towns: "", parent: "", supervisor: "", fallback: "" },
      });
    for (const identifier of ["school-zemun\u3164", "new\u115f-1", "new\u1160-1", "\uffa0new-1"]) {
      const seen = await add(identifier);
      expect([seen.status, seen.text.includes(`<a href="#identifier">${said}</a>`)], identifier).toEqual([422, true]);
    }
    await test.database.raw("update institution set identifier = 'school\u3164-zemun' where id = 'school-zemun'");
    const alike = await add("school-zemun");
    expect([alike.status, alike.text.includes("or one that looks like it")]).toEqual([422, true]);
    expect(await test.database.raw("select id from institution")).toHaveLength(5);
  });
});
