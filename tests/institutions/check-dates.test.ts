import { describe, expect, it } from "vitest";
import { reportOn } from "../support/institution-files.ts";

const HEAD = "id;type;name;municipality;active_from;active_to";
const line = (from: string, to: string) => `c-1;csw;Центар;Чачак;${from};${to}`;

describe("the end of a new institution", () => {
  it.each([
    ["2020-01-01", "without a beginning, long ago"],
    ["2026-11-22", "without a beginning, on the day itself: it would begin and end at once"],
  ])("%s is refused: %s", (to) => {
    expect(reportOn(`${HEAD}\n${line("", to)}`)).toEqual([`2 Active to “${to}”: The end must be after the beginning.`]);
  });

  it("is taken from tomorrow on, and in the past where it began before that", () => {
    expect(reportOn(`${HEAD}\n${line("", "2026-11-23")}`)).toEqual([]);
    expect(reportOn(`${HEAD}\n${line("2019-01-01", "2020-01-01")}`)).toEqual([]);
  });

  it("is no second fault where the beginning is no day", () => {
    expect(reportOn(`${HEAD}\n${line("soon", "2020-01-01")}`)).toEqual([
      "2 Active from “soon”: Write a day as 2026-09-01 or as 1. 9. 2026.",
    ]);
  });
});
