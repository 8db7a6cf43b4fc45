import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Answers, mandatoryMissing, mergeAnswers } from "#reporting/draft.ts";

const COMPLETE: Answers = {
  danger: "no",
  role: "victim_child",
  identity: "anonymous",
  forms: ["physical"],
  truthful: ["yes"],
  territory: "rs-zemun",
};

const name = fc.constantFrom("danger", "role", "forms", "story", "territory", "when", "relation", "told");
const answer = fc.oneof(fc.string({ minLength: 1 }), fc.array(fc.string({ minLength: 1 }), { minLength: 1 }));
const someAnswers: fc.Arbitrary<Answers> = fc.dictionary(name, answer);

describe("merging a page into the draft", () => {
  it("keeps everything of the page and everything of the other pages", () => {
    fc.assert(
      fc.property(someAnswers, someAnswers, fc.uniqueArray(name), (before, typed, fields) => {
        const given = Object.fromEntries(Object.entries(typed).filter(([field]) => fields.includes(field as never)));
        const after = mergeAnswers(before, fields, given);
        for (const field of fields) expect(after[field]).toEqual(given[field]);
        for (const [field, value] of Object.entries(before)) {
          if (!fields.includes(field as never)) expect(after[field]).toEqual(value);
        }
      }),
    );
  });

  it("gives the same answers back after they were stored", () => {
    fc.assert(
      fc.property(someAnswers, (answers) => {
        const stored = JSON.parse(JSON.stringify(mergeAnswers({}, Object.keys(answers), answers)));
        expect(mergeAnswers(stored, Object.keys(answers), answers)).toEqual(answers);
      }),
    );
  });

  it("two pages merge to the same answers in either order", () => {
    const danger = (answers: Answers) => mergeAnswers(answers, ["danger"], { danger: "yes" });
    const story = (answers: Answers) => mergeAnswers(answers, ["story"], { story: "words" });
    expect(danger(story({}))).toEqual(story(danger({})));
  });
});

describe("what is mandatory", () => {
  it("is complete with a form or with a story", () => {
    expect(mandatoryMissing(COMPLETE)).toEqual([]);
    expect(mandatoryMissing({ ...COMPLETE, forms: [], story: "words" })).toEqual([]);
  });

  it.each([
    ["danger", "1"],
    ["role", "2"],
    ["identity", "3"],
    ["forms", "4"],
    ["truthful", "4"],
    ["territory", "5"],
  ])("without %s page %s is named", (field, page) => {
    expect(mandatoryMissing(mergeAnswers(COMPLETE, [field], {}))).toEqual([page]);
  });

  it("nothing answered lacks the first five pages", () => {
    expect(mandatoryMissing({})).toEqual(["1", "2", "3", "4", "5"]);
  });
});
