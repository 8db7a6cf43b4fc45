import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CaseFacts, isOpenStatus, nextStatuses, rankOf, URGENCIES } from "#casework/case.ts";
import { explainUrgency, proposeUrgency } from "#casework/propose-urgency.ts";
import { loadCountry } from "#country/index.ts";

const STATUSES = ["received", "triage", "info_needed", "reopened", "closed", "not_competent"];
const QUIET: CaseFacts = {
  danger: "no",
  role: "victim_child",
  identityMode: "anonymous",
  forms: ["social"],
  environment: undefined,
  territory: "rs-zemun",
  institutionId: undefined,
  ageBand: undefined,
  perpetratorType: undefined,
  frequency: undefined,
};

/** Whether every status that a walk along `next` can reach is declared. */
function staysDeclared(next: (status: string) => readonly string[], steps: readonly number[]): boolean {
  let status = "received";
  for (const step of steps) {
    const ways = next(status);
    status = ways[step % Math.max(1, ways.length)] ?? status;
    if (!STATUSES.includes(status)) return false;
  }
  return true;
}

describe("the states of a report", () => {
  it("are never left by any walk along what is allowed", () => {
    fc.assert(fc.property(fc.array(fc.nat()), (steps) => staysDeclared(nextStatuses, steps)));
  });

  it("a state machine with an undeclared state is found by the same walk", () => {
    const broken = (status: string) => (status === "triage" ? ["lost"] : nextStatuses(status));
    expect(fc.check(fc.property(fc.array(fc.nat()), (steps) => staysDeclared(broken, steps))).failed).toBe(true);
  });

  it("are all in the country's list, and all can be reached and left", () => {
    const known = loadCountry("RS").codeLists.report_status.map(({ code }) => code);
    const reached = new Set(["received", ...STATUSES.flatMap(nextStatuses)]);
    for (const status of STATUSES) {
      expect(known).toContain(status);
      expect(reached).toContain(status);
      expect(nextStatuses(status).length, status).toBeGreaterThan(0);
      expect(nextStatuses(status)).not.toContain(status);
    }
  });

  it("allow nothing from a state that does not exist", () => {
    for (const status of ["", "draft", "forwarded", "unknown"]) {
      expect([...nextStatuses(status)], status).toEqual([]);
    }
  });

  it("never lead from open to received again, and closed ones only reopen", () => {
    for (const status of STATUSES) {
      expect(nextStatuses(status)).not.toContain("received");
      if (!isOpenStatus(status)) expect(nextStatuses(status)).toEqual(["reopened"]);
    }
  });
});

describe("the first urgency", () => {
  it("is at once where somebody is in danger or it happens now", () => {
    expect(proposeUrgency({ ...QUIET, danger: "yes" })).toBe("p0");
    expect(proposeUrgency({ ...QUIET, frequency: "ongoing_now" })).toBe("p0");
  });

  it("is within a day for self-harm, a weapon, sexual violence and trafficking", () => {
    for (const form of ["self_harm_risk", "weapon_threat", "sexual", "trafficking"]) {
      expect(proposeUrgency({ ...QUIET, forms: ["social", form] }), form).toBe("p1");
    }
  });

  it("is soon where nobody is sure about danger or it happens daily", () => {
    expect(proposeUrgency({ ...QUIET, danger: "unsure" })).toBe("p2");
    expect(proposeUrgency({ ...QUIET, frequency: "daily" })).toBe("p2");
    expect(proposeUrgency(QUIET)).toBe("p3");
  });

  it("says every rule that holds, the most urgent first, and that none does", () => {
    const facts = { ...QUIET, danger: "unsure", forms: ["sexual", "trafficking"], frequency: "daily" } as const;
    expect(explainUrgency(facts)).toEqual({ urgency: "p1", reasons: ["sexual", "trafficking", "unsure", "daily"] });
    expect(explainUrgency(QUIET)).toEqual({ urgency: "p3", reasons: ["otherwise"] });
  });

  it("never falls when a worse answer is given", () => {
    const facts = fc.record({
      danger: fc.constantFrom("yes" as const, "no" as const, "unsure" as const),
      forms: fc.subarray(["social", "physical", "sexual", "weapon_threat", "self_harm_risk"]),
      frequency: fc.constantFrom("once", "weekly", "daily", "ongoing_now", undefined),
    });
    const worse = (given: CaseFacts): CaseFacts[] => [
      { ...given, danger: "yes" },
      { ...given, forms: [...given.forms, "trafficking"] },
      { ...given, frequency: "ongoing_now" },
    ];
    fc.assert(
      fc.property(facts, (some) => {
        const given = { ...QUIET, ...some };
        const rank = rankOf(proposeUrgency(given), false);
        return worse(given).every((each) => rankOf(proposeUrgency(each), false) <= rank);
      }),
    );
  });
});

describe("the rank", () => {
  it("grows from the most urgent on, and not safe stands before all", () => {
    expect(URGENCIES.map((urgency) => rankOf(urgency, false))).toEqual([0, 1, 2, 3, 4]);
    for (const urgency of URGENCIES) expect(rankOf(urgency, true)).toBeLessThan(rankOf("p0", false));
  });
});
