import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { speechOf, VOICES, voiceOf } from "#reporting/voice.ts";

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

  it("without a choice, roles of children and no role are ti, all others Vi", () => {
    const young = [undefined, ...roles].filter((role) => speechOf(role, undefined).address === "young");
    expect(young).toEqual([undefined, "victim_child", "witness_child", "child_perpetrator", "undisclosed"]);
  });

  it("whoever chooses is spoken with as they choose, whatever their role", () => {
    for (const role of [undefined, ...roles])
      for (const chosen of ["young", "adult"] as const)
        expect(speechOf(role, chosen)).toEqual({ voice: voiceOf(role), address: chosen });
  });
});
