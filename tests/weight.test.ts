import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertOpening } from "#institutions/index.ts";
import { type Lane, LaneFull } from "#platform/crypto/lane.ts";
import { type GuardedRoute, guardedRoutes } from "#platform/http/guard.ts";
import { type Budgets, newBudgets, newLanes } from "#platform/platform.ts";
import { COLLEAGUE, OPERATOR, PASSWORD } from "./support/app.ts";
import { newVisitor, type Seen, type Visitor } from "./support/browser.ts";
import {
  fillReport,
  hiddenIn,
  LONGEST_WAY,
  numbersOn,
  sendShortReport,
  signInAs,
  track,
  unpaced,
} from "./support/journey.ts";
import { overTheLine } from "./support/over-the-line.ts";
import { PAGE_RULES, pageFaults, type Sight } from "./support/page-rules.ts";
import { addInstitutions, institutionRow } from "./support/people-at-work.ts";
import { seeDirectory } from "./support/see-directory.ts";
import { seeLibrary, seeOffices } from "./support/see-offices.ts";
import { openTestServer, type TestServer } from "./support/server.ts";
import { filesOn, lookingFirst, newWeighedVisitor, sumOf, type WeighedVisitor } from "./support/weighed-visitor.ts";

const LANGUAGES = ["sr", "sr-Latn", "en"];
const NOTICE = "mila@example.test";
/** Pressing it is what the cookie of leaving is for; it deletes the others. */
const LEAVING = "/leave";
/** Answers that set or delete several cookies, and are no part of a report. */
const HEAVIER: Readonly<Record<string, number>> = { [LEAVING]: 600, "/staff/session": 600 };

let server: TestServer;
let sights: Sight[];
let visitors: WeighedVisitor[];

/** Addresses of pages that anybody can ask for: no number, draft or file is part of them. */
function plainAddresses(routes: readonly GuardedRoute[], lang: string): string[] {
  const named = routes.filter(({ method }) => method === "GET").map(({ path }) => path.replace(/:lang\{[^}]*\}/, lang));
  return [...named.filter((path) => !path.includes(":")), `/${lang}/nowhere`];
}

/** Whether the page at an address declares itself sensitive, or is only for some. */
function isGuarded(routes: readonly GuardedRoute[], address: string): boolean {
  const route = routes.find(({ method, path }) => method === "GET" && patternOf(path).test(address));
  return route !== undefined && route.guard !== "open";
}

function patternOf(route: string): RegExp {
  const parts = route.split(/(:\w+(?:\{(?:[^{}]|\{[^}]*\})*\})?)/).map((part) => {
    if (!part.startsWith(":")) return part;
    const [, choice] = /\{(.*)\}$/.exec(part) ?? [];
    return choice ? `(?:${choice})` : "[^/]+";
  });
  return new RegExp(`^${parts.join("")}$`);
}

/** A browser without anything stored, and without a cookie, whose every answer is looked at. */
function openBrowser(): Visitor {
  const visitor = newWeighedVisitor(server.url);
  visitors.push(visitor);
  const get: Visitor["get"] = async (path, headers) => {
    const fresh = visitor.cookies.size === 0;
    const seen = await visitor.get(path, headers);
    if (path !== LEAVING) sights.push(await sightOf(visitor, path, seen, { fresh }));
    return seen;
  };
  /** A form that is answered with a page of its own is looked at as well, named with what it was answered. */
  const post: Visitor["post"] = async (path, fields, headers) => {
    const seen = await visitor.post(path, fields, headers);
    const isPage = seen.headers.get("content-type")?.startsWith("text/html") ?? false;
    if (isPage) sights.push(await sightOf(visitor, path, seen, { said: `${path}#post-${seen.status}` }));
    return seen;
  };
  return { ...visitor, get, post };
}

async function sightOf(
  visitor: WeighedVisitor,
  path: string,
  seen: Seen,
  { fresh = false, said = path } = {},
): Promise<Sight> {
  const { head = 0, body = 0 } = visitor.exchanges.findLast((each) => each.path === path) ?? {};
  const isPage = seen.headers.get("content-type")?.startsWith("text/html") ?? false;
  return {
    ...{ path: said, html: seen.text, head, body },
    files: await Promise.all(filesOn(seen.text).map(weighFile)),
    cookies: fresh ? seen.headers.getSetCookie() : [],
    journey: isPage && /^\/(?!staff\/)[^/]+\/(r\/|report$)/.test(path),
    staff: isPage && path.startsWith("/staff"),
    guarded: isPage && isGuarded(guardedRoutes(server.app), path.replace(/\?.*/, "")),
  };
}

async function weighFile(path: string): Promise<Sight["files"][number]> {
  let weight = 0;
  const line = overTheLine(server.url, ({ body }) => {
    weight = body;
  });
  const { text } = await newVisitor(line).get(path);
  return { path, weight, styles: path.endsWith(".css") ? text : "" };
}

async function seeEverything(lang: string): Promise<void> {
  for (const path of plainAddresses(guardedRoutes(server.app), lang)) await openBrowser().get(path);
  const reporter = openBrowser();
  const { code } = await fillReport(lookingFirst(reporter), LONGEST_WAY, { lang, notice: NOTICE });
  await track(reporter, code);
  await seeAnswers(lang, reporter);
}

/** A long story. */
const WORDS = "Гурају ме у ходнику и узимају ми ужину. ".repeat(20);

/** What forms are answered with when something is wrong with everything that can be wrong, or too much comes at once. */
async function seeAnswers(lang: string, reporter: Visitor): Promise<void> {
  const began = await reporter.post(`/${lang}/report`, {});
  const at = began.path.slice(0, -2);
  const coded = ["danger", "role", "identity", "forms", "environment", "territory", "perpetrator_type"];
  const bad = Object.fromEntries(coded.map((name) => [name, "x"]));
  for (let step = 1; step <= 9; step++)
    await reporter.post(`${at}/${step}`, { ...bad, story: WORDS, when: WORDS, relation: WORDS });
  await reporter.post(`${at}/5/c`, { words: "школа", go: "search" });
  await reporter.post(`${at}/4`, { ...bad, story: WORDS, go: "stay" });
  const draft = hiddenIn(await openBrowser().get(`/${lang}/report/one`), "draft");
  await reporter.post(`/${lang}/report/one`, { ...bad, draft, story: WORDS });
  const least = { danger: "no", role: "teacher", identity: "anonymous", forms: "social", truthful: "yes" };
  await reporter.post(`/${lang}/report/one`, { ...least, draft, territory: "unsure", environment: "family" });
  await reporter.post(`/${lang}/track/messages`, { words: "" });
  await reporter.post(`/${lang}/track/messages`, { words: WORDS, go: "stay" });
  await reporter.send(`/${lang}/track/messages`, { words: WORDS });
  await reporter.post(`/${lang}/track/safety`, { words: WORDS });
  await reporter.post(`/${lang}/nowhere`, { story: WORDS });
  await openBrowser().post(`/${lang}/track`, { code: "0000000000000000" });
  await openBrowser().post(`/${lang}/track/messages`, { words: WORDS });
}

/** As much as one page lists. */
const ROWS = 20;
const ENTRIES = 20;

/** More reports than the inbox shows at once, and more said in one case than its page shows at once. */
async function fillTheDesk(number: string): Promise<void> {
  for (let at = (await rowsIn("case_file")) - 1; at < ROWS; at++) await sendShortReport(newVisitor(server));
  const colleague = newVisitor(server);
  await signInAs(colleague, COLLEAGUE);
  const path = `/staff/cases/${number}`;
  for (let at = 0; at <= ENTRIES; at++) {
    const page = await colleague.get(path);
    const once = hiddenIn(page, "once", "/messages");
    const { status } = await colleague.post(`${path}/messages`, { message: said(at), once });
    if (status !== 303) throw new Error(`message ${at} was not taken: ${status}`);
  }
}

const VOCABULARY =
  "сутра школа разговор са мамом после часова учитељица игралиште можеш да јавиш када желиш ко још зна чекамо одговор " +
  "у понедељак директор позвао родитеље нека остане порука тим психолог безбедно пут кући другарица заједно видимо";

/** Some three hundred letters that are another text each time, since what is said twice packs to nothing. */
function said(nth: number): string {
  const words = VOCABULARY.split(" ");
  const picked = Array.from(
    { length: 45 },
    (_, at) => words[(at * at * (nth + 3) + at * (nth * 7 + 1)) % words.length],
  );
  return `${nth}. ${picked.join(" ")}.`;
}

const rowsIn = async (table: string) => Number((await server.database.raw(`select count(*) as n from ${table}`))[0]?.n);

async function seeStaff(): Promise<void> {
  const operator = openBrowser();
  await signInAs(operator);
  const [number] = numbersOn(await operator.get("/staff/cases"));
  await fillTheDesk(number ?? "");
  const full = await operator.get("/staff/cases");
  expect(numbersOn(full)).toHaveLength(ROWS);
  expect(full.text).toContain('class="pager"');
  const path = `/staff/cases/${number}`;
  const { text } = await operator.get(path);
  // What was read a page ago stands on one of its own, so that this one is as long as any.
  expect(text).toContain(said(ENTRIES));
  expect(text).not.toContain(said(0));
  await operator.get("/staff/account");
  await operator.post(`${path}/notes`, { note: "" });
  await operator.post(`${path}/notes`, { note: WORDS, message: WORDS });
  await operator.post(`${path}/urgency`, { urgency: "p1", reason: "seen on the phone", version: "0", message: WORDS });
}

/** A list as long as any, in a need's whole width, and a page of one institution. */
async function seeFinder(): Promise<void> {
  const reach = { address: "Булевар краља Александра 123", phone: "021 555-123", verifiedOn: "2026-11-01" };
  const hours = { sr: "Радним данима, 8–16 часова", en: "Workdays, 08:00–16:00" };
  const rows = Array.from({ length: ROWS + 5 }, (_, at) => {
    const name = { sr: `Основна школа „${said(at).slice(0, 40)}“`, en: `Primary school ${said(at).slice(0, 40)}` };
    return institutionRow(`school-${at}`, "csw", { ...reach, hours, name, supervisorId: "inst-other" });
  });
  await addInstitutions(server, rows);
  for (const lang of LANGUAGES) {
    const list = await openBrowser().get(`/${lang}/find?place=rs-novi-sad&need=2`);
    expect(list.text.match(/<h3>/g)).toHaveLength(ROWS);
    await openBrowser().get(`/${lang}/find/school-0`);
  }
}

/** Where not every place is open, the first page asks for one and another says that it is closed. */
async function seeClosedPlaces(): Promise<void> {
  const line = { id: "closed", territory: "rs-nisavski", stage: 1, from: 0 };
  await server.platform.db.write((tx) => insertOpening(tx, line));
  const operator = openBrowser();
  await signInAs(operator);
  for (const page of ["opening", "report"]) await operator.get(`/staff/${page}`);
  for (const lang of LANGUAGES) {
    await openBrowser().get(`/${lang}/report`);
    await openBrowser().get(`/${lang}/report/one`);
    for (const territory of ["", "rs-nis"]) await openBrowser().post(`/${lang}/report`, { territory });
  }
  await server.database.raw("delete from opening");
}

beforeAll(async () => {
  server = await openTestServer(unpaced({ mail: { send: () => Promise.resolve(), close: () => undefined } }));
  sights = [];
  visitors = [];
  for (const lang of LANGUAGES) await seeEverything(lang);
  await seeStaff();
  await seeFinder();
  await seeDirectory(server, openBrowser);
  await seeLibrary(server, openBrowser);
  await seeOffices(server, openBrowser);
  await seeClosedPlaces();
});
afterAll(() => server.close());

describe("every page", () => {
  it("was seen: public ones, each step, tracking and the staff's", () => {
    const paths = sights.map(({ path }) => path.replace(/\/r\/[^/]+/, "/r/…").replace(/\d{4}-\d+/, "…"));
    for (const lang of LANGUAGES) {
      for (const page of ["/", "/help", "/about", "/privacy", "/page", "/report", "/track", "/nowhere", "/r/…/done"]) {
        expect(paths).toContain(`/${lang}${page}`);
      }
      for (const page of [
        "/find",
        "/find?place=rs-novi-sad&need=2",
        "/find/school-0",
        "/report#post-200",
        "/report#post-422",
      ])
        expect(paths).toContain(`/${lang}${page}`);
      for (let step = 1; step <= 10; step++) expect(paths).toContain(`/${lang}/r/…/${step}`);
    }
    for (const page of ["/staff", "/staff/cases", "/staff/cases/…", "/staff/account"]) expect(paths).toContain(page);
  });

  it.each(Object.entries(PAGE_RULES))("has %s", (_, faults) => {
    expect(sights.flatMap((sight) => faults(sight).map((fault) => `${sight.path}: ${fault}`))).toEqual([]);
  });

  it("is led to by answers of at most 350 bytes", () => {
    const redirects = visitors.flatMap(({ exchanges }) => exchanges).filter(({ status }) => status === 303);
    expect(redirects.length).toBeGreaterThan(40);
    const heavy = redirects.filter(({ path, head, body }) => head + body > (HEAVIER[path] ?? 350));
    expect(heavy).toEqual([]);
  });
});

describe("a waiting page", () => {
  it("is as light, where somebody begins, writes, tries a code or signs in", async () => {
    let room = true;
    const shared = { take: () => room };
    const budgets: Budgets = { ...newBudgets(), drafts: shared, pages: shared, reports: shared };
    const full: Lane = { run: (work) => (room ? work() : Promise.reject(new LaneFull())) };
    const lanes = { ...newLanes(), guessable: full, signIn: full };
    const busy = await openTestServer({ platform: { budgets, lanes } });
    try {
      const visitor = newWeighedVisitor(busy.url);
      for (const lang of LANGUAGES) {
        room = true;
        const { path } = await visitor.post(`/${lang}/report`, {});
        room = false;
        await visitor.post(`/${lang}/report`, {});
        await visitor.post(path, { danger: "no" });
        await visitor.post(path.replace(/1$/, "4"), { forms: "social", story: WORDS, truthful: "yes" });
        await visitor.post(`/${lang}/track`, { code: "1".repeat(16) });
        await visitor.post("/staff/session", { email: OPERATOR, password: PASSWORD });
      }
      const waiting = visitor.exchanges.filter(({ status }) => status === 503 || status === 429);
      expect(new Set(waiting.map(({ status }) => status))).toEqual(new Set([503]));
      expect(waiting.length).toBeGreaterThanOrEqual(5 * LANGUAGES.length);
      expect(waiting.filter(({ head, body }) => head > 700 || body > 4_000)).toEqual([]);
    } finally {
      await busy.close();
    }
  });
});

describe("a journey from home to the code on the screen, by a browser that never was here", () => {
  it.each(LANGUAGES)("costs at most 30 requests, 40 KB, and 60 KB with headers, in %s", async (lang) => {
    const visitor = newWeighedVisitor(server.url);
    await visitor.get(`/${lang}/`);
    await fillReport(lookingFirst(visitor), {}, { lang });
    const { requests, bodies, all } = sumOf(visitor.exchanges);
    expect(requests).toBeGreaterThan(20);
    expect(requests).toBeLessThanOrEqual(30);
    expect(bodies).toBeLessThanOrEqual(40_000);
    expect(all).toBeLessThanOrEqual(60_000);
  });

  // A branch is a page of its own, and each page costs two requests: nothing that a person answers is sent for nothing.
  it.each(LANGUAGES)("costs with every branch 39 requests and no more bytes than that, in %s", async (lang) => {
    const visitor = newWeighedVisitor(server.url);
    await visitor.get(`/${lang}/`);
    await fillReport(lookingFirst(visitor), LONGEST_WAY, { lang, notice: NOTICE });
    const { requests, bodies, all } = sumOf(visitor.exchanges);
    expect(requests).toBeLessThanOrEqual(39);
    expect(bodies).toBeLessThanOrEqual(40_000);
    expect(all).toBeLessThanOrEqual(60_000);
  });

  it("loads no file twice, and a general page seen before only as 304", async () => {
    const visitor = newWeighedVisitor(server.url);
    for (let turn = 0; turn < 2; turn++) await visitor.get("/sr/");
    const [first, ...others] = visitor.exchanges;
    const again = others.at(-1);
    expect([first?.status, again?.status, again?.body]).toEqual([200, 304, 0]);
    expect(new Set(others.slice(0, -1).map(({ path }) => path)).size).toBe(others.length - 1);
  });
});

describe("the checks can fail", () => {
  const fine: Sight = {
    ...{ path: "/en/r/x/1", head: 400, body: 1500, cookies: [], journey: true, guarded: true, staff: false },
    html: `<title>Step 1 of 10</title><link rel="stylesheet" href="/static/1/app.css"><script src="/static/1/leave.js">
      </script><a href="tel:192">192</a><a href="https://elsewhere.test/" rel="noreferrer">x</a><form action="/en/r/x/1">`,
    files: [
      { path: "/static/1/app.css", weight: 5000, styles: "a{background:url(data:image/svg+xml,x)}" },
      { path: "/static/1/leave.js", weight: 500, styles: "" },
    ],
  };
  const withHtml = (html: string): Partial<Sight> => ({ html: `<title>Step 1 of 10</title>${html}` });
  const titled = (title: string): Partial<Sight> => ({ html: `<title>${title}</title>` });
  const file = (path: string, weight: number, styles = "") => ({ files: [{ path, weight, styles }] });

  const BROKEN: Readonly<Record<string, readonly Partial<Sight>[]>> = {
    "HTML of at most 14,000 bytes": [{ body: 14_001 }],
    "a first view of at most 40 KB": [file("/static/1/app.css", 39_000)],
    "a repeat view of at most 12 KB": [{ body: 11_900 }],
    "at most 4 KB where it is a page of the journey": [{ body: 4_001 }],
    "at most 8 KB where it is a page of the staff": [{ staff: true, body: 8_001 }],
    "headers of at most 700 bytes": [{ head: 701 }],
    "no image above 30 KB": [file("/static/1/picture.webp", 30_001)],
    "no cookie before it is needed": [{ cookies: ["seen=1"] }],
    "no script but the one for leaving, of at most 1 KB, where it is a page of the journey": [
      withHtml('<script src="/static/1/htmx.js"></script>'),
      withHtml("<script>run()</script>"),
      file("/static/1/leave.js", 1_001),
    ],
    "nothing that is loaded from elsewhere": [
      withHtml('<link rel="stylesheet" href="https://fonts.test/a.css">'),
      withHtml('<img src="//cdn.test/a.png" alt="">'),
      withHtml('<p style="background:url(https://cdn.test/a.png)">'),
      file("/static/1/app.css", 900, "@font-face{src:url('https://fonts.test/a.woff2')}"),
      file("/static/1/app.css", 900, '@import "a.css";'),
    ],
    "no link or form that leads elsewhere, but for links that send no referrer": [
      withHtml('<a href="https://elsewhere.test/">'),
      withHtml('<form method="post" action="//elsewhere.test/">'),
      withHtml('<a href="javascript:run()">'),
      withHtml('<meta http-equiv="refresh" content="3;url=https://elsewhere.test/">'),
    ],
    "a title that does not name the topic, where it is guarded": [
      titled("Report violence"),
      titled("Насиље у школи"),
      titled("Пријава 3 од 10"),
      titled("What happened to Mila"),
      titled(""),
    ],
  };

  it("nothing is wrong with a page as it should be", () => {
    expect(pageFaults(fine)).toEqual([]);
  });

  it("each rule has its broken pages", () => {
    expect(Object.keys(BROKEN)).toEqual(Object.keys(PAGE_RULES));
  });

  it.each(Object.entries(BROKEN).flatMap(([rule, pages]) => pages.map((page) => ({ rule, page }))))(
    "a page that has not $rule is found: $page",
    ({ rule, page }) => {
      expect(pageFaults({ ...fine, ...page }).join("\n")).toContain(`has not ${rule}`);
    },
  );
});
