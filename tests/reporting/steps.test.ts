import { describe, expect, it } from "vitest";
import { alarmAfter, isSkippable, pageAfter, pageBefore, pathOf, searchedTypes } from "#reporting/steps.ts";

describe("the path", () => {
  it("has ten pages when no branch opens", () => {
    expect(pathOf({})).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
  });

  it("asks how to be reached only of those who give their name", () => {
    expect(pathOf({ identity: "named" })).toContain("3/contact");
    expect(pathOf({ identity: "confidential" })).toContain("3/contact");
    expect(pathOf({ identity: "anonymous" })).not.toContain("3/contact");
  });

  it("asks which school, or where online, only where it happens there", () => {
    expect(pathOf({ environment: "education" })).toContain("5/school");
    expect(pathOf({ environment: "school_route" })).toContain("5/school");
    expect(pathOf({ environment: "digital" })).toContain("5/online");
    expect(pathOf({ environment: "education", forms: ["digital"] })).toContain("5/online");
    expect(pathOf({ environment: "family" })).toHaveLength(10);
    expect(searchedTypes({ environment: "dormitory" })).toEqual(["dormitory"]);
  });

  it("leads forth and back over the same pages", () => {
    const answers = { identity: "named", environment: "education" };
    const path = pathOf(answers);
    for (const [at, page] of path.entries()) {
      expect(pageAfter(page, answers, false)).toBe(path[at + 1] ?? "10");
      expect(pageBefore(page, answers, false)).toBe(path[at - 1]);
    }
  });

  it("returns from a change to the check page, by way of a branch that it opens", () => {
    expect(pageAfter("7", {}, true)).toBe("10");
    expect(pageAfter("5", { environment: "education" }, true)).toBe("5/school");
    expect(pageAfter("5/school", { environment: "education" }, true)).toBe("10");
    expect(pageBefore("7", {}, true)).toBe("10");
  });

  it("leaves a branch that the answers no longer open", () => {
    expect(pageAfter("3/contact", { identity: "anonymous" }, false)).toBe("4");
    expect(pageBefore("5/online", { environment: "family" }, false)).toBe("5");
    expect(pageAfter("10/notice", {}, false)).toBe("10");
  });
});

describe("pages", () => {
  it("can be skipped unless they hold a mandatory answer", () => {
    expect(["1", "2", "3", "4", "5"].some((page) => isSkippable(page as "1"))).toBe(false);
    for (const page of ["3/contact", "5/school", "5/online", "6", "7", "8", "9"] as const)
      expect(isSkippable(page)).toBe(true);
  });

  it("show numbers at once where somebody is in danger", () => {
    expect(alarmAfter("1", { danger: "yes" })).toBe("danger");
    expect(alarmAfter("1", { danger: "no" })).toBeUndefined();
    expect(alarmAfter("4", { forms: ["physical", "self_harm_risk"] })).toBe("selfHarm");
    expect(alarmAfter("6", { frequency: "ongoing_now" })).toBe("danger");
    expect(alarmAfter("7", { danger: "yes", frequency: "ongoing_now" })).toBeUndefined();
  });
});
