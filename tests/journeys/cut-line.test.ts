import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answering, type Form, newVisitor, type Visitor } from "../support/browser.ts";
import { CUTS, type Cut, type CuttableLine, openCuttableLine } from "../support/cuttable-line.ts";
import {
  codeOn,
  fillReport,
  hiddenIn,
  LONGEST_WAY,
  sendShortReport,
  signInAs,
  track,
  unpaced,
} from "../support/journey.ts";
import { overTheLine } from "../support/over-the-line.ts";
import { openTestServer, type TestServer } from "../support/server.ts";
import { lookingFirst } from "../support/weighed-visitor.ts";

let server: TestServer;
let line: CuttableLine;
/** Reads at the desk what arrived; its line is never cut. */
let desk: Visitor;

beforeAll(async () => {
  // Letters are never sent here; that they could be asks for one page more.
  server = await openTestServer(unpaced({ mail: { send: () => Promise.resolve(), close: () => undefined } }));
  line = await openCuttableLine(server.url);
  desk = newVisitor(server);
  await signInAs(desk);
});
afterAll(async () => {
  await line.close();
  await server.close();
});

/** What somebody does when a form did not get through: press again, or go back to its page first. */
const WAYS = ["press", "back"] as const;
type Way = (typeof WAYS)[number];

/** A person who loads a page again when the connection broke, and sends a form again in one of two ways. */
function patient({ app }: Answering, way: Way): Answering {
  const reload: typeof app.request = async (address, init) => {
    for (let tries = 1; ; tries++) {
      try {
        return await app.request(address, init);
      } catch (error) {
        if (tries === 6) throw error;
        if (way === "back" && init.method === "POST") await reload(address, { headers: cookiesOf(init.headers) });
      }
    }
  };
  return { app: { request: reload } };
}

const cookiesOf = ({ host = "", cookie }: Readonly<Record<string, string>>) => ({
  host,
  ...(cookie ? { cookie } : {}),
});

const counted = async (rows: string) => Number((await server.database.raw(`select count(*) as n from ${rows}`))[0]?.n);

/** From the home page to the code, by way of every page a report can have. */
async function report(way: Way, visitor = newVisitor(patient(overTheLine(line.url), way))): Promise<string> {
  await visitor.get("/en/");
  return (await fillReport(lookingFirst(visitor), LONGEST_WAY, { notice: "mila@example.test" })).code;
}

/** What the longest report tells in words of its own: a name, a story, a school and a place on the internet. */
const TOLD = ["3/contact", "4", "5/school", "5/online"].flatMap((page) => {
  const { reporter_name, reporter_contact, story, institution_name, online_address } = LONGEST_WAY[page] ?? {};
  return [reporter_name, reporter_contact, story, institution_name, online_address].flatMap((words) => words ?? []);
});
const TOLD_ON_ONE_PAGE = "they hide my shoes";

/** The report without a cookie, on one page. */
async function reportOnOnePage(way: Way): Promise<string> {
  const visitor = newVisitor(patient(overTheLine(line.url), way));
  const draft = hiddenIn(await visitor.get("/en/report/one"), "draft");
  const form = {
    danger: "no",
    role: "teacher",
    forms: "social",
    truthful: "yes",
    territory: "unsure",
    story: TOLD_ON_ONE_PAGE,
  };
  return codeOn(await visitor.post("/en/report/one", { ...form, identity: "anonymous", draft })) ?? "";
}

/** Each request is cut the first time it is made, one after the other at each of the moments. */
function cutEachOnce(offset: number): { where: (nth: number, asked: string) => Cut; asked: Set<string> } {
  const asked = new Set<string>();
  const where = (_: number, request: string) => {
    const name = request.replace(/\/r\/[^/]+/, "/r/…");
    if (asked.has(name)) return undefined;
    asked.add(name);
    return CUTS[(asked.size + offset) % CUTS.length];
  };
  return { where, asked };
}

/** Does something over a line that is cut, and says what came of it, and which of the words told the desk lacks. */
async function withCuts(
  where: Parameters<CuttableLine["cut"]>[0],
  act: () => Promise<string>,
  told: readonly string[] = TOLD,
): Promise<object> {
  const before = new Set(await numbers());
  line.cut(where);
  const code = await act();
  const cuts = line.cuts();
  line.cut(() => undefined);
  const opened = await track(newVisitor(overTheLine(server.url)), code);
  const arrived = (await numbers()).filter((number) => !before.has(number));
  const { text } = await desk.get(`/staff/cases/${arrived[0]}`);
  const lost = told.filter((words) => !text.includes(words));
  return { cuts, reports: arrived.length, opens: opened.text.includes("/en/track/messages"), lost };
}

const numbers = async () =>
  (await server.database.raw("select number from case_file")).map(({ number }) => String(number));

/** Each request is cut at each moment for people of each way. */
const EVERY_CUT = CUTS.flatMap((_, offset) => WAYS.map((way) => ({ offset, way })));

describe("a connection that is cut at every request of the longest report", () => {
  it.each(EVERY_CUT)(
    "at each moment in turn (from $offset), and a person who can $way: one report and its code",
    async ({ offset, way }) => {
      const { where, asked } = cutEachOnce(offset);
      const ended = await withCuts(where, () => report(way));
      expect(asked.size).toBeGreaterThan(30);
      for (const page of ["1/a", "3/b", "5/c", "5/d", "10/e", "done"])
        expect([...asked]).toContain(`GET /en/r/…/${page}`);
      expect(ended).toEqual({ cuts: asked.size, reports: 1, opens: true, lost: [] });
    },
  );

  it.each(["within-request", "after"] as const)(
    "at the first three tries of every form, %s: one report and its code",
    async (cut) => {
      const tries = new Map<string, number>();
      const where = (_: number, asked: string) => {
        if (!asked.startsWith("POST")) return undefined;
        tries.set(asked, (tries.get(asked) ?? 0) + 1);
        return (tries.get(asked) ?? 0) <= 3 ? cut : undefined;
      };
      // The way to the check page and its branch is walked once, so that each form is pressed four times.
      expect(await withCuts(where, () => report("press"))).toMatchObject({ reports: 1, opens: true, lost: [] });
      expect(Math.min(...tries.values())).toBeGreaterThanOrEqual(4);
    },
  );
});

describe("a connection that is cut once", () => {
  it.each(CUTS)("while the one page is sent, %s: the same page sent again is one report and its code", async (cut) => {
    for (const nth of [1, 2]) {
      const ended = await withCuts(
        (at) => (at === nth ? cut : undefined),
        () => reportOnOnePage("press"),
        [TOLD_ON_ONE_PAGE],
      );
      expect(ended, `request ${nth}`).toEqual({ cuts: 1, reports: 1, opens: true, lost: [] });
    }
  });
});

describe("a message from the tracking page", () => {
  /** Whoever goes back looks first: what stands there already is not sent again. */
  async function sendWords(words: string, reporter: Visitor, way: Way, once: string): Promise<void> {
    const form: Form = { words, once };
    const hasty = newVisitor(overTheLine(line.url), reporter.cookies);
    for (let tries = 0; tries < 3; tries++) {
      try {
        await hasty.send("/en/track/messages", form);
        return;
      } catch {
        if (way === "back" && (await reporter.get("/en/track")).text.includes(words)) return;
      }
    }
    throw new Error("it never got through");
  }

  it.each(EVERY_CUT)("is one message when its line is cut (from $offset, $way)", async ({ offset, way }) => {
    const { code } = await sendShortReport(newVisitor(overTheLine(server.url)));
    const { where } = cutEachOnce(offset);
    line.cut((nth, asked) => (asked.startsWith("GET /en/track?") ? undefined : where(nth, asked)));
    const reporter = newVisitor(patient(overTheLine(line.url), "press"));
    const page = await track(reporter, code);
    await sendWords(`said from ${offset} ${way}`, reporter, way, hiddenIn(page, "once", "/track/messages"));
    line.cut(() => undefined);
    const { text } = await reporter.get("/en/track");
    expect(text.split(`said from ${offset} ${way}`)).toHaveLength(2);
  });
});

describe("the line of this test", () => {
  it("would notice words that the desk does not have", async () => {
    const nothing = () => undefined;
    const ended = await withCuts(nothing, () => reportOnOnePage("press"), [TOLD_ON_ONE_PAGE, "what nobody told"]);
    expect(ended).toEqual({ cuts: 0, reports: 1, opens: true, lost: ["what nobody told"] });
  });

  const hasty = () => newVisitor(overTheLine(line.url));
  const LOST = /hang up|ECONNRESET|aborted/;

  it.each<[cut: Exclude<Cut, undefined>, stored: number]>([
    ["before", 0],
    ["within-request", 0],
    ["after", 1],
    ["within-answer", 1],
  ])("really cuts %s: who does not try again sees no code, and %i report is stored", async (cut, more) => {
    const stored = await counted("case_file");
    line.cut((_, asked) => (asked.endsWith("/5") && asked.startsWith("POST") ? cut : undefined));
    await expect(sendShortReport(hasty())).rejects.toThrow(LOST);
    expect(line.cuts()).toBe(1);
    expect((await counted("case_file")) - stored).toBe(more);
    line.cut(() => undefined);
  });
});
