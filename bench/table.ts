import type { EngineFigures } from "./engine.ts";
import type { Measured } from "./load.ts";
import type { Kind } from "./throughput.ts";

/** What a measure has to reach: how the table says it, and whether these figures do. */
interface Aim {
  readonly says: string;
  reached(figures: EngineFigures): boolean;
}
type Line = readonly [label: string, say: (figures: EngineFigures) => string, aim?: Aim | undefined];
type Figure = (figures: EngineFigures) => number;

const atLeast = (least: number, unit: string, of: Figure): Aim => ({
  says: `${least} ${unit}`,
  reached: (figures) => of(figures) >= least,
});
const none = (of: Figure): Aim => ({ says: "0", reached: (figures) => of(figures) === 0 });
const quickEnough = (of: (figures: EngineFigures) => Measured): Aim => ({
  says: "p95 < 500 ms",
  // Where nothing was answered there is nothing to be quick.
  reached: (figures) => of(figures).count > 0 && of(figures).p95 < 500,
});
/** Whoever waits for a page must not notice that the routing is proven or a file taken. */
const shortPause = (of: Figure): Aim => ({ says: "50 ms", reached: (figures) => of(figures) <= 50 });
/** A whole report by a browser that never was here (ARCHITECTURE.md, weight). */
const LIGHT = { requests: 30, bodies: 40_000, all: 60_000 } as const;
const lightEnough: Aim = {
  says: `${LIGHT.requests}; ${LIGHT.bodies / 1000}; ${LIGHT.all / 1000} KB`,
  reached: ({ weights: { journey } }) =>
    (["requests", "bodies", "all"] as const).every((key) => journey.cold[key] <= LIGHT[key]),
};

const within = (most: number, of: Figure): Aim => ({
  says: `< ${most} s`,
  reached: (figures) => of(figures) < most * 1000,
});

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
function weight(label: string, visit: Visit, aim?: Aim): Line[] {
  const said = (when: "cold" | "warm") => (figures: EngineFigures) => {
    const { requests, bodies, all } = figures.weights[visit][when];
    return `${requests}; ${(bodies / 1000).toFixed(1)}; ${(all / 1000).toFixed(1)} KB`;
  };
  return [
    [`${label}: requests; bodies; with headers`, said("cold"), aim],
    ["  once more, by the same browser", said("warm")],
  ];
}

const answers =
  (kind: Kind) =>
  ({ throughput }: EngineFigures) => {
    const { perSecond, cpuMs } = throughput[kind];
    return `${whole(perSecond)} /s, ${cpuMs.toFixed(2)} ms`;
  };

const seconds = (value: number) => `${(value / 1000).toFixed(2)} s`;

const PAGES = {
  inbox: "inbox",
  filtered: "filtered inbox",
  casePage: "page of a case",
  deadlines: "list of deadlines",
  job: "marking ten missed deadlines",
} as const;

// Like beside like: home is packed once, as its constant page is, and an answered step each time, as its own is.
const HOME = atLeast(0.9, "x", ({ throughput }) => throughput.homeStorableRatio);
const STEP = atLeast(0.6, "x", ({ throughput }) => throughput.answeredRatio);

const LINES: readonly Line[] = [
  ...weight("home, cold", "home"),
  ...weight("a report with the least, cold", "shortJourney"),
  ...weight("a report with ten steps, cold", "journey", lightEnough),
  ...weight("tracking, cold", "tracking"),
  ["home, 8 at a time; server CPU for one", answers("home")],
  [
    "  to a constant page of its bytes, packed once too",
    ({ throughput }) => `${throughput.homeStorableRatio.toFixed(2)} x`,
    HOME,
  ],
  ["  to the same packed each time", ({ throughput }) => `${throughput.homeRatio.toFixed(2)} x`],
  ["a step that somebody has answered", answers("answered")],
  [
    "  to a constant page of its bytes, packed each time too",
    ({ throughput }) => `${throughput.answeredRatio.toFixed(2)} x`,
    STEP,
  ],
  ["the longest step, answered with a story", answers("own")],
  ["  to a constant page of its bytes", ({ throughput }) => `${throughput.ownRatio.toFixed(2)} x`],
  ["a step that nobody has answered yet", answers("step")],
  [
    "  to the same packed each time, packed once",
    ({ throughput }) => `${throughput.stepRatio.toFixed(2)}, ${throughput.stepStorableRatio.toFixed(2)} x`,
  ],
  ["baseline: constant page, as home", answers("homeConstant")],
  ["baseline: the same, packed once", answers("homeStorable")],
  ["baseline: constant page, as a step", answers("stepConstant")],
  ["baseline: constant page, as an answered step", answers("answeredConstant")],
  ["for information: a bare Hono route", answers("bare")],
  ["submissions, 8 at a time", rate("sent"), atLeast(20, "/s", ({ sent }) => sent.perSecond)],
  ["  p50 / p95", ({ sent }) => spread(sent), quickEnough(({ sent }) => sent)],
  ["  errors", ({ sent }) => whole(sent.errors), none(({ sent }) => sent.errors)],
  ["  server CPU per submission", ({ cpuMsPerSubmission }) => `${ms(cpuMsPerSubmission)} ms`],
  [
    "  errors at a steady 20 /s",
    ({ sentAtTarget }) => whole(sentAtTarget.errors),
    none(({ sentAtTarget }) => sentAtTarget.errors),
  ],
  ["  p50 / p95 at a steady 20 /s", ({ sentAtTarget }) => spread(sentAtTarget), quickEnough((all) => all.sentAtTarget)],
  ["whole journeys (17 requests), 8 at a time", rate("journeys")],
  ["  p50 / p95", ({ journeys }) => spread(journeys)],
  ["  errors", ({ journeys }) => whole(journeys.errors), none(({ journeys }) => journeys.errors)],
  ["baseline: /healthz", rate("health")],
  ["baseline: a page of a draft saved", rate("savedStep")],
  ["  p50 / p95", ({ savedStep }) => spread(savedStep)],
  ["  drafts that failed", ({ savedStep }) => whole(savedStep.errors), none(({ savedStep }) => savedStep.errors)],
  ["baseline: smallest durable form", rate("durableForm")],
  ["  p50 / p95", ({ durableForm }) => spread(durableForm)],
  ["baseline: a durable row, no server", rate("floor")],
  ["submissions to /healthz", ({ sent, health }) => times(sent.perSecond, health.perSecond)],
  ["submissions to saved pages", ({ sent, savedStep }) => times(sent.perSecond, savedStep.perSecond)],
  ["submissions to smallest durable forms", ({ sent, durableForm }) => times(sent.perSecond, durableForm.perSecond)],
  ["submissions to durable rows", ({ sent, floor }) => times(sent.perSecond, floor.perSecond)],
  ["memory of the server at start", ({ memoryAtStart }) => `${whole(memoryAtStart)} MiB`],
  ["memory of the server after the load", ({ memoryAfter }) => `${whole(memoryAfter)} MiB`],
  [
    "a country's institutions imported",
    ({ imports }) => `${imports.lines}, ${seconds(imports.importMs)}`,
    within(10, ({ imports }) => imports.importMs),
  ],
  ["  to the same as bare rows", ({ imports }) => times(imports.importMs, imports.bareMs)],
  ["  once more, nothing changes", ({ imports }) => seconds(imports.againMs)],
  ["  each of them changed", ({ imports }) => seconds(imports.changeMs)],
  [
    "  longest pause of the event loop while one looks",
    ({ imports }) => `${ms(imports.lookPauseMs)} ms`,
    shortPause(({ imports }) => imports.lookPauseMs),
  ],
  [
    "  and while it is applied",
    ({ imports }) => `${ms(imports.importPauseMs)} ms`,
    shortPause(({ imports }) => imports.importPauseMs),
  ],
  ["  memory at most, above the start", ({ imports }) => `${whole(imports.peak)} MiB`],
  ["baseline: the same as bare rows", ({ imports }) => seconds(imports.bareMs)],
  ["kill -9 under load", ({ kills }) => whole(kills.kills)],
  ["  sendings cut off and sent again", ({ kills }) => whole(kills.cutOff)],
  ["  of those stored (half were asked)", ({ kills }) => whole(kills.stored)],
  ["  codes on a screen at the kill", ({ kills }) => whole(kills.shownBefore)],
  ["  codes shown in all", ({ kills }) => whole(kills.shown)],
  ["  codes refused by the tracking page", ({ kills }) => whole(kills.untracked), none(({ kills }) => kills.untracked)],
  ["  reports lost", ({ kills }) => whole(kills.lost), none(({ kills }) => kills.lost)],
  ["  reports twice", ({ kills }) => whole(kills.duplicates), none(({ kills }) => kills.duplicates)],
  ["  sent again and never taken", ({ kills }) => whole(kills.neverTaken), none(({ kills }) => kills.neverTaken)],
  ["  faults in the audit chain", ({ kills }) => whole(kills.auditFaults), none(({ kills }) => kills.auditFaults)],
  ["a matter resolved in memory, 3,000 institutions", ({ routing }) => `${whole(routing.loadedPerSecond)} /s`],
  ["a matter resolved from the database, 8 at a time", ({ routing }) => `${whole(routing.fromDatabase.perSecond)} /s`],
  ["  p50 / p95", ({ routing }) => spread(routing.fromDatabase), quickEnough(({ routing }) => routing.fromDatabase)],
  ["  errors", ({ routing }) => whole(routing.fromDatabase.errors), none(({ routing }) => routing.fromDatabase.errors)],
  ["baseline: an institution by its id", ({ routing }) => `${whole(routing.row.perSecond)} /s`],
  ["matters to institutions by id", ({ routing }) => times(routing.fromDatabase.perSecond, routing.row.perSecond)],
  ["proof of the whole country", ({ routing }) => `${ms(routing.proofMs)} ms`],
  [
    "  longest pause of the event loop",
    ({ routing }) => `${ms(routing.pauseMs)} ms`,
    shortPause(({ routing }) => routing.pauseMs),
  ],
  ["  the same while nothing is done", ({ routing }) => `${ms(routing.idlePauseMs)} ms`],
  ...(["inbox", "filtered", "casePage", "deadlines", "job"] as const).flatMap((page): Line[] => [
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
    ...LINES.map(([label, say, aim]) => [label, ...Object.values(figures).map(say), aim?.says ?? ""]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  ");
  return [...notes, "", ...rows.map(line)].join("\n");
}

/** A line for each target that an engine missed: the measure, what was measured, what was to reach. */
export function missedTargets(figures: Readonly<Record<string, EngineFigures>>): string[] {
  return Object.entries(figures).flatMap(([engine, measured]) =>
    LINES.flatMap(([label, say, aim], at) =>
      aim && !aim.reached(measured) ? [`${engine}: ${nameOf(label, at)}: ${say(measured)}, to reach ${aim.says}`] : [],
    ),
  );
}

/** An indented line is named with the line it belongs to. */
function nameOf(label: string, at: number): string {
  const head = LINES.slice(0, at).findLast(([each]) => !each.startsWith(" "));
  return label.startsWith(" ") && head ? `${head[0]}, ${label.trim()}` : label;
}
