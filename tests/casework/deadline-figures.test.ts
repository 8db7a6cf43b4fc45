import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extendOwed, listOwed } from "#casework/deadline-store.ts";
import { endDeadlines, meetDeadlines, startDeadlines } from "#casework/deadlines.ts";
import { countDue } from "#casework/due-store.ts";
import { breachDeadlines } from "#casework/index.ts";
import { DUTIES, loadCountry } from "#country/index.ts";
import { silentLog } from "#platform/log.ts";
import { NOON, openTestApp, type TestApp } from "../support/app.ts";
import { insertBareCases, numberAt } from "./rows.ts";

const country = loadCountry("RS");
const HOUR = 3_600_000;
const ABOVE = "inst-other";
const DESK = "desk-triage";

type Act =
  | {
      readonly kind: "start";
      readonly of: number;
      readonly starts: "report.received" | "reporter.wrote" | "report.reopened";
    }
  | { readonly kind: "meet" | "end"; readonly of: number; readonly duty: "read" | "decide" | "answer" }
  | { readonly kind: "pass"; readonly hours: number }
  | { readonly kind: "extend"; readonly of: number; readonly days: number }
  | { readonly kind: "run" };

const of = fc.integer({ min: 0, max: 1 });
const duty = fc.constantFrom("read" as const, "decide" as const, "answer" as const);
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("start" as const),
    of,
    starts: fc.constantFrom("report.received" as const, "reporter.wrote" as const, "report.reopened" as const),
  }),
  fc.record({ kind: fc.constantFrom("meet" as const, "end" as const), of, duty }),
  fc.record({ kind: fc.constant("pass" as const), hours: fc.integer({ min: 6, max: 80 }) }),
  fc.record({ kind: fc.constant("extend" as const), of, days: fc.integer({ min: 1, max: 9 }) }),
  fc.constant({ kind: "run" as const }),
);

describe("the share of deadlines that were met in time", () => {
  it("of a period that is over is improved by nothing that anybody does later", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 30 }), async (acts) => {
        const test = await openTestApp();
        try {
          await test.database.raw(`update institution set supervisor_id = '${ABOVE}' where id = 'inst-triage'`);
          await insertBareCases(
            test.platform.db,
            [1, 2].map((each) => ({ number: numberAt(each), receivedAt: NOON })),
          );
          const ids = (await test.database.raw("select id from case_file order by id")).map(({ id }) => String(id));
          const seen: { readonly until: number; readonly inTime: number; readonly all: number }[] = [];
          let at = NOON;
          let causes = 0;
          for (const each of acts) {
            at = await doAct(test, ids, each, { at, cause: String(causes++) });
            for (const before of seen) {
              const now = await countAt(test, before.until);
              expect([now.inTime, now.all]).toEqual([before.inTime, before.all]);
            }
            if (each.kind === "pass") seen.push({ until: at - 1, ...(await countAt(test, at - 1)) });
          }
        } finally {
          await test.close();
        }
      }),
      { numRuns: 30 },
    );
  }, 120_000);
});

async function countAt({ platform }: TestApp, until: number): Promise<{ inTime: number; all: number }> {
  const { inTime, late, unmet } = await platform.db.read((reader) =>
    countDue(reader, { of: "below", viewerId: "nobody", institutionIds: [ABOVE] }, { after: 0, until }),
  );
  return { inTime, all: inTime + late + unmet };
}

async function doAct(
  { platform: { db } }: TestApp,
  ids: readonly string[],
  each: Act,
  { at, cause: id }: { readonly at: number; readonly cause: string },
): Promise<number> {
  if (each.kind === "pass") return at + each.hours * HOUR;
  if (each.kind === "run") await breachDeadlines({ db, log: silentLog, now: () => at, country });
  else {
    const caseId = ids[each.of] ?? "";
    await db.write(async (tx) => {
      if (each.kind === "start")
        await startDeadlines(tx, country, { caseId, starts: each.starts, id, at, urgency: "p3" }, DESK);
      else if (each.kind === "extend")
        for (const { id: owed, dueAt } of await listOwed(tx, { caseId, duties: DUTIES }))
          await extendOwed(tx, owed, { until: dueAt + each.days * 24 * HOUR, at });
      else await (each.kind === "meet" ? meetDeadlines : endDeadlines)(tx, { caseId, duties: [each.duty] }, at);
    });
  }
  return at;
}
