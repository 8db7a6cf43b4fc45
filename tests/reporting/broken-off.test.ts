import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { forgetOfferedLanguages } from "#institutions/index.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { readyToSend, unpaced } from "../support/journey.ts";
import { overTheLine } from "../support/over-the-line.ts";
import { openTestServer, type TestServer } from "../support/server.ts";

const SLOW_MS = 100;
let server: TestServer;
let slow = false;
let visitor: Visitor;
beforeAll(async () => {
  server = await openTestServer(unpaced());
  const { db } = server.platform;
  const { read } = db;
  // What is read before a form is looked at takes so long that the line is gone by then.
  db.read = async (work) => {
    if (slow) await pause(SLOW_MS);
    return read(work);
  };
  visitor = newVisitor(overTheLine(server.url));
});
afterAll(() => server.close());

/** Sends the head of a form, whose length it says or not, some of its fields and nothing more. */
async function breakOff(path: string, sent: string, length = "content-length: 400"): Promise<void> {
  forgetOfferedLanguages(server.platform.db);
  slow = true;
  const { hostname, port, host } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: ${host}`,
    `cookie: ${cookie}`,
    "content-type: application/x-www-form-urlencoded",
    length,
  ];
  await new Promise<void>((resolve) => {
    socket.on("close", () => resolve());
    socket.end(`${head.join("\r\n")}\r\n\r\n${sent}`);
    socket.resume();
  });
  await pause(SLOW_MS * 6);
  slow = false;
}

it.each(["", "online_address=a", "online_address=another+place&x="])(
  "a form that breaks off after %j changes nothing of what was answered before",
  async (sent) => {
    const at = await readyToSend(visitor);
    await visitor.post(`${at}/4`, { forms: "digital", story: "they hide my shoes", truthful: "yes" });
    await visitor.post(`${at}/5/d`, { online_address: "a group of the class" });
    await breakOff(`${at}/5/d`, sent);
    expect((await visitor.get(`${at}/5/d`)).text).toContain("a group of the class");
  },
);

it.each(["", "10\r\nonline_address=a\r\n"])(
  "a form in pieces that breaks off after %j changes nothing of what was answered before",
  async (sent) => {
    const at = await readyToSend(visitor);
    await visitor.post(`${at}/8`, { perpetrator_type: "parent", withhold: ["parents"] });
    await breakOff(`${at}/8`, sent, "transfer-encoding: chunked");
    expect((await visitor.get(`${at}/8`)).text).toMatch(/value="parents" checked/);
  },
);
