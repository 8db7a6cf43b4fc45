import { newLane } from "#platform/crypto/lane.ts";
import { newLanes, type Platform } from "#platform/platform.ts";
import { OPERATOR, PASSWORD } from "./app.ts";
import type { Form, Seen, Visitor } from "./browser.ts";

/** The service without the pace that bounds guessing, for tests that sign in and open reports many times. */
export function unpaced(more: Partial<Platform> = {}): { platform: Partial<Platform> } {
  return {
    platform: { lanes: { ...newLanes(), guessable: newLane({ width: 1, longest: 200 }) }, ...more },
  };
}

/** Whoever is faster than three seconds is no person. */
const WRITING_MS = 4000;

/** What the ten steps are answered with where a test says nothing else, by the address of the page. */
const ANSWERS: Readonly<Record<string, Form>> = {
  "1": { danger: "no" },
  "2": { role: "victim_child" },
  "3": { identity: "anonymous" },
  "4": { forms: ["physical"], story: "they push me in the corridor", truthful: "yes" },
  "5": { environment: "family", territory: "rs-zemun" },
  "6": { when: "since autumn", frequency: "weekly", still: "yes" },
  "7": { harmed_count: "one", age_band: "11_13", sex: "undisclosed", injuries: "no" },
  "8": { perpetrator_type: "peer", relation: "from my class" },
  "9": { told: ["friend"], reaction: "she believed me" },
};

export interface Filled {
  readonly code: string;
  /** Every address the journey led through, from the start to the page with the code. */
  readonly paths: readonly string[];
  /** The page with the code. */
  readonly done: Seen;
}

export interface Journey {
  readonly lang?: string;
  /** Sends as soon as this page is answered, as "send now" does. */
  readonly sendAfter?: string;
  /** Asks for a notice at this address, from the check page; only where the service sends letters. */
  readonly notice?: string;
}

/** Answers that open every branch: danger, a name, a school and the internet. */
export const LONGEST_WAY: Readonly<Record<string, Form>> = {
  "1": { danger: "yes" },
  "3": { identity: "confidential" },
  "3/contact": { reporter_name: "Mila", reporter_contact: "after school" },
  "4": { forms: ["physical", "digital"], story: "they push me in the corridor", truthful: "yes" },
  "5": { environment: "education", territory: "rs-zemun" },
  "5/school": { institution_name: "the school by the river" },
  "5/online": { online_address: "a group of the class" },
};

/** Walks the ten steps as a person would, from the start to the code. */
export async function fillReport(
  visitor: Visitor,
  overrides: Readonly<Record<string, Form>> = {},
  { lang = "en", sendAfter, notice }: Journey = {},
): Promise<Filled> {
  let path = (await redirected(visitor, `/${lang}/report`, {})).path;
  const at = path.slice(0, path.lastIndexOf("/"));
  const paths = [`/${lang}/report`];
  visitor.linger(WRITING_MS);
  let asks = notice;
  for (;;) {
    paths.push(path);
    const page = pageIn(path.slice(at.length + 1).replace(/\?.*$/, ""));
    if (page === "done") break;
    if (page.endsWith("/help")) {
      path = nextIn(await visitor.get(path));
      continue;
    }
    if (page === "10" && asks !== undefined) {
      paths.push(`${path}/e`);
      await visitor.get(path);
      path = (await redirected(visitor, `${path}/e`, { notice: asks, return: "10" })).path;
      asks = undefined;
    }
    const sends = page === "10" || page === sendAfter;
    const answers = { ...ANSWERS[page], ...overrides[page], ...(sends ? { go: "send" } : {}) };
    path = (await redirected(visitor, path, answers)).path;
  }
  const done = await visitor.get(path);
  const code = codeOn(done);
  if (!code) throw new Error(`no code on ${path}: ${done.status}`);
  return { code, paths, done };
}

/** Sends the least that can be sent. */
export const sendShortReport = (visitor: Visitor, overrides: Readonly<Record<string, Form>> = {}) =>
  fillReport(visitor, overrides, { sendAfter: "5" });

/** Gives every mandatory answer and returns the address of the draft, whose pages follow it. */
export async function readyToSend(visitor: Visitor): Promise<string> {
  const { path } = await redirected(visitor, "/en/report", {});
  const at = path.slice(0, path.lastIndexOf("/"));
  for (const page of ["1", "2", "3", "4", "5"]) await redirected(visitor, `${at}/${page}`, ANSWERS[page] ?? {});
  return at;
}

/** The letters of addresses by what their pages are called, so that answers are named after pages. */
const PAGES: Readonly<Record<string, string>> = { a: "help", b: "contact", c: "school", d: "online", e: "notice" };

function pageIn(address: string): string {
  return address.replace(/\/(\w)$/, (_, letter: string) => `/${PAGES[letter]}`);
}

async function redirected(visitor: Visitor, path: string, form: Form): Promise<Seen> {
  const seen = await visitor.post(path, form);
  if (seen.status !== 303) throw new Error(`${path} answered ${seen.status} instead of going on`);
  return seen;
}

function nextIn({ text, path }: Seen): string {
  const [, next] = /<p class="actions"><a class="button second" href="([^"]+)"/.exec(text) ?? [];
  if (!next) throw new Error(`no way on from ${path}`);
  return next;
}

/** The code on a page, or undefined where none is shown. */
export function codeOn({ text }: Seen): string | undefined {
  const groups = [...text.matchAll(/<span>(\d{4})<\/span>/g)].map(([, digits]) => digits);
  return groups.length === 4 ? groups.join("") : undefined;
}

/** Signs somebody in and returns the page that this leads to. */
export async function signInAs(visitor: Visitor, email = OPERATOR, password = PASSWORD): Promise<Seen> {
  let seen = await visitor.post("/staff/session", { email, password });
  if (seen.status !== 303) throw new Error(`${email} was not signed in: ${seen.status}`);
  while (seen.status === 303) seen = await visitor.get(seen.path);
  return seen;
}

/** Opens a report by its code and returns the reporter's page. */
export async function track(visitor: Visitor, code: string): Promise<Seen> {
  const seen = await visitor.post("/en/track", { code });
  if (seen.status !== 303) throw new Error(`the code opened nothing: ${seen.status}`);
  return visitor.get(seen.path);
}

/** The numbers of the cases an inbox page lists, in its order. */
export function numbersOn({ text }: Seen): string[] {
  return [...text.matchAll(/<a href="\/staff\/cases\/([\d-]+)(?:\?[^"]*)?"><b>/g)].map(([, number = ""]) => number);
}

/** The value of a hidden field of a page's form whose address ends so. */
export function hiddenIn({ text }: Seen, name: string, action = ""): string {
  const form = text.split("<form").find((part) => part.includes(`${action}"`) && part.includes(`name="${name}"`)) ?? "";
  const [, value] = new RegExp(`name="${name}" value="([^"]*)"`).exec(form) ?? [];
  if (value === undefined) throw new Error(`no field ${name}`);
  return value;
}
