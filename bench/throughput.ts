import { newVisitor } from "../tests/support/browser.ts";
import { overTheLine } from "../tests/support/over-the-line.ts";
import { hammer, type Target, WIDTH } from "./hammer.ts";
import type { Server } from "./server.ts";

/** Answers per second and the server's processor time for one, the medians of all rounds. */
export interface Rate {
  readonly perSecond: number;
  readonly cpuMs: number;
}

const KINDS = [
  ...(["home", "homeConstant", "homeStorable", "step", "stepConstant", "stepStorable"] as const),
  ...(["answered", "answeredConstant", "own", "ownConstant", "bare"] as const),
];
export type Kind = (typeof KINDS)[number];

/** The rates, and how each page compares with its constant one: the medians of the ratios within a round. */
export interface Throughput extends Readonly<Record<Kind, Rate>> {
  readonly homeRatio: number;
  /** To the same bytes that are packed only once too: nothing but rendering lies between. */
  readonly homeStorableRatio: number;
  /** Of a step that nobody has answered, which is rendered once a second and packed once: to one that is packed each time, and to one that is packed once. */
  readonly stepRatio: number;
  readonly stepStorableRatio: number;
  /** Of a step that somebody has answered, which is rendered and packed each time, as its constant page is packed. */
  readonly answeredRatio: number;
  /** The same of the longest step, with a story in it. */
  readonly ownRatio: number;
}

/** Many short ones: two neighbours are compared before a busy machine has changed its mind. */
const ROUNDS = 29;
const ROUND_MS = 500;
/** So many answers until the code of a page is compiled, however slow the machine is. */
const WARM_ANSWERS = 4_000;
const WARM_MS = 500;

/** Compares home and a step with the same bytes as constant pages, in turns, on a server of `page-server.ts`. */
export async function measureThroughput(server: Server, part: number): Promise<Throughput> {
  const targets = await prepare(server.url);
  for (const kind of KINDS) await warmUp(targets[kind]);
  const rounds: Record<Kind, Rate>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const rates = new Map<Kind, Rate>();
    // Turned round each time, so that a machine that grows slower favours nobody.
    for (const kind of round % 2 === 0 ? KINDS : KINDS.toReversed()) {
      const cpuBefore = server.cpu();
      const { count, perSecond } = await hammer(targets[kind], ROUND_MS * part);
      rates.set(kind, { perSecond, cpuMs: (server.cpu() - cpuBefore) / count });
    }
    rounds.push(Object.fromEntries(rates) as Record<Kind, Rate>);
  }
  const median = (of: (round: Record<Kind, Rate>) => number) =>
    rounds.map(of).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  const rateOf = (kind: Kind): Rate => ({
    perSecond: median((round) => round[kind].perSecond),
    cpuMs: median((round) => round[kind].cpuMs),
  });
  return {
    ...(Object.fromEntries(KINDS.map((kind) => [kind, rateOf(kind)])) as Record<Kind, Rate>),
    homeRatio: median(({ home, homeConstant }) => home.perSecond / homeConstant.perSecond),
    homeStorableRatio: median(({ home, homeStorable }) => home.perSecond / homeStorable.perSecond),
    stepRatio: median(({ step, stepConstant }) => step.perSecond / stepConstant.perSecond),
    stepStorableRatio: median(({ step, stepStorable }) => step.perSecond / stepStorable.perSecond),
    answeredRatio: median(({ answered, answeredConstant }) => answered.perSecond / answeredConstant.perSecond),
    ownRatio: median(({ own, ownConstant }) => own.perSecond / ownConstant.perSecond),
  };
}

async function warmUp(target: readonly Target[]): Promise<void> {
  for (let answers = 0; answers < WARM_ANSWERS; ) answers += (await hammer(target, WARM_MS)).count;
}

const STORY = "Invented words of a report. ".repeat(20).trim();

/** Keeps the pages of one visitor as constant ones, and begins a report for each connection. */
async function prepare(url: string): Promise<Record<Kind, readonly Target[]>> {
  const visitors = await Promise.all(Array.from({ length: WIDTH }, () => beginReport(url)));
  const first = visitors[0] as Begun;
  await keepPages(url, first);
  const { port } = (await (await fetch(`${url}/bench/bare`)).json()) as { port: number };
  const step = (number: number) => visitors.map(({ at, cookie }) => ({ url: `${url}${at}/${number}`, cookie }));
  const constant = (page: string) => visitors.map(({ cookie }) => ({ url: `${url}/bench/${page}`, cookie }));
  return {
    home: [{ url: `${url}/sr/` }],
    homeConstant: [{ url: `${url}/bench/unstored/home` }],
    homeStorable: [{ url: `${url}/bench/storable/home` }],
    step: step(2),
    stepConstant: constant("unstored/step"),
    stepStorable: constant("storable/step"),
    answered: step(6),
    answeredConstant: constant("unstored/answered"),
    own: step(4),
    ownConstant: constant("unstored/own"),
    bare: [{ url: `http://127.0.0.1:${port}/` }],
  };
}

interface Begun {
  readonly visitor: ReturnType<typeof newVisitor>;
  /** Where the report's steps begin. */
  readonly at: string;
  readonly cookie: string;
}

/** Begins a report and answers two steps of it. */
async function beginReport(url: string): Promise<Begun> {
  const visitor = newVisitor(overTheLine(url));
  const { path } = await visitor.post("/sr/report", {});
  const at = path.slice(0, -2);
  await visitor.post(`${at}/6`, { frequency: "daily", ongoing: "yes" });
  await visitor.post(`${at}/4`, { forms: ["social"], story: STORY, truthful: "yes" });
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return { visitor, at, cookie };
}

async function keepPages(url: string, { visitor, at }: Begun): Promise<void> {
  const texts = {
    home: await visitor.get("/sr/"),
    step: await visitor.get(`${at}/2`),
    answered: await visitor.get(`${at}/6`),
    own: await visitor.get(`${at}/4`),
  };
  if (!/ checked/.test(texts.answered.text)) throw new Error("the answered step shows no answer");
  if (!texts.own.text.includes(STORY)) throw new Error("the longest step shows no answer");
  for (const [page, { status, text }] of Object.entries(texts)) {
    if (status !== 200) throw new Error(`${page}: ${status}`);
    await fetch(`${url}/bench/${page}`, { method: "POST", body: text });
  }
}
