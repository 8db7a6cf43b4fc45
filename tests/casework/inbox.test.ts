import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { URGENCIES } from "#casework/case.ts";
import { NOON, openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { fillReport, numbersOn, signInAs, unpaced } from "../support/journey.ts";
import { type BareCase, forgetBareCases, insertBareCases, numberAt } from "./rows.ts";

const MINUTE = 60_000;
let test: TestApp;
let operator: Visitor;

beforeAll(async () => {
  test = await openTestApp(unpaced());
  operator = newVisitor(test);
  await signInAs(operator);
});
afterAll(() => test.close());
beforeEach(() => forgetBareCases(test.platform.db));

const nextOn = ({ text }: Seen) =>
  /href="(\/staff\/cases\?[^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll("&amp;", "&");

/** Every page of the inbox in its order, with something that happens between two pages. */
async function allPages(start = "/staff/cases", between: (page: number) => Promise<void> = async () => undefined) {
  const pages: string[][] = [];
  for (let path: string | undefined = start; path; ) {
    const seen = await operator.get(path);
    pages.push(numbersOn(seen));
    path = nextOn(seen);
    await between(pages.length);
  }
  return pages;
}

describe("the order", () => {
  it("is not safe first, then urgency, then age, whatever arrives", async () => {
    const some = fc.array(
      fc.record({
        urgency: fc.constantFrom(...URGENCIES),
        notSafe: fc.boolean(),
        receivedAt: fc.integer({ min: NOON - 1000, max: NOON }),
      }),
      { minLength: 1, maxLength: 18 },
    );
    const rankOf = (each: BareCase) => (each.notSafe ? -1 : URGENCIES.indexOf(each.urgency ?? "p3"));
    await fc.assert(
      fc.asyncProperty(some, async (given) => {
        await forgetBareCases(test.platform.db);
        const cases = given.map((each, at) => ({ ...each, number: numberAt(at) }));
        await insertBareCases(test.platform.db, cases);
        const shown = numbersOn(await operator.get("/staff/cases")).map((number) =>
          cases.find((each) => each.number === number),
        );
        expect(shown).toHaveLength(cases.length);
        for (const [at, each] of shown.entries()) {
          const before = shown[at - 1];
          if (!each || !before) continue;
          const [one, two] = [rankOf(before), rankOf(each)];
          expect(one < two || (one === two && before.receivedAt <= each.receivedAt)).toBe(true);
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe("filters", () => {
  beforeEach(() =>
    insertBareCases(test.platform.db, [
      { number: numberAt(1), receivedAt: NOON, forms: ["physical", "digital"], territory: "rs-zemun" },
      {
        number: numberAt(2),
        receivedAt: NOON + 1,
        forms: ["physical"],
        territory: "rs-novi-beograd",
        status: "closed",
      },
      {
        number: numberAt(3),
        receivedAt: NOON + 2,
        forms: ["sexual"],
        territory: "rs-novi-beograd",
        status: "info_needed",
      },
      { number: numberAt(4), receivedAt: NOON + 3, deskId: "desk-other", forms: ["physical"] },
    ]),
  );
  const shown = async (query: string) =>
    numbersOn(await operator.get(`/staff/cases${query}`)).map((number) => Number(number.slice(5)));

  it("show every open report of the desk where none is chosen", async () => {
    expect(await shown("")).toEqual([1, 3]);
  });

  it("choose by status, form and territory, alone and together", async () => {
    expect(await shown("?status=closed")).toEqual([2]);
    expect(await shown("?status=info_needed")).toEqual([3]);
    expect(await shown("?form=physical")).toEqual([1]);
    expect(await shown("?form=digital")).toEqual([1]);
    expect(await shown("?territory=rs-novi-beograd")).toEqual([3]);
    expect(await shown("?status=closed&form=physical&territory=rs-novi-beograd")).toEqual([2]);
    expect(await shown("?form=sexual&territory=rs-zemun")).toEqual([]);
  });

  it("offer and choose what a reporter did not know or say", async () => {
    await insertBareCases(test.platform.db, [
      { number: numberAt(5), receivedAt: NOON + 4, forms: ["undisclosed"], territory: "unsure" },
      { number: numberAt(6), receivedAt: NOON + 5, forms: ["unsure"], territory: "undisclosed" },
    ]);
    const { text } = await operator.get("/staff/cases");
    const optionsOf = (name: string) => new RegExp(`<select name="${name}">.*?</select>`, "s").exec(text)?.[0] ?? "";
    for (const [name, value, found] of [
      ["territory", "unsure", 5],
      ["territory", "undisclosed", 6],
      ["form", "undisclosed", 5],
      ["form", "unsure", 6],
    ] as const) {
      expect(optionsOf(name).split(`<option value="${value}">`), `${name} ${value}`).toHaveLength(2);
      expect(await shown(`?${name}=${value}`)).toEqual([found]);
    }
  });

  it("that are no codes are no filter, and never an error", async () => {
    for (const query of ["?status=%27%3B--", "?territory=", "?after=x", "?after=1.2", "?desk=../etc"]) {
      expect(await shown(query), query).toEqual([1, 3]);
    }
    const far = await operator.get(`/staff/cases?after=${"9".repeat(400)}.${"9".repeat(400)}.x`);
    expect(far.status).toBe(200);
  });

  it("stay chosen in the form and in the link to the next page", async () => {
    const cases = Array.from({ length: 30 }, (_, at) => ({
      number: numberAt(100 + at),
      receivedAt: NOON,
      forms: ["neglect"],
    }));
    await insertBareCases(test.platform.db, cases);
    const seen = await operator.get("/staff/cases?form=neglect&status=triage");
    expect(seen.text).toContain('<option value="neglect" selected>');
    expect(seen.text).toContain('<option value="triage" selected>');
    expect(nextOn(seen)).toContain("form=neglect");
    expect((await allPages("/staff/cases?form=neglect&status=triage")).flat()).toHaveLength(30);
  });

  it("say so when nothing fits", async () => {
    expect((await operator.get("/staff/cases?form=trafficking")).text).toContain("No report fits these filters.");
  });
});

describe("a filter that htmx sends after the session ended", () => {
  it("leads the whole window to the way in", async () => {
    const seen = await newVisitor(test).get("/staff/cases?form=physical", { "hx-request": "true" });
    expect([seen.status, seen.headers.get("hx-redirect"), seen.text]).toEqual([204, "/staff", ""]);
    expect((await newVisitor(test).get("/staff/cases?form=physical")).path).toBe("/staff");
  });

  it("leads it to the neutral page for somebody who left", async () => {
    const away = newVisitor(test, new Map([["away", "1"]]));
    const seen = await away.get("/staff/cases", { "hx-request": "true" });
    expect(seen.headers.get("hx-redirect")).toMatch(/\/page$/);
  });
});

describe("paging", () => {
  it("shows each report exactly once, twenty a page", async () => {
    const cases = Array.from({ length: 57 }, (_, at) => ({
      number: numberAt(at),
      urgency: URGENCIES[at % 5] ?? "p3",
      // Many arrive in the same moment: only the id tells them apart.
      receivedAt: NOON + Math.floor(at / 12) * MINUTE,
    }));
    await insertBareCases(test.platform.db, cases);
    const pages = await allPages();
    expect(pages.map((page) => page.length)).toEqual([20, 20, 17]);
    expect(new Set(pages.flat()).size).toBe(57);
  });

  it("shows each report exactly once while others arrive and are closed between the pages", async () => {
    const cases = Array.from({ length: 50 }, (_, at) => ({ number: numberAt(at), receivedAt: NOON + at }));
    await insertBareCases(test.platform.db, cases);
    const pages = await allPages("/staff/cases", async (page) => {
      await insertBareCases(test.platform.db, [
        { number: numberAt(500 + page), receivedAt: NOON + page, urgency: "p0" },
        { number: numberAt(600 + page), receivedAt: NOON - page },
      ]);
      await test.database.raw(`delete from case_file where number = '${numberAt(page)}'`);
    });
    const seen = pages.flat().filter((number) => number < numberAt(500));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(50);
  });

  it("by counting rows would lose some: the same walk finds it", async () => {
    const ordered = Array.from({ length: 50 }, (_, at) => numberAt(at));
    const seen: string[] = [];
    for (let offset = 0; offset < ordered.length; offset += 20) {
      seen.push(...ordered.slice(offset, offset + 20));
      ordered.unshift(numberAt(900 + offset));
    }
    expect(new Set(seen).size).toBeLessThan(seen.length);
  });
});

describe("the list", () => {
  it("opens nothing: with every sealed text destroyed it still shows", async () => {
    await fillReport(newVisitor(test), { "4": { forms: ["neglect"], story: "nobody is home", truthful: "yes" } });
    const [number] = numbersOn(await operator.get("/staff/cases"));
    const nothing = test.platform.db.engine === "sqlite" ? "zeroblob(8)" : "'\\x00'::bytea";
    for (const table of ["entry", "holder"]) await test.database.raw(`update ${table} set sealed = ${nothing}`);
    const seen = await operator.get("/staff/cases?form=neglect");
    expect(numbersOn(seen)).toEqual([number]);
    expect(seen.text).toContain("Neglect and careless treatment");
    const sheet = await operator.get(`/staff/cases/${number}`);
    expect(sheet.status).toBe(500);
    for (const table of ["entry", "holder"]) await test.database.raw(`delete from ${table}`);
    for (const table of ["compartment", "case_event", "deadline"]) await test.database.raw(`delete from ${table}`);
  });

  it("speaks the codes of each language", async () => {
    await insertBareCases(test.platform.db, [
      { number: numberAt(7), receivedAt: NOON - 90 * MINUTE, forms: ["neglect"] },
    ]);
    for (const [language, said] of [
      ["sr", ["Занемаривање", "Земун", "У тријажи", "1 сат"]],
      ["sr-Latn", ["Zanemarivanje", "Zemun", "U trijaži", "1 sat"]],
      ["en", ["Neglect", "Zemun", "In triage", "1 hour"]],
    ] as const) {
      await operator.post("/staff/account/language", { language });
      const { text } = await operator.get("/staff/cases");
      for (const word of said) expect(text, language).toContain(word);
    }
  });

  it("says so when nothing waits", async () => {
    expect((await operator.get("/staff/cases")).text).toContain("Nothing waits here.");
  });

  it("has no link to a next page that would be empty", async () => {
    await insertBareCases(
      test.platform.db,
      Array.from({ length: 20 }, (_, at) => ({ number: numberAt(at), receivedAt: NOON })),
    );
    expect(nextOn(await operator.get("/staff/cases"))).toBeUndefined();
  });
});
