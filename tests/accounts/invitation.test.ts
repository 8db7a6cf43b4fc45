import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recoveryCodeOn } from "../support/account.ts";
import { COLLEAGUE, OPERATOR, openTestApp, RECOVERY_KEYS, type TestApp } from "../support/app.ts";
import { newVisitor, type Seen, type Visitor } from "../support/browser.ts";
import { signInAs, unpaced } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const DAY = 86_400_000;
const ENGLISH = { "accept-language": "en" };
const PASSWORD = "four words in a row";
let test: TestApp;
let admin: Visitor;

beforeEach(async () => {
  test = await openTestApp({ ...unpaced(), recoveryRecipient: RECOVERY_KEYS.recipient });
  admin = await newStaff(test, "admin");
});
afterEach(() => test.close());

const invite = (fields: Record<string, string> = {}, at = "/staff/people/invite", by = admin) =>
  by.post(at, { name: "Nina Nova", email: "nina@new.test", role: "editor", language: "en", ...fields });
const toTriage = { role: "triage", email: "tara@triage.test" };
const TRIAGE = "/staff/team/desk-triage/invite";

/** The link on the page of an invitation, as its path. */
async function linkOf(made: Seen, by = admin): Promise<string> {
  const { text } = await by.get(made.path);
  return /<p class="address"[^>]*>http:\/\/test\.local(\/staff\/invitations\/[\w.-]+)</.exec(text)?.[1] ?? "";
}
const accept = (link: string, fields: Record<string, string> = {}, visitor = newVisitor(test)) =>
  visitor.post(link, { name: "Nina Nova", password: PASSWORD, language: "en", ...fields });
const signInWith = (email: string, visitor = newVisitor(test)) =>
  visitor.post("/staff/session", { email, password: PASSWORD });

describe("an invitation", () => {
  it("is a link with its picture that makes one account once; a second use says so and changes nothing", async () => {
    const made = await invite();
    expect([made.status, made.path]).toEqual([303, expect.stringMatching(/^\/staff\/invitations\/[\w-]{22}$/)]);
    const shown = await admin.get(made.path);
    expect(shown.text).toContain('class="qr"');
    const link = await linkOf(made);
    const form = await newVisitor(test).get(link);
    expect([form.status, form.text.includes('value="Nina Nova"'), form.text.includes("nina@new.test")]).toEqual([
      200,
      true,
      true,
    ]);
    recoveryCodeOn(await accept(link));
    expect((await signInWith("nina@new.test")).path).toBe("/staff/account");
    const again = await accept(link, { password: "another long password" });
    expect([again.status, again.text.includes("This link was used")]).toEqual([410, true]);
    expect((await signInWith("nina@new.test")).status).toBe(303);
    expect((await admin.get(made.path)).text).toContain("This invitation was used.");
  });

  it("used twice at the same moment makes one account", async () => {
    const link = await linkOf(await invite());
    const seen = await Promise.all([accept(link), accept(link)]);
    expect(seen.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(await test.database.raw("select id from person where email = 'nina@new.test'")).toHaveLength(1);
  });

  it("keeps what was typed where something is wrong, but never a password", async () => {
    const link = await linkOf(await invite());
    const seen = await accept(link, { name: "Nina N.", password: "short" });
    expect([seen.status, seen.text.includes('value="Nina N."'), seen.text.includes('short"')]).toEqual([
      422,
      true,
      false,
    ]);
    recoveryCodeOn(await accept(link));
  });

  it("is over after two weeks, and another link holds again while the earlier one is worth nothing", async () => {
    const made = await invite();
    const link = await linkOf(made);
    test.pass(15 * DAY);
    const late = await newVisitor(test).get(link, ENGLISH);
    expect([late.status, late.text.includes("This link is over")]).toEqual([410, true]);
    admin = await newStaff(test, "admin", undefined, "second-admin@staff.test");
    await admin.post(`${made.path}/renew`, {});
    const next = await linkOf(made);
    expect(next).not.toBe(link);
    expect((await newVisitor(test).get(link)).status).toBe(404);
    recoveryCodeOn(await accept(next));
  });

  it("that was taken back opens nothing", async () => {
    const made = await invite();
    const link = await linkOf(made);
    await admin.post(`${made.path}/revoke`, {});
    const seen = await accept(link);
    expect([seen.status, seen.text.includes("taken back")]).toEqual([410, true]);
    await admin.post(`${made.path}/renew`, {});
    expect((await accept(link)).status).toBe(410);
  });

  it("cannot be guessed from its address, nor from the database", async () => {
    const made = await invite();
    const link = await linkOf(made);
    const other = link.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
    expect((await newVisitor(test).get(other)).status).toBe(404);
    const token = link.slice(link.indexOf(".") + 1);
    expect(JSON.stringify(await test.database.raw("select * from invitation"))).not.toContain(token);
  });

  it("is refused for an e-mail that is invited already, or has an account of another role", async () => {
    await invite();
    expect((await invite()).text).toContain("invited already");
    expect((await invite({ email: OPERATOR })).text).toContain("another role");
    for (const fields of [{ email: "no" }, { name: " " }, { role: "triage" }, { role: "root" }, { language: "xx" }]) {
      const seen = await invite({ email: "x@y.test", ...fields } as Record<string, string>);
      expect(seen.status, JSON.stringify(fields)).toBe(422);
    }
  });

  it("is nobody's business who does not look after people", async () => {
    const made = await invite();
    const operator = newVisitor(test);
    await signInAs(operator);
    for (const path of [made.path, "/staff/people", "/staff/people/invite", TRIAGE]) {
      expect((await operator.get(path)).status, path).toBe(404);
    }
    for (const what of ["renew", "revoke", "send"]) {
      expect((await operator.post(`${made.path}/${what}`, {})).status, what).toBe(404);
    }
    expect((await invite({}, "/staff/people/invite", operator)).status).toBe(404);
  });
});

describe("an invitation to a desk", () => {
  it("lets the person wait until a colleague opens the desk for them", async () => {
    const link = await linkOf(await invite(toTriage, TRIAGE));
    expect((await accept(link)).text).toContain("A colleague of the desk now lets you in");
    const waiting = newVisitor(test);
    await signInWith(toTriage.email, waiting);
    expect((await waiting.get("/staff/team")).text).toContain("You work at no desk yet");
    const rows = await test.database.raw(
      "select admitted_at from desk_member m join person p on p.id = m.person_id where email = 'tara@triage.test'",
    );
    expect(rows).toEqual([{ admitted_at: null }]);
  });

  it("makes the first member of a desk without a key its member at once, with its key sealed to the recovery recipient", async () => {
    const { insertDesk } = await import("#institutions/index.ts");
    await test.platform.db.write((tx) =>
      insertDesk(tx, {
        id: "desk-fresh",
        institutionId: "inst-other",
        kind: "csw",
        name: { sr: "Нова", en: "New" },
        fallbackId: null,
      }),
    );
    const first = await linkOf(
      await invite({ role: "member", email: "first@desk.test" }, "/staff/team/desk-fresh/invite"),
    );
    expect((await accept(first)).text).toContain("The account is ready");
    const second = await linkOf(
      await invite({ role: "member", email: "second@desk.test" }, "/staff/team/desk-fresh/invite"),
    );
    expect((await accept(second)).text).toContain("lets you in");
    const holders = await test.database.raw(
      "select holder from desk_key_holder h join desk_key k on k.id = h.desk_key_id where desk_id = 'desk-fresh'",
    );
    expect(holders).toHaveLength(2);
    expect(holders.map(({ holder }) => holder)).toContain("recovery");
  });

  it("takes only roles that work at such a desk", async () => {
    for (const role of ["admin", "editor", "member"])
      expect((await invite({ ...toTriage, role }, TRIAGE)).status, role).toBe(422);
    expect((await invite(toTriage, "/staff/team/desk-nowhere/invite")).status).toBe(404);
  });

  it("lets somebody who has such an account join without a link", async () => {
    const joined = await invite({ email: COLLEAGUE, role: "triage" }, TRIAGE);
    expect(joined.text).toContain("at this desk already");
  });
});

describe("a letter with the link", () => {
  it("goes through a real mail server, without a name, and the queue holds no address and no link", async () => {
    const letters: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData(stream, _, done) {
        let text = "";
        stream.on("data", (chunk: Buffer) => {
          text += chunk.toString("utf8");
        });
        stream.on("end", () => {
          letters.push(text);
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const { port } = server.server.address() as { port: number };
    const { openMail } = await import("#platform/mail/mail.ts");
    const { invitationHandlers } = await import("#accounts/index.ts");
    const { newWorker } = await import("#platform/jobs/worker.ts");
    const mail = openMail(`smtp://127.0.0.1:${port}`, "noreply@example.org");
    const own = await openTestApp({ ...unpaced({ mail }), baseUrl: "http://test.local" });
    try {
      const by = await newStaff(own, "admin");
      const made = await by.post("/staff/people/invite", {
        name: "Nina Nova",
        email: "nina@new.test",
        role: "editor",
        language: "en",
        send: "yes",
      });
      const jobs = JSON.stringify(await own.database.raw("select * from job"));
      expect(jobs).toContain("mail.invitation");
      expect(jobs).not.toMatch(/nina|invitations\//);
      await newWorker(own.platform, invitationHandlers(own.platform), []).runDue();
      expect(letters).toHaveLength(1);
      const body = (letters[0] ?? "").replace(/=\r\n/g, "").replaceAll("=3D", "=");
      expect(body).toContain("http://test.local/staff/invitations/");
      expect(body).not.toMatch(/Nina|Nova/);
      expect((await by.post(`${made.path}/send`, {})).path).toContain("sent=1");
    } finally {
      mail?.close();
      await own.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  });
});
