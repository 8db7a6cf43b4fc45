import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import type { Entry } from "#institutions/entry.ts";
import type { ImportPlan } from "#institutions/plan-import.ts";
import { translator } from "#messages/messages.ts";
import { importTrialProps, LISTS, type ListName } from "../../src/directory/import-trial.ts";

const country = loadCountry("RS");

const entry: Entry = {
  ...{ line: 2, identifier: "c-1", type: "csw", name: { sr: "Центар", en: "Centar" }, territory: "rs-cacak" },
  ...{ covers: [], address: null, phone: null, hours: null, verifiedOn: null, parent: null, supervisor: null },
  ...{ fallback: null, activeFrom: "2026-01-01", activeTo: null, desk: null, contact: null },
};
const change = { field: "type", before: "csw", after: "police" } as const;

/** A plan whose every list has as many rows. */
function planOf(count: number): ImportPlan {
  const times = <Row>(row: Row) => Array.from({ length: count }, () => row);
  const kept = { id: "id-c-1", desks: [], contacts: [], entry };
  return {
    faults: times({ line: 2, column: "type", kind: "type", text: "x" } as const),
    endings: times({ entry, namedBy: ["c-2"] }),
    changed: times({ entry, kept, changes: [change] }),
    added: times(entry),
    rewritten: times({ line: 2, before: "Centar", after: "Центар" }),
    withoutFallback: times(entry),
    leftOut: times({ line: 2, column: "parent", identifier: "c-0" } as const),
    ...{ same: 0, notNamed: 0, wrong: count, unknown: [], mark: "" },
  };
}

/** What a page shows, and how often words were asked for to make it. */
function shown(list: ListName, plan: ImportPlan, from = 0) {
  let asked = 0;
  const count = <Found>(found: Found) => {
    asked += 1;
    return found;
  };
  const t = new Proxy(translator("en"), {
    apply: (target, self, given) => count(Reflect.apply(target, self, given)),
    get: (target, name) => count(Reflect.get(target, name)),
  });
  const { rows, pages } = importTrialProps(country, t, plan, { path: "/x", list, from, differs: false });
  return { rows, pages, asked };
}

describe("a trial of a long file", () => {
  it.each(LISTS)("puts the rows of one page into words, and no others: %s", (list) => {
    const [page, long] = [shown(list, planOf(100)), shown(list, planOf(5_000))];
    expect([page.rows.length, page.rows]).toEqual([100, long.rows]);
    // Only the way to the next page is said beside it.
    expect(long.asked - page.asked).toBeLessThan(5);
    expect([page.pages.next, long.pages.next?.path]).toEqual([undefined, `/x?list=${list}&from=100`]);
  });

  it.each(LISTS)("ends with what is left, also for a page beyond the end: %s", (list) => {
    expect(shown(list, planOf(130), 100).rows).toHaveLength(30);
    expect(shown(list, planOf(130), 900).rows).toHaveLength(1);
    expect(shown(list, planOf(0)).rows).toEqual([]);
  });
});
