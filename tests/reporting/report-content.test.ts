import { describe, expect, it } from "vitest";
import type { Answers } from "#reporting/draft.ts";
import { caseFrom, relevantAnswers } from "#reporting/report-content.ts";

const ANSWERS: Answers = {
  story: "what happened",
  danger: "no",
  role: "teacher",
  identity: "anonymous",
  forms: ["physical", "digital"],
  truthful: ["yes"],
  environment: "education",
  territory: "rs-zemun",
  institution: "school-1",
  age_band: "11_13",
  perpetrator_type: "peer",
  frequency: "weekly",
};
const NAMED = { reporter_name: "Mira", reporter_contact: "Tuesdays after five" };

describe("facts", () => {
  it("are codes alone", () => {
    const { facts } = caseFrom(ANSWERS, false);
    expect(facts).toEqual({
      danger: "no",
      role: "teacher",
      identityMode: "anonymous",
      forms: ["physical", "digital"],
      environment: "education",
      territory: "rs-zemun",
      institutionId: "school-1",
      ageBand: "11_13",
      perpetratorType: "peer",
      frequency: "weekly",
    });
    expect(JSON.stringify(facts)).not.toContain("what happened");
  });

  it("keep what nobody wanted to say, and leave open what was skipped", () => {
    const { facts } = caseFrom(
      { danger: "unsure", role: "undisclosed", identity: "anonymous", territory: "undisclosed" },
      false,
    );
    expect(facts).toMatchObject({ danger: "unsure", role: "undisclosed", territory: "undisclosed", forms: [] });
    expect(facts.environment).toBeUndefined();
  });
});

describe("who wrote it", () => {
  it("anonymous reports hold no name, even when one was typed before", () => {
    const parts = caseFrom({ ...ANSWERS, ...NAMED }, false);
    expect(parts.confidentialName).toBeUndefined();
    expect(JSON.stringify(parts)).not.toMatch(/Mira|Tuesdays/);
  });

  it("a confidential name travels apart from the report", () => {
    const parts = caseFrom({ ...ANSWERS, ...NAMED, identity: "confidential" }, false);
    expect(parts.confidentialName).toBe("Mira\nTuesdays after five");
    expect(JSON.stringify(parts.report)).not.toMatch(/Mira|Tuesdays/);
  });

  it("a named report holds the name", () => {
    const parts = caseFrom({ ...ANSWERS, ...NAMED, identity: "named" }, false);
    expect(parts.report).toMatchObject(NAMED);
    expect(parts.confidentialName).toBeUndefined();
  });
});

describe("what is sent", () => {
  it("stands in the order it was asked", () => {
    const names = Object.keys(caseFrom(ANSWERS, false).report);
    expect(names.slice(0, 5)).toEqual(["danger", "role", "identity", "forms", "story"]);
  });

  it("has nothing of a branch that was left again", () => {
    const answers = {
      ...ANSWERS,
      forms: ["social"],
      environment: "family",
      online_address: "somewhere",
      place_in_school: "yard",
    };
    expect(Object.keys(relevantAnswers(answers, true))).not.toEqual(expect.arrayContaining(["institution"]));
    expect(caseFrom(answers, true).facts.institutionId).toBeUndefined();
    expect(JSON.stringify(caseFrom(answers, true))).not.toMatch(/somewhere|yard|school-1/);
  });

  it("has nothing that another role was asked", () => {
    const { facts, report } = caseFrom({ ...ANSWERS, role: "staff_victim", harmed_name: "Ana" }, true);
    expect(facts.ageBand).toBeUndefined();
    expect(report.harmed_name).toBeUndefined();
  });

  it("proposes a withhold, apart from what the reporter's code opens", () => {
    const parts = caseFrom({ ...ANSWERS, withhold: ["parents"], withhold_words: "he reads my phone" }, false);
    expect(parts.withhold).toEqual({ from: ["parents"], words: "he reads my phone" });
    expect(JSON.stringify(parts.report)).not.toContain("phone");
    expect(caseFrom(ANSWERS, false).withhold).toBeUndefined();
  });

  it("names an address for a notice only where letters can be sent", () => {
    const answers = { ...ANSWERS, notice: "a@example.org" };
    expect(caseFrom(answers, true).noticeAddress).toBe("a@example.org");
    expect(caseFrom(answers, false).noticeAddress).toBeUndefined();
    expect(JSON.stringify(caseFrom(answers, true).report)).not.toContain("example.org");
  });
});
