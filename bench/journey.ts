import type { Browser, Form, Seen } from "./client.ts";

/** A draft with every mandatory answer, in the browser that holds its key. */
export interface Draft {
  readonly browser: Browser;
  /** The address of its pages, without the step. */
  readonly at: string;
  /** What was told in it, unlike any other draft's. */
  readonly story: string;
}

/** Thrown where a page did not answer as the journey needs, such as when the server was killed. */
export class Astray extends Error {}

const LANG = "sr";
const FILLING = "Гурају ме на одмору и узимају ми ужину. ".repeat(12).trim();
let told = 0;

function newStory(): string {
  told += 1;
  return `bench ${process.pid}-${told}: ${FILLING}`;
}

const answersWith = (story: string): readonly (readonly [string, Form])[] => [
  ["1", { danger: "no" }],
  ["2", { role: "victim_child" }],
  ["3", { identity: "anonymous" }],
  ["4", { forms: ["physical", "psychological"], story, truthful: "yes" }],
  ["5", { environment: "family", territory: "rs-zemun" }],
];

/** What may be answered besides; with these the journey has all its ten steps. */
export const FURTHER: readonly (readonly [string, Form])[] = [
  ["6", { when: "од јесени", frequency: "weekly", still: "yes" }],
  ["7", { harmed_count: "one", age_band: "11_13", sex: "undisclosed", injuries: "no" }],
  ["8", { perpetrator_type: "peer", relation: "из мог одељења" }],
  ["9", { told: ["friend"], reaction: "веровала ми је" }],
];

/** Begins a report and gives the mandatory answers; `saved` hears how long each saved page took. */
export async function fillDraft(browser: Browser, saved: (ms: number) => void = () => undefined): Promise<Draft> {
  const began = await browser.post(`/${LANG}/report`, {});
  if (began.status !== 303 || !began.location.endsWith("/1")) throw new Astray(`no draft: ${began.status}`);
  const draft = { browser, at: began.location.slice(0, -2), story: newStory() };
  for (const [page, fields] of answersWith(draft.story)) {
    const from = performance.now();
    const { status } = await browser.post(`${draft.at}/${page}`, fields);
    if (status !== 303) throw new Astray(`page ${page} not saved: ${status}`);
    saved(performance.now() - from);
  }
  return draft;
}

/** Sends a draft from its check page, without looking at where that leads. */
export function send({ browser, at }: Draft): Promise<Seen> {
  return browser.post(`${at}/10`, { go: "send" });
}

/** True when an answer to `send` says that the report is stored. */
export function isTaken({ at }: Draft, { status, location }: Seen): boolean {
  return status === 303 && location === `${at}/done`;
}

/** Opens the page with the code; a code counts as shown as soon as its digits arrived, even on a broken page. */
export async function showCode({ browser, at }: Draft): Promise<string | undefined> {
  const { text } = await browser.get(`${at}/done`);
  const groups = [...text.matchAll(/<span>(\d{4})<\/span>/g)].map(([, digits]) => digits);
  return groups.length === 4 ? groups.join("") : undefined;
}

/**
 * The whole way as a person goes it: every page is looked at before it is answered. Returns the code.
 * @param further pages that are answered after the mandatory ones; without any, step 6 is only looked at
 */
export async function walkJourney(browser: Browser, further: typeof FURTHER = []): Promise<string> {
  await see(browser, `/${LANG}/`);
  await see(browser, `/${LANG}/report`);
  const began = await browser.post(`/${LANG}/report`, {});
  const draft = { browser, at: began.location.slice(0, -2), story: newStory() };
  for (const [page, fields] of [...answersWith(draft.story), ...further]) {
    await see(browser, `${draft.at}/${page}`);
    const { status } = await browser.post(`${draft.at}/${page}`, fields);
    if (status !== 303) throw new Astray(`page ${page} not saved: ${status}`);
  }
  if (further.length === 0) await see(browser, `${draft.at}/6`);
  await see(browser, `${draft.at}/10`);
  const sent = await send(draft);
  const code = isTaken(draft, sent) ? await showCode(draft) : undefined;
  if (!code) throw new Astray(`not sent: ${sent.status}`);
  return code;
}

async function see(browser: Browser, path: string): Promise<void> {
  const { status, broken } = await browser.get(path);
  if (broken || status !== 200) throw new Astray(`page not shown: ${status}`);
}
