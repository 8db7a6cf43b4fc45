import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answering, newVisitor } from "../support/browser.ts";
import { type CuttableLine, openCuttableLine } from "../support/cuttable-line.ts";
import { sendShortReport, track, unpaced } from "../support/journey.ts";
import { overTheLine } from "../support/over-the-line.ts";
import { openTestServer, type TestServer } from "../support/server.ts";
import { lookingFirst } from "../support/weighed-visitor.ts";

let server: TestServer;
let line: CuttableLine;

beforeAll(async () => {
  server = await openTestServer(unpaced());
  line = await openCuttableLine(server.url);
});
afterAll(async () => {
  await line.close();
  await server.close();
});

/** A person who reloads a page or sends a form again when the connection broke. */
function patient({ app }: Answering): Answering {
  const request: typeof app.request = async (address, init) => {
    for (let tries = 1; ; tries++) {
      try {
        return await app.request(address, init);
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  };
  return { app: { request } };
}

/** From the home page to the code, over the line; returns the code and how many requests it took. */
async function report(): Promise<{ code: string; requests: number }> {
  const before = line.requests();
  const visitor = newVisitor(patient(overTheLine(line.url)));
  await visitor.get("/en/");
  const { code } = await sendShortReport(lookingFirst(visitor));
  return { code, requests: line.requests() - before };
}

async function countReports(): Promise<number> {
  return Number((await server.database.raw("select count(*) as n from case_file"))[0]?.n);
}

/** Reports over a line that is cut, and says what came of it. */
async function reportWith(cut: Parameters<CuttableLine["cut"]>[0]): Promise<object> {
  const stored = await countReports();
  line.cut(cut);
  const { code } = await report();
  const cuts = line.cuts();
  line.cut(() => undefined);
  const opened = await track(newVisitor(overTheLine(server.url)), code);
  return { cuts, reports: (await countReports()) - stored, opens: opened.text.includes("/en/track/messages") };
}

describe("a connection that is cut once during a report", () => {
  it("at any request, before or after the server answered, costs no report and makes none twice", async () => {
    const { requests } = await report();
    expect(requests).toBeGreaterThan(13);
    for (let nth = 1; nth <= requests; nth++) {
      for (const moment of ["before", "after"] as const) {
        const ended = await reportWith((at) => (at === nth ? moment : undefined));
        expect(ended, `request ${nth} cut ${moment}`).toEqual({ cuts: 1, reports: 1, opens: true });
      }
    }
  }, 60_000);
});

describe("a connection that is cut at every request", () => {
  it("before it arrives, and at the second try after it was answered, still leads to one report and its code", async () => {
    const ended = await reportWith((at) => (["before", "after", undefined] as const)[(at - 1) % 3]);
    expect(ended).toMatchObject({ reports: 1, opens: true });
  });
});

describe("the line of this test", () => {
  it("really loses what it cuts: who does not try again ends without a report", async () => {
    const stored = await countReports();
    line.cut((at) => (at === 6 ? "before" : undefined));
    const hasty = newVisitor(overTheLine(line.url));
    await expect(sendShortReport(hasty)).rejects.toThrow(/hang up|ECONNRESET/);
    expect(await countReports()).toBe(stored);
    line.cut(() => undefined);
  });

  it("really lets the server answer before it cuts: what was sent is stored although nobody hears of it", async () => {
    const stored = await countReports();
    line.cut((at) => (at === 6 ? "after" : undefined));
    const hasty = newVisitor(overTheLine(line.url));
    await expect(sendShortReport(hasty)).rejects.toThrow(/hang up|ECONNRESET/);
    expect(await countReports()).toBe(stored + 1);
    line.cut(() => undefined);
  });
});
