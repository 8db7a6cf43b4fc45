import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { addressOf, VOICES, voiceOf } from "#reporting/voice.ts";

const roles = loadCountry("RS").codeLists.reporter_role.map(({ code }) => code);

describe("the voice of a role", () => {
  it.each([
    ["victim_child", "me"],
    ["witness_child", "friend"],
    ["child_perpetrator", "self"],
    ["parent_victim", "child"],
    ["parent_perpetrator", "pupil"],
    ["teacher", "pupil"],
    ["staff_victim", "employee"],
    ["undisclosed", "pupil"],
    [undefined, "pupil"],
  ])("%s hears %s", (role, voice) => {
    expect(voiceOf(role)).toBe(voice);
  });

  it("every voice is heard by some role of the country", () => {
    expect(new Set(roles.map(voiceOf))).toEqual(new Set(VOICES));
  });

  it("only children are ti", () => {
    expect(VOICES.filter((voice) => addressOf(voice) === "young")).toEqual(["me", "friend", "self"]);
  });
});
