import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { enqueue } from "#platform/jobs/store.ts";
import { newWorker } from "#platform/jobs/worker.ts";
import { newLog } from "#platform/log.ts";
import { type Mail, openMail } from "#platform/mail/mail.ts";
import { openTestDatabase } from "../../support/database.ts";

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly content: string;
}

let server: SMTPServer | undefined;
let mail: Mail | undefined;

afterEach(async () => {
  mail?.close();
  const running = server;
  if (running) await new Promise<void>((resolve) => running.close(resolve));
  server = undefined;
});

/** A mail server on loopback; `refuse` decides before each letter. */
async function startServer(refuse: () => boolean = () => false, options: SMTPServerOptions = {}) {
  const letters: Received[] = [];
  server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onRcptTo: (_, __, done) => (refuse() ? done(new Error("451 try later")) : done()),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : "";
        letters.push({ from, to: rcptTo.map(({ address }) => address), content: Buffer.concat(chunks).toString() });
        done();
      });
    },
    ...options,
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const { port } = listening.server.address() as AddressInfo;
  return { letters, url: `smtp://127.0.0.1:${port}` };
}

const LETTER = { to: "someone@example.org", subject: "Има нешто ново", text: "Нема ничега за читање.\n" };

describe("a letter", () => {
  it("arrives with its words, from the service's address and marked as written by no person", async () => {
    const { letters, url } = await startServer();
    mail = openMail(url, "noreply@service.test");
    await mail?.send(LETTER);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({ from: "noreply@service.test", to: ["someone@example.org"] });
    const [head = "", body = ""] = letters[0]?.content.split("\r\n\r\n") ?? [];
    expect(head).toContain("Auto-Submitted: auto-generated");
    expect(head).toContain(`Subject: =?UTF-8?`);
    expect(Buffer.from(body, /base64/i.test(head) ? "base64" : "utf8").toString()).toContain("Нема ничега за читање.");
  });

  it("tells the next server nothing about this one or about whoever caused it", async () => {
    const { letters, url } = await startServer();
    mail = openMail(url, "noreply@service.test");
    await mail?.send(LETTER);
    const head = letters[0]?.content.split("\r\n\r\n")[0] ?? "";
    expect(head.toLowerCase()).not.toMatch(/x-mailer|user-agent|x-originating|nodemailer/);
  });

  it.each([
    ["another header in its subject", { subject: "Hi\r\nBcc: other@example.org" }],
    ["another header in its address", { to: "someone@example.org\r\nBcc: other@example.org" }],
    ["another person after a comma", { to: "someone@example.org, other@example.org" }],
    ["another person in brackets", { to: "someone@example.org <other@example.org>" }],
    ["a group", { to: "all: other@example.org;" }],
  ])("with %s reaches nobody else", async (_, smuggled) => {
    const { letters, url } = await startServer();
    mail = openMail(url, "noreply@service.test");
    await mail?.send({ ...LETTER, ...smuggled }).catch(() => undefined);
    for (const { to, content } of letters) {
      expect(to).toEqual(["someone@example.org"]);
      expect(content).not.toMatch(/^Bcc:/im);
    }
  });

  it("that the server refuses is an error", async () => {
    const { url } = await startServer(() => true);
    mail = openMail(url, "noreply@service.test");
    await expect(mail?.send(LETTER)).rejects.toThrow();
  });

  it("to a server that is not there is an error", async () => {
    const { url } = await startServer();
    const gone = server;
    await new Promise<void>((resolve) => gone?.close(resolve));
    server = undefined;
    mail = openMail(url, "noreply@service.test");
    await expect(mail?.send(LETTER)).rejects.toThrow();
  });

  it("that is refused is sent again by its job until it is taken, and its address stays out of the log", async () => {
    let refusals = 2;
    const { letters, url } = await startServer(() => refusals-- > 0);
    mail = openMail(url, "noreply@service.test");
    const database = await openTestDatabase();
    const lines: string[] = [];
    let clock = 1000;
    const needs = { db: database.db, log: newLog((line) => void lines.push(line)), now: () => clock };
    const worker = newWorker(needs, { letter: async () => mail?.send(LETTER) }, []);
    await database.db.write((tx) => enqueue(tx, "letter", {}, clock));
    for (const wait of [2000, 4000, 0]) {
      expect(await worker.runDue()).toBe(1);
      clock += wait;
    }
    expect(letters).toHaveLength(1);
    expect(await worker.runDue()).toBe(0);
    expect(await database.raw("select outcome from job")).toEqual([{ outcome: "done" }]);
    expect(lines).toHaveLength(2);
    expect(lines.join("")).not.toContain("someone@example.org");
    await database.close();
  });
});

describe("a service without a mail server", () => {
  it("has no mail, so that nobody is asked for an address", () => {
    expect(openMail(undefined, "noreply@service.test")).toBeUndefined();
  });
});
