import { type Authenticator, authenticatorFrom } from "../tests/support/authenticator.ts";
import { type Browser, newAgent, newBrowser } from "./client.ts";
import { type Draft, fillDraft, isTaken, send, showCode, walkJourney } from "./journey.ts";
import { type Measured, measure, pace, summary } from "./load.ts";
import { OPERATOR, type Server } from "./server.ts";

const WIDTH = 8;
const TARGET_PER_SECOND = 20;

export interface Submissions {
  readonly health: Measured;
  /** A page of a draft saved: one row, not durable. */
  readonly savedStep: Measured;
  /** The smallest durable form: one column of one row, and its audit row. */
  readonly durableForm: Measured;
  readonly sent: Measured;
  /** The same at the pace of the target, which no answer slows down. */
  readonly sentAtTarget: Measured;
  readonly journeys: Measured;
  readonly cpuMsPerSubmission: number;
  readonly memoryAtStart: number;
  readonly memoryAfter: number;
}

/** How many of each are measured; `full` stands for the real run, a part of it for a try. */
export function sizes(part: number) {
  const of = (full: number) => Math.max(8, Math.round(full * part));
  return { warm: of(48), health: of(2000), durable: of(400), sends: of(320), paced: of(200), journeys: of(96) };
}

/** Loads a fresh server, first with its baselines and then with reports. */
export async function measureSubmissions(server: Server, counts: ReturnType<typeof sizes>): Promise<Submissions> {
  const agent = newAgent();
  const memoryAtStart = server.memory();
  for (const draft of await fillDrafts(() => newBrowser(agent, server.url), counts.warm)) await sendDraft(draft);

  const visitor = newBrowser(agent, server.url);
  const health = await measure(counts.health, WIDTH, () => expect(visitor, "/healthz"));
  const operator = await signIn(newBrowser(agent, server.url));
  const durableForm = await measure(counts.durable, WIDTH, async (turn) => {
    const language = turn % 2 === 0 ? "en" : "sr";
    const { status } = await operator.post("/staff/account/language", { language });
    if (status !== 303) throw new Error(`not saved: ${status}`);
  });

  const savedMs: number[] = [];
  const from = performance.now();
  const drafts = await fillDrafts(
    () => newBrowser(agent, server.url),
    counts.sends,
    (ms) => savedMs.push(ms),
  );
  const savedStep = summary(savedMs, performance.now() - from, counts.sends - drafts.length);
  const cpuBefore = server.cpu();
  const sent = await measure(drafts.length, WIDTH, (turn) => sendDraft(drafts[turn]!));
  const cpuMsPerSubmission = (server.cpu() - cpuBefore) / drafts.length;
  await measure(drafts.length, WIDTH, (turn) => expectCode(drafts[turn]!));

  const later = await fillDrafts(() => newBrowser(agent, server.url), counts.paced);
  const sentAtTarget = await pace(later.length, TARGET_PER_SECOND, (turn) => sendDraft(later[turn]!));
  const journeys = await measure(counts.journeys, WIDTH, () => walkJourney(newBrowser(agent, server.url)));
  const memoryAfter = server.memory();
  agent.destroy();
  return {
    health,
    savedStep,
    durableForm,
    sent,
    sentAtTarget,
    journeys,
    cpuMsPerSubmission,
    memoryAtStart,
    memoryAfter,
  };
}

/** Prepares drafts that lack nothing but sending, each in a browser of its own; one that fails is left out. */
export async function fillDrafts(
  open: () => Browser,
  count: number,
  saved?: (ms: number) => void,
): Promise<readonly Draft[]> {
  const drafts: Draft[] = [];
  await measure(count, WIDTH, async () => drafts.push(await fillDraft(open(), saved)));
  if (drafts.length === 0) throw new Error("no draft could be filled");
  return drafts;
}

async function sendDraft(draft: Draft): Promise<void> {
  const seen = await send(draft);
  if (!isTaken(draft, seen)) throw new Error(`not taken: ${seen.status}`);
}

async function expectCode(draft: Draft): Promise<void> {
  if (!(await showCode(draft))) throw new Error("no code shown");
}

async function expect(browser: Browser, path: string): Promise<void> {
  const { status } = await browser.get(path);
  if (status !== 200) throw new Error(`${path}: ${status}`);
}

/** Signs the operator of the set-up in. */
export async function signIn(browser: Browser): Promise<Browser> {
  const { location } = await browser.post("/staff/session", OPERATOR);
  if (location !== SECOND_FACTOR) throw new Error(`signing in led to ${location}`);
  const page = await browser.get(SECOND_FACTOR);
  phone = phone && !page.text.includes("code small") ? phone : authenticatorFrom(page);
  // Each code is taken once, and the next one holds already.
  for (const ahead of [0, STEP_MS]) {
    const { status } = await browser.post(SECOND_FACTOR, { code: phone.codeAt(Date.now() + ahead) });
    if (status === 303) return browser;
  }
  throw new Error("no code was taken");
}

const SECOND_FACTOR = "/staff/second-factor";
const STEP_MS = 30_000;
/** The operator's, as long as one service is measured. */
let phone: Authenticator | undefined;
