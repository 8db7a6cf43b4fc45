import { describe, expect, it } from "vitest";
import type { EngineFigures } from "../../bench/engine.ts";
import type { Measured } from "../../bench/load.ts";
import { missedTargets, tableOf } from "../../bench/table.ts";

const MEASURED: Measured = { count: 100, errors: 0, perSecond: 25, p50: 100, p95: 300, p99: 400 };
const VISIT = { requests: 30, bodies: 40_000, all: 60_000 };
const WEIGHT = { cold: VISIT, warm: VISIT };
const RATE = { perSecond: 1000, cpuMs: 1 };
const PAGES = { inbox: MEASURED, filtered: MEASURED, casePage: MEASURED, deadlines: MEASURED, job: MEASURED };

/** An engine that reaches every target by a hair. */
const FINE: EngineFigures = {
  weights: { home: WEIGHT, shortJourney: WEIGHT, journey: WEIGHT, tracking: WEIGHT },
  throughput: {
    ...{ home: RATE, homeConstant: RATE, homeStorable: RATE, step: RATE, stepConstant: RATE },
    ...{
      homeRatio: 2,
      homeStorableRatio: 0.9,
      stepRatio: 1,
      stepStorableRatio: 0.5,
      answeredRatio: 0.6,
      ownRatio: 0.5,
      ...{ stepStorable: RATE, answered: RATE, answeredConstant: RATE },
      own: RATE,
      ownConstant: RATE,
      bare: RATE,
    },
  },
  ...{ health: MEASURED, savedStep: MEASURED, durableForm: MEASURED, sent: { ...MEASURED, perSecond: 20 } },
  ...{ sentAtTarget: { ...MEASURED, p95: 499 }, journeys: MEASURED, floor: MEASURED },
  ...{ cpuMsPerSubmission: 10, memoryAtStart: 100, memoryAfter: 150 },
  imports: {
    lines: 3000,
    bareMs: 500,
    importMs: 9_999,
    againMs: 500,
    changeMs: 5000,
    lookPauseMs: 50,
    importPauseMs: 50,
    peak: 100,
  },
  inbox: { atFew: PAGES, atMany: PAGES },
  routing: {
    ...{ institutions: 3000, loadedPerSecond: 10_000, fromDatabase: MEASURED, row: MEASURED },
    ...{ proofMs: 1000, pauseMs: 50, idlePauseMs: 1 },
  },
  kills: {
    ...{ kills: 200, cutOff: 9, shown: 9, shownBefore: 9, stored: 9, untracked: 0, neverTaken: 0, duplicates: 0 },
    ...{ cases: 9, lost: 0, auditFaults: 0 },
  },
} as EngineFigures;

const missed = (changed: Partial<EngineFigures>) => missedTargets({ sqlite: { ...FINE, ...changed } });

describe("the targets of the bench", () => {
  it("are reached by figures that just reach them, and stand in the table", () => {
    expect(missedTargets({ sqlite: FINE, postgres: FINE })).toEqual([]);
    expect(tableOf({ sqlite: FINE }, ["a note"])).toMatch(/submissions, 8 at a time +20\.0 \/s +20 \/s/);
  });

  it.each<[said: RegExp, changed: Partial<EngineFigures>]>([
    [/^sqlite: submissions, 8 at a time: 19\.9 \/s, to reach 20 \/s$/, { sent: { ...MEASURED, perSecond: 19.9 } }],
    [/p50 \/ p95 at a steady 20 \/s: .*p95 < 500 ms/, { sentAtTarget: { ...MEASURED, p95: 500 } }],
    [/p50 \/ p95 at a steady 20 \/s/, { sentAtTarget: { ...MEASURED, count: 0, p95: 0 } }],
    [/errors at a steady 20 \/s: 1/, { sentAtTarget: { ...MEASURED, errors: 1 } }],
    [/home, .*packed once too: 0\.89 x/, { throughput: { ...FINE.throughput, homeStorableRatio: 0.89 } }],
    [/a step that somebody has answered.*: 0\.59 x/, { throughput: { ...FINE.throughput, answeredRatio: 0.59 } }],
    [
      /ten steps.*30; 40; 60 KB/,
      { weights: { ...FINE.weights, journey: { cold: { ...VISIT, requests: 31 }, warm: VISIT } } },
    ],
    [
      /^sqlite: a country's institutions imported: 3000, 10\.00 s, to reach < 10 s$/,
      { imports: { ...FINE.imports, importMs: 10_000 } },
    ],
    [/ten steps/, { weights: { ...FINE.weights, journey: { cold: { ...VISIT, all: 60_001 }, warm: VISIT } } }],
    [/kill -9 under load, reports lost: 1/, { kills: { ...FINE.kills, lost: 1 } }],
    [/longest pause of the event loop: 51 ms, to reach 50 ms/, { routing: { ...FINE.routing, pauseMs: 51 } }],
    [/reports twice: 1/, { kills: { ...FINE.kills, duplicates: 1 } }],
    [/codes refused by the tracking page: 1/, { kills: { ...FINE.kills, untracked: 1 } }],
  ])("name what was missed: %s", (said, changed) => {
    expect(missed(changed).filter((line) => said.test(line))).toHaveLength(1);
  });
});
