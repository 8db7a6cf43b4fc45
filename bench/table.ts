import type { EngineFigures } from "./engine.ts";
import type { Measured } from "./load.ts";

type Line = readonly [label: string, say: (figures: EngineFigures) => string, target?: string];

const whole = (value: number) => value.toFixed(0);
const times = (one: number, other: number) => (other > 0 ? `${(one / other).toFixed(2)} x` : "-");
const rate =
  (key: "health" | "savedStep" | "durableForm" | "sent" | "journeys" | "floor") => (figures: EngineFigures) =>
    `${figures[key].perSecond.toFixed(1)} /s`;
const spread = (measured: Measured) => `${ms(measured.p50)} / ${ms(measured.p95)} ms`;

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : whole(value);
}

type Visit = keyof EngineFigures["weights"];
/** Of a browser that has nothing stored, and of the same browser once more. */
function weight(label: string, visit: Visit, target = ""): Line[] {
  const said = (when: "cold" | "warm") => (figures: EngineFigures) => {
    const { requests, bodies, all } = figures.weights[visit][when];
    return `${requests}; ${(bodies / 1000).toFixed(1)}; ${(all / 1000).toFixed(1)} KB`;
  };
  return [
    [`${label}: requests; bodies; with headers`, said("cold"), target],
    ["  once more, by the same browser", said("warm")],
  ];
}

const answers =
  (kind: "home" | "homeConstant" | "homeStorable" | "step" | "stepConstant" | "bare") =>
  ({ throughput }: EngineFigures) => {
    const { perSecond, cpuMs } = throughput[kind];
    return `${whole(perSecond)} /s, ${cpuMs.toFixed(2)} ms`;
  };

const PAGES = { inbox: "inbox", filtered: "filtered inbox", casePage: "page of a case" } as const;

const LINES: readonly Line[] = [
  ...weight("home, cold", "home"),
  ...weight("a report with the least, cold", "shortJourney"),
  ...weight("a report with ten steps, cold", "journey", "30; 40; 60 KB"),
  ...weight("tracking, cold", "tracking"),
  ["home, 8 at a time; server CPU for one", answers("home")],
  ["  to a constant page of its bytes", ({ throughput }) => `${throughput.homeRatio.toFixed(2)} x`, "0.9 x"],
  ["  to the same page packed once", ({ throughput }) => `${throughput.homeStorableRatio.toFixed(2)} x`],
  ["a step of a report, likewise", answers("step")],
  ["  to a constant page of its bytes", ({ throughput }) => `${throughput.stepRatio.toFixed(2)} x`, "0.6 x"],
  ["baseline: constant page, as home", answers("homeConstant")],
  ["baseline: the same, packed once", answers("homeStorable")],
  ["baseline: constant page, as a step", answers("stepConstant")],
  ["for information: a bare Hono route", answers("bare")],
  ["submissions, 8 at a time", rate("sent"), "20 /s"],
  ["  p50 / p95", ({ sent }) => spread(sent), "p95 < 500 ms"],
  ["  errors", ({ sent }) => whole(sent.errors), "0"],
  ["  server CPU per submission", ({ cpuMsPerSubmission }) => `${ms(cpuMsPerSubmission)} ms`],
  ["  errors at a steady 20 /s", ({ sentAtTarget }) => whole(sentAtTarget.errors), "0"],
  ["  p50 / p95 at a steady 20 /s", ({ sentAtTarget }) => spread(sentAtTarget), "p95 < 500 ms"],
  ["whole journeys (17 requests), 8 at a time", rate("journeys")],
  ["  p50 / p95", ({ journeys }) => spread(journeys)],
  ["  errors", ({ journeys }) => whole(journeys.errors), "0"],
  ["baseline: /healthz", rate("health")],
  ["baseline: a page of a draft saved", rate("savedStep")],
  ["  p50 / p95", ({ savedStep }) => spread(savedStep)],
  ["  drafts that failed", ({ savedStep }) => whole(savedStep.errors), "0"],
  ["baseline: smallest durable form", rate("durableForm")],
  ["  p50 / p95", ({ durableForm }) => spread(durableForm)],
  ["baseline: a durable row, no server", rate("floor")],
  ["submissions to /healthz", ({ sent, health }) => times(sent.perSecond, health.perSecond)],
  ["submissions to saved pages", ({ sent, savedStep }) => times(sent.perSecond, savedStep.perSecond)],
  ["submissions to smallest durable forms", ({ sent, durableForm }) => times(sent.perSecond, durableForm.perSecond)],
  ["submissions to durable rows", ({ sent, floor }) => times(sent.perSecond, floor.perSecond)],
  ["memory of the server at start", ({ memoryAtStart }) => `${whole(memoryAtStart)} MiB`],
  ["memory of the server after the load", ({ memoryAfter }) => `${whole(memoryAfter)} MiB`],
  ["kill -9 under load", ({ kills }) => whole(kills.kills)],
  ["  sendings cut off and sent again", ({ kills }) => whole(kills.cutOff)],
  ["  of those stored (half were asked)", ({ kills }) => whole(kills.stored)],
  ["  codes on a screen at the kill", ({ kills }) => whole(kills.shownBefore)],
  ["  codes shown in all", ({ kills }) => whole(kills.shown)],
  ["  codes refused by the tracking page", ({ kills }) => whole(kills.untracked), "0"],
  ["  reports lost", ({ kills }) => whole(kills.lost), "0"],
  ["  reports twice", ({ kills }) => whole(kills.duplicates), "0"],
  ["  sent again and never taken", ({ kills }) => whole(kills.neverTaken), "0"],
  ["  faults in the audit chain", ({ kills }) => whole(kills.auditFaults), "0"],
  ...(["inbox", "filtered", "casePage"] as const).flatMap((page): Line[] => [
    [`${PAGES[page]}, few cases, p50 / p95`, ({ inbox }) => spread(inbox.atFew[page])],
    [`${PAGES[page]}, 20 times as many`, ({ inbox }) => spread(inbox.atMany[page])],
    ["  many to few, p50", ({ inbox }) => times(inbox.atMany[page].p50, inbox.atFew[page].p50)],
  ]),
];

/** One table: a line a measure, a column an engine, and the target where there is one. */
export function tableOf(figures: Readonly<Record<string, EngineFigures>>, notes: readonly string[]): string {
  const engines = Object.keys(figures);
  const rows = [
    ["", ...engines, "to reach"],
    ...LINES.map(([label, say, target]) => [label, ...Object.values(figures).map(say), target ?? ""]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  ");
  return [...notes, "", ...rows.map(line)].join("\n");
}
