import type { AppContext } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import type { Answers } from "./draft.ts";
import { isPage, type PageId } from "./questions.ts";
import { type Alarm, alarmAfter, pageAfter, pageBefore, stepOf } from "./steps.ts";
import type { Place } from "./views.ts";

/** Where somebody is in the journey. */
export interface Stand {
  readonly page: PageId;
  readonly answers: Answers;
  /** Came by a change link, and goes back to the check page. */
  readonly returning: boolean;
}

/** An address stands in the history of a shared phone: the names of branches would tell what was answered. */
const LETTERS = new Map([
  ["help", "a"],
  ["contact", "b"],
  ["school", "c"],
  ["online", "d"],
  ["notice", "e"],
]);
const NAMES = new Map([...LETTERS].map(([name, letter]) => [letter, name]));

/** The page that an address names. Throws a `Refusal` for one that does not exist. */
export function pageOf(c: AppContext): PageId {
  const [step = "", part] = [c.req.param("step"), c.req.param("part")];
  const id = part === undefined ? step : `${step}/${NAMES.get(part) ?? part}`;
  if (!isPage(id)) throw notFound();
  return id;
}

const ALARMS: Readonly<Record<string, Alarm | "outside">> = {
  "1": "danger",
  "4": "selfHarm",
  "6": "danger",
  "8": "outside",
};

/** The page whose numbers an address shows. Throws a `Refusal` where there is none. */
export function alarmOf(c: AppContext): { page: PageId; alarm: Alarm | "outside" } {
  const { step: page = "" } = c.req.param();
  const alarm = ALARMS[page];
  if (!alarm || !isPage(page)) throw notFound();
  return { page, alarm };
}

/** Only the check page gives change links, and only to itself do they lead back. */
export function isReturning(page: PageId, asked: string | undefined): boolean {
  return asked === "10" || page === "10/notice";
}

export function pathTo(
  c: AppContext,
  page: PageId | "done" | `${PageId}/help`,
  returning = false,
  lang = c.get("ui").lang,
): string {
  const path = `/${lang}/r/${encodeURIComponent(c.req.param("draft") ?? "")}/${neutral(page)}`;
  return returning && page !== "10" ? `${path}?return=10` : path;
}

function neutral(page: string): string {
  return page.replace(/\/(\w+)$/, (_, name: string) => `/${LETTERS.get(name) ?? name}`);
}

/** The address after a page: the next one, or first the numbers to call. */
export function pathAfter(c: AppContext, { page, answers, returning }: Stand): string {
  if (alarmAfter(page, answers)) return pathTo(c, `${page}/help`, returning);
  return pathTo(c, pageAfter(page, answers, returning), returning);
}

/** The address before a page; the first page has none before it. */
export function pathBack(c: AppContext, { page, answers, returning }: Stand): string {
  return pathTo(c, pageBefore(page, answers, returning) ?? page);
}

/** Where a page stands and where its form goes. */
export function placeOf(c: AppContext, { page, returning }: Stand): Place & { readonly action: string } {
  return { step: stepOf(page), action: pathTo(c, page), returning };
}
