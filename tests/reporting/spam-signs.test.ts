import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newBudgets } from "#platform/platform.ts";
import { spamSigns } from "#reporting/spam-signs.ts";
import { NOON } from "../support/app.ts";

const needs = { budgets: newBudgets(), now: () => NOON };
const LIKE_A_MACHINE = { startedAt: NOON, trapped: true };
const signsOf = (answers: Readonly<Record<string, string | string[]>>) =>
  spamSigns(needs, { answers, ...LIKE_A_MACHINE });

describe("the signs of a machine", () => {
  it("are never looked for in what a child writes, whatever it is", () => {
    const story = fc.oneof(fc.string(), fc.webUrl(), fc.constant("aaaaaaaa"));
    fc.assert(
      fc.property(fc.constantFrom("victim_child", "witness_child", "child_perpetrator"), story, (role, words) => {
        expect(signsOf({ role, story: words })).toEqual([]);
      }),
    );
  });

  it("are not looked for in what somebody writes who chose a child's words", () => {
    const story = "https://win.example";
    const suspect = { answers: { role: "citizen", story }, ...LIKE_A_MACHINE };
    expect(spamSigns(needs, { ...suspect, chosen: "young" })).toEqual([]);
    expect(spamSigns(needs, { ...suspect, chosen: "adult" })).not.toEqual([]);
  });

  it("are all named where all are there, and none for a person", () => {
    expect(signsOf({ role: "citizen", story: "https://win.example" })).toEqual(["trap", "fast", "links"]);
    expect(signsOf({ role: "citizen", story: "!!!!!!" })).toEqual(["trap", "fast", "one_character"]);
    const person = { startedAt: NOON - 60_000 };
    for (const story of ["", "they push him", "see www.school.example please", "????", "аа"]) {
      expect(spamSigns(needs, { answers: { role: "citizen", story }, ...person }), story).toEqual([]);
    }
  });

  it("are found in any text within a moment", () => {
    fc.assert(
      fc.property(fc.constantFrom("http://a ", "a", "www.", " \n", "😀"), (piece) => {
        const began = performance.now();
        signsOf({ role: "citizen", story: piece.repeat(10_000 / piece.length) });
        return performance.now() - began < 200;
      }),
    );
  });
});
