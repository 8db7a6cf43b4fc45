import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newBudget } from "#platform/http/budget.ts";
import { newBudgets } from "#platform/platform.ts";

const A_CLASS = 30;

describe("a budget", () => {
  it("gives what it holds at once and then what comes back each second, to everybody together", () => {
    const budget = newBudget({ burst: 2, perSecond: 4 });
    expect([0, 0, 0].map((now) => budget.take(now))).toEqual([true, true, false]);
    expect([200, 260, 270].map((now) => budget.take(now))).toEqual([false, true, false]);
    expect([9000, 9000, 9000].map((now) => budget.take(now))).toEqual([true, true, false]);
  });

  it("is never used up by refusals: whoever keeps asking gets what comes back", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 80, maxLength: 120 }), (waits) => {
        const budget = newBudget({ burst: 1, perSecond: 5 });
        let now = 0;
        const taken = waits.filter((wait) => {
          now += wait;
          return budget.take(now);
        }).length;
        return taken >= Math.floor(now / 400) - 1 && taken <= 1 + now / 200;
      }),
    );
  });

  it("stays as it is when the clock is set back", () => {
    const budget = newBudget({ burst: 3, perSecond: 1 });
    expect(budget.take(3_600_000)).toBe(true);
    expect([0, 1, 2].map((now) => budget.take(now))).toEqual([true, true, false]);
    expect(budget.take(1002)).toBe(true);
  });
});

describe("the budgets of a server", () => {
  it("let a hundred classes begin, fill in and send in the same moment", () => {
    const budgets = newBudgets();
    const people = Array.from({ length: 100 * A_CLASS });
    for (const kind of ["drafts", "reports", "messages"] as const) {
      expect(
        people.every(() => budgets[kind].take(0)),
        kind,
      ).toBe(true);
    }
    expect(people.every(() => Array.from({ length: 10 }).every(() => budgets.pages.take(0)))).toBe(true);
  });

  it("are not endless", () => {
    const budgets = newBudgets();
    for (const kind of ["drafts", "pages", "reports", "messages"] as const) {
      expect(
        Array.from({ length: 70_000 }).every(() => budgets[kind].take(0)),
        kind,
      ).toBe(false);
    }
  });

  it("let one class write the same text, and a thirty-first time looks like a machine", () => {
    const { sameText } = newBudgets();
    expect(Array.from({ length: A_CLASS }).every(() => sameText.take("digest", 0))).toBe(true);
    expect(sameText.take("digest", 0)).toBe(false);
    expect(sameText.take("another", 0)).toBe(true);
    expect(sameText.take("digest", 3_600_000)).toBe(true);
  });
});
