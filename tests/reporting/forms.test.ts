import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { fieldsFrom } from "#platform/http/form.ts";
import { checkPage } from "#reporting/forms.ts";
import { mainCodes, otherCodes } from "#reporting/lists.ts";
import type { Question } from "#reporting/question.ts";
import { isPage, type PageId, questionsOf } from "#reporting/questions.ts";
import { WHAT } from "#reporting/questions-what.ts";
import { WHO } from "#reporting/questions-who.ts";
import { VOICES, type Voice } from "#reporting/voice.ts";

const country = loadCountry("RS");
const PAGES = Object.keys({ ...WHAT, ...WHO }).filter(isPage);

function check(page: PageId, typed: Record<string, string | string[]>, voice: Voice = "me") {
  return checkPage(country, page, questionsOf(page, voice, true), fieldsFrom(typed));
}

const errorsOf = (result: ReturnType<typeof check>) =>
  result.ok ? {} : Object.fromEntries(result.form.errors.map(({ field, phrase }) => [field, phrase.key]));

describe("mandatory answers", () => {
  it.each([
    ["1", { danger: "journey.error.choose" }],
    ["2", { role: "journey.error.choose" }],
    ["3", { identity: "journey.error.choose" }],
    ["4", { forms: "journey.error.forms", truthful: "journey.error.truthful" }],
    ["5", { territory: "journey.error.territory" }],
  ] as const)("page %s names each that is missing", (page, errors) => {
    expect(errorsOf(check(page, {}))).toEqual(errors);
    expect(errorsOf(check(page, { story: "  ", territory: "" }))).toEqual(errors);
  });

  it("a story can stand for the forms", () => {
    expect(check("4", { story: " words\nand more ", truthful: "yes" })).toMatchObject({
      ok: true,
      input: { story: "words\nand more", truthful: ["yes"] },
    });
  });
});

describe("bad input", () => {
  it.each([
    ["1", { danger: "perhaps" }],
    ["2", { role: "admin" }],
    ["4", { forms: ["physical", "flood"], truthful: "yes" }],
    ["5", { territory: "rs-atlantis" }],
    ["7", { age_band: "17" }],
    ["8", { withhold: ["parents", "moon"] }],
  ])("page %s refuses a code that it did not offer", (page, typed) => {
    const [field] = Object.keys(typed);
    expect(Object.values(errorsOf(check(page as PageId, typed as Record<string, string>)))).toContain(
      "errors.field.unknown",
    );
    expect(Object.keys(errorsOf(check(page as PageId, typed as Record<string, string>)))).toContain(field);
  });

  it("a story of 10,000 characters passes and one more does not", () => {
    expect(check("4", { story: "ш".repeat(10_000), truthful: "yes" }).ok).toBe(true);
    const long = check("4", { story: "ш".repeat(10_001), truthful: "yes" });
    expect(errorsOf(long)).toEqual({ story: "errors.field.tooLong" });
    expect(!long.ok && long.form.field("story").value).toHaveLength(10_001);
  });

  it("an address for a notice must look like one", () => {
    expect(errorsOf(check("10/notice", { notice: "nobody" }))).toEqual({ notice: "journey.error.notice" });
    expect(check("10/notice", { notice: "a@example.org" }).ok).toBe(true);
  });

  it("fields that the page does not ask for are left out", () => {
    expect(check("1", { danger: "no", story: "smuggled", __proto__x: "y" })).toMatchObject({
      ok: true,
      input: { danger: "no" },
    });
    const sent = check("1", { danger: "no", story: "smuggled" });
    expect(sent.ok && Object.keys(sent.input)).toEqual(["danger"]);
  });
});

describe("what is offered is accepted", () => {
  const asked = PAGES.flatMap((page) =>
    VOICES.flatMap((voice) => questionsOf(page, voice, true).map((q) => ({ page, voice, q }))),
  );

  it("every code of every list, in every voice", () => {
    fc.assert(
      fc.property(fc.constantFrom(...asked), fc.nat(), ({ page, voice, q }, at) => {
        const typed = { [q.name]: sample(q, at) };
        const given = check(
          page,
          page === "4" ? { truthful: "yes", story: "x", ...typed } : { territory: "unsure", ...typed },
          voice,
        );
        expect(errorsOf(given)).toEqual({});
      }),
      { numRuns: 500 },
    );
  });

  it("all pages but the first five accept nothing at all", () => {
    for (const page of PAGES.filter((each) => !/^[1-5]$/.test(each)))
      expect(check(page, {}), page).toMatchObject({ ok: true, input: {} });
  });
});

function sample(question: Question, at: number): string {
  if (!("source" in question)) return question.kind === "email" ? "a@example.org" : "words";
  const codes = [...mainCodes(country, question.source), ...otherCodes(country, question.source, question.others)];
  return codes[at % codes.length] ?? "";
}
