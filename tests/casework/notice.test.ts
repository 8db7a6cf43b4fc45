import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { noticeHandlers } from "#casework/index.ts";
import { newWorker } from "#platform/jobs/worker.ts";
import { type Mail, openMail } from "#platform/mail/mail.ts";
import { openTestApp, type TestApp } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { fillReport, hiddenIn, numbersOn, signInAs, unpaced } from "../support/journey.ts";

const ADDRESS = "mira.petrovic@mailbox.test";
const letters: { to: string[]; from: string; raw: string }[] = [];
let server: SMTPServer;
let mail: Mail | undefined;
let test: TestApp | undefined;

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        letters.push({
          to: rcptTo.map(({ address }) => address),
          from: mailFrom ? mailFrom.address : "",
          raw: Buffer.concat(parts).toString("utf8"),
        });
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const at = server.server.address();
      resolve(typeof at === "object" && at ? at.port : 0);
    });
  });
  mail = openMail(`smtp://127.0.0.1:${port}`, "noreply@service.test");
});
afterAll(async () => {
  mail?.close();
  await new Promise<void>((resolve) => server.close(resolve));
});
afterEach(async () => {
  await test?.close();
  letters.length = 0;
});

/** Sends a report, with or without an address for a notice, and answers it. */
async function answeredReport(notice: string | undefined, lang = "en") {
  const open = await openTestApp(unpaced({ mail }));
  test = open;
  await fillReport(
    newVisitor(open),
    {
      "3": { identity: "named" },
      "3/contact": { reporter_name: "Mira Petrović", ...(notice ? { notice } : {}) },
    },
    { lang },
  );
  const operator = newVisitor(open);
  const path = `/staff/cases/${numbersOn(await signInAs(operator))[0]}`;
  await operator.get(path);
  const worker = newWorker(open.platform, noticeHandlers(open.platform), []);
  expect(await worker.runDue()).toBe(0);
  await operator.post(`${path}/messages`, { message: "We have read it, Mira. Nasilje." });
  return { open, operator, path, worker };
}

describe("a notice", () => {
  it("is one letter with neutral words, and tells nothing of the report", async () => {
    const { open, path, worker } = await answeredReport(ADDRESS);
    expect(await worker.runDue()).toBe(1);
    expect(letters).toHaveLength(1);
    const [letter] = letters;
    expect(letter?.to).toEqual([ADDRESS]);
    expect(letter?.from).toBe("noreply@service.test");
    expect(letter?.raw).toMatch(/^Subject: Something is new\r?$/m);
    expect(letter?.raw).toContain("Something is new for you at the place you know.");
    expect(letter?.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    const [file] = await open.database.raw("select number, id from case_file");
    for (const told of [
      String(file?.number),
      String(file?.id),
      path,
      "http",
      "Mira",
      "report",
      "violence",
      "child",
      "uvam",
      "read it",
    ]) {
      expect(letter?.raw.replaceAll(ADDRESS, "")).not.toContain(told);
    }
    expect(await worker.runDue()).toBe(0);
    expect(letters).toHaveLength(1);
  });

  it("is written in the language of the report", async () => {
    const { worker } = await answeredReport(ADDRESS, "sr");
    await worker.runDue();
    expect(letters[0]?.raw).toMatch(/^Subject: =\?UTF-8\?/im);
  });

  it("follows a new state as well, one letter each", async () => {
    const { operator, path, worker } = await answeredReport(ADDRESS);
    const version = hiddenIn(await operator.get(path), "version");
    await operator.post(`${path}/status`, { status: "closed", version });
    expect(await worker.runDue()).toBe(2);
    expect(letters).toHaveLength(2);
  });

  it("does not follow a note, an assessment or an urgency, which the reporter never sees", async () => {
    const { operator, path, worker } = await answeredReport(ADDRESS);
    await worker.runDue();
    await operator.post(`${path}/notes`, { note: "inside" });
    await operator.post(`${path}/assessment`, { assessment: "inside", based: "" });
    await operator.post(`${path}/urgency`, {
      urgency: "p0",
      reason: "seen on the phone",
      version: hiddenIn(await operator.get(path), "version"),
    });
    expect(await worker.runDue()).toBe(0);
  });

  it("is not sent where nobody asked for one", async () => {
    const { open, worker } = await answeredReport(undefined);
    expect(await worker.runDue()).toBe(0);
    expect(letters).toEqual([]);
    expect(await open.database.raw("select * from job")).toEqual([]);
  });

  it("leaves the address nowhere in clear: not in its row, its job or the page of the staff", async () => {
    const { open, operator, path, worker } = await answeredReport(ADDRESS);
    const [notice] = await open.database.raw("select * from notice_address");
    const [job] = await open.database.raw("select * from job");
    for (const row of [notice, job]) {
      expect(row).toBeDefined();
      const clear = JSON.stringify(row, (_, value) =>
        value?.type === "Buffer" ? Buffer.from(value.data).toString("latin1") : value,
      );
      for (const form of [ADDRESS, "mailbox.test", Buffer.from(ADDRESS).toString("base64").slice(0, 20)]) {
        expect(clear).not.toContain(form);
      }
    }
    expect((await operator.get(path)).text).not.toContain(ADDRESS);
    await worker.runDue();
    expect(letters).toHaveLength(1);
  });

  it("that the mail server refuses is tried again and sent once", async () => {
    const { open } = await answeredReport(ADDRESS);
    let refusals = 2;
    const moody: Mail = {
      send: async (letter) => {
        if (refusals-- > 0) throw new Error(`refused ${letter.to}`);
        await mail?.send(letter);
      },
      close: () => undefined,
    };
    const said: unknown[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (...facts: unknown[]) => void said.push(facts) };
    const worker = newWorker({ ...open.platform, log }, noticeHandlers({ ...open.platform, mail: moody }), []);
    for (let turn = 0; turn < 4; turn++) {
      await worker.runDue();
      open.pass(20_000);
    }
    expect(letters).toHaveLength(1);
    expect(said).toHaveLength(2);
    expect(JSON.stringify(said)).not.toContain("mira");
  });
});
