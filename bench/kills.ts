import type { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { newAgent, newBrowser } from "./client.ts";
import { type Draft, fillDraft, isTaken, send, showCode } from "./journey.ts";
import { measure } from "./load.ts";
import { type Opened, openCodes } from "./open-codes.ts";
import { type Place, type Server, setUp, startServer } from "./server.ts";
import { fillDrafts } from "./submissions.ts";

const WIDTH = 8;
const READY_DRAFTS = 12;
const EARLIEST_MS = 50;
const LATEST_MS = 600;
const LATE_MS = 150;
const MOST_WAIT_MS = 10_000;
const PROGRESS = 25;

export interface Kills extends Opened {
  readonly kills: number;
  /** Sendings whose answer was lost: the kill came while they ran. */
  readonly cutOff: number;
  readonly shown: number;
  /** Codes that were on a screen when the server was killed in the same round. */
  readonly shownBefore: number;
  /** Cut off and yet stored: a reload shows the code. */
  readonly stored: number;
  /** Codes that the tracking page refused. */
  readonly untracked: number;
  /** Cut off, sent again after the restart, and still without a code. */
  readonly neverTaken: number;
  /** Cases beyond one a draft, and codes given to two drafts. */
  readonly duplicates: number;
}

/** One line of kills on one store. */
interface Line {
  readonly place: Place;
  readonly agent: Agent;
  server: Server;
  /** What was told, by the code that was shown for it. */
  readonly shown: Map<string, string>;
  readonly sent: Set<string>;
  /** Drafts that lack nothing but sending; those left over outlive the kill as they do for people. */
  readonly ready: Draft[];
  waiting: Draft[];
  cutOff: number;
  shownBefore: number;
  stored: number;
  clashes: number;
}

/** Kills a server under load again and again on one store, then opens every code that anybody saw. */
export async function killRepeatedly(place: Place, kills: number, say: (what: string) => void): Promise<Kills> {
  const server = await startServer(place);
  await setUp(server);
  const agent = newAgent();
  const counts = { waiting: [], ready: [], cutOff: 0, shownBefore: 0, stored: 0, clashes: 0 };
  const line: Line = { place, agent, server, shown: new Map(), sent: new Set(), ...counts };
  for (let round = 1; round <= kills; round++) {
    await killOnce(line, round % 2 === 0);
    if (round % PROGRESS === 0) say(`${round} of ${kills} kills, ${line.shown.size} codes shown`);
  }
  await sendAgain(line);
  const untracked = await trackAll(line);
  await line.server.stop();
  agent.destroy();
  const opened = await openCodes(place, line.shown);
  return {
    kills,
    cutOff: line.cutOff,
    shownBefore: line.shownBefore,
    stored: line.stored,
    shown: line.shown.size,
    neverTaken: line.waiting.length,
    untracked,
    ...opened,
    duplicates: line.clashes + Math.max(0, opened.cases - line.sent.size),
  };
}

/**
 * One round: load on a running server, a kill in the middle of it, and the start of the next.
 * @param late begins to count only when a first code is shown, however slow the machine is
 */
async function killOnce(line: Line, late: boolean): Promise<void> {
  await sendAgain(line);
  const open = () => newBrowser(line.agent, line.server.url, true);
  const missing = READY_DRAFTS - line.ready.length;
  if (missing > 0) line.ready.push(...(await fillDrafts(open, missing)));
  const before = line.shown.size;
  let over = false;
  const client = async () => {
    while (!over) {
      const draft = line.ready.pop() ?? (await fillDraft(open()).catch(() => undefined));
      if (draft) await sendOnce(line, draft);
    }
  };
  const clients = Array.from({ length: WIDTH }, client);
  const from = performance.now();
  while (late && line.shown.size === before && performance.now() - from < MOST_WAIT_MS) await pause(1);
  await pause(late ? Math.random() * LATE_MS : EARLIEST_MS + Math.random() * (LATEST_MS - EARLIEST_MS));
  const killed = line.server.kill();
  over = true;
  await Promise.all([killed, ...clients]);
  line.cutOff += line.waiting.length;
  line.shownBefore += line.shown.size - before;
  line.server = await startServer(line.place);
}

async function sendOnce(line: Line, draft: Draft): Promise<void> {
  line.sent.add(draft.story);
  keepCode(line, draft, isTaken(draft, await send(draft)) ? await showCode(draft) : undefined);
}

function keepCode(line: Line, draft: Draft, code: string | undefined): void {
  if (code === undefined) {
    line.waiting.push(draft);
    return;
  }
  if (line.shown.has(code)) line.clashes++;
  line.shown.set(code, draft.story);
}

/** Of those who lost the answer, one half reloads the page before sending again, the other half sends at once. */
async function sendAgain(line: Line): Promise<void> {
  const again = line.waiting;
  line.waiting = [];
  await measure(again.length, WIDTH, async (turn) => {
    const draft = again[turn]!;
    const code = turn % 2 === 0 ? await showCode(draft) : undefined;
    if (code === undefined) return sendOnce(line, draft);
    line.stored++;
    keepCode(line, draft, code);
  });
}

/** Opens every shown code on the tracking page; returns how many did not open. */
async function trackAll({ agent, server, shown }: Line): Promise<number> {
  const codes = [...shown.keys()];
  const { errors } = await measure(codes.length, 2 * WIDTH, async (turn) => {
    const browser = newBrowser(agent, server.url, true);
    const answered = await browser.post("/sr/track", { code: codes[turn]! });
    if (answered.status !== 303) throw new Error(`refused: ${answered.status}`);
    const { status, text } = await browser.get(answered.location);
    if (status !== 200 || !text.includes("/sr/track/messages")) throw new Error(`not shown: ${status}`);
  });
  return errors;
}
