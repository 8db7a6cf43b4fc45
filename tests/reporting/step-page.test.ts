import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "#messages/messages.ts";
import { isPage } from "#reporting/questions.ts";
import { WHAT } from "#reporting/questions-what.ts";
import { WHO } from "#reporting/questions-who.ts";
import { ADDRESSES, VOICES } from "#reporting/voice.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { tooLongOn } from "../support/hearers.ts";
import { fillReport, track } from "../support/journey.ts";
import { beginComplete } from "./journey.ts";

const ROLES = {
  me: "victim_child",
  friend: "witness_child",
  child: "parent_victim",
  pupil: "teacher",
  self: "child_perpetrator",
  employee: "staff_victim",
} as const;
const PAGES = [...Object.keys({ ...WHAT, ...WHO }).filter(isPage), "1/a", "4/a", "6/a"];

let test: TestApp;
let visitor: Visitor;
beforeAll(async () => {
  test = await openTestApp();
  visitor = newVisitor(test);
});
afterAll(() => test.close());

const SPEECHES = VOICES.flatMap((voice) => ADDRESSES.map((address) => ({ voice, address })));

describe.each(SPEECHES)("in the voice $voice, as $address", ({ voice, address }) => {
  let at: string;
  beforeAll(async () => {
    visitor.cookies.set("v", address);
    at = await beginComplete(visitor, {
      "2": { role: ROLES[voice] },
      "5": { environment: "education", territory: "unsure" },
    });
  });

  it.each(LANGUAGES)("every page stands in %s with one heading and a neutral title", async (lang) => {
    for (const page of PAGES) {
      const { status, text } = await visitor.get(`${at.replace("/en/", `/${lang}/`)}/${page}`);
      expect([page, status]).toEqual([page, 200]);
      expect(text.match(/<h1/g), page).toHaveLength(1);
      expect(text).toMatch(/<title>(Step|Корак|Korak) \d+ (of|од|od) 10<\/title>/);
      expect(text.slice(text.indexOf("<main")), page).not.toMatch(/undefined|\[object|journey\./);
      expect(tooLongOn(text, address === "young" ? 12 : 20), page).toEqual([]);
      if (lang === "en")
        expect(text.slice(text.indexOf("<main"), text.indexOf('id="speech"'))).not.toMatch(/\p{Script=Cyrillic}/u);
    }
  });
});

describe("the other pages that a child sees", () => {
  const COUNTS_TWELVE = "one two three four five six seven eight nine ten eleven twelve";

  it.each(LANGUAGES)("have sentences of at most twelve words in %s", async (lang) => {
    const child = newVisitor(test);
    const { code, done } = await fillReport(child, {}, { lang });
    await track(child, code);
    const open = ["", "help", "report", "report/one", "computer", "page", "nowhere", "r/gone/4"];
    const pages = [done, ...(await Promise.all(open.map((path) => newVisitor(test).get(`/${lang}/${path}`))))];
    pages.push(await newVisitor(test).get(`/${lang}/track`), await child.get(`/${lang}/track`));
    pages.push(
      await newVisitor(test).post(`/${lang}/report/one`, {}),
      await child.post(`/${lang}/track`, { code: "1" }),
    );
    for (const { path, text } of pages) expect([path, tooLongOn(text, 12)]).toEqual([path, []]);
  });

  it("would be found when one is longer, in whatever it stands", () => {
    for (const tag of ["p", "label", "option", "legend", "small"]) {
      const page = (words: string) => `<main><${tag} class="x">${words}</${tag}></main>`;
      expect(tooLongOn(page(COUNTS_TWELVE), 12)).toEqual([]);
      expect(tooLongOn(page(`${COUNTS_TWELVE} thirteen`), 12)).toHaveLength(1);
    }
  });
});

describe("wording", () => {
  beforeAll(() => visitor.cookies.delete("v"));

  it("follows the role", async () => {
    const heading = async (role: string) => {
      const at = await beginComplete(visitor, { "2": { role } });
      return /<h1>(.*?)<\/h1>/.exec((await visitor.get(`${at}/4`)).text)?.[1];
    };
    expect(await heading("victim_child")).toBe("What is happening to you?");
    expect(await heading("parent_victim")).toBe("What is happening to your child?");
    expect(await heading("staff_victim")).toBe("What is happening to you at work?");
  });

  it("an employee is not asked for a child's age", async () => {
    const at = await beginComplete(visitor, { "2": { role: "staff_victim" } });
    expect((await visitor.get(`${at}/7`)).text).not.toContain('name="age_band"');
  });
});

describe("weight", () => {
  it("every page costs at most 3 KB, and 4 KB with all municipalities on it", async () => {
    const at = await beginComplete(visitor, { "5": { environment: "education", territory: "unsure" } });
    const sizes: Record<string, number> = {};
    for (const page of [...PAGES, "10"]) {
      const { text } = await visitor.get(`${at.replace("/en/", "/sr/")}/${page}`);
      sizes[page] = brotliCompressSync(text, { params: { 1: 5 } }).length;
    }
    const { "5": withPlaces = 0, ...others } = sizes;
    expect(Math.max(...Object.values(others)), JSON.stringify(others)).toBeLessThan(3000);
    expect(withPlaces).toBeLessThan(4000);
  });
});
