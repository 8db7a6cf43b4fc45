import type { Page } from "playwright-core";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { admitByRecovery, listReachableDeskKeys } from "#accounts/index.ts";
import { enrol } from "../support/account.ts";
import { COLLEAGUE, OPERATOR, PASSWORD, RECOVERY_KEYS } from "../support/app.ts";
import { type Authenticator, authenticatorFrom } from "../support/authenticator.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { useBrowserAndServer } from "../support/browser-and-server.ts";
import { sendShortReport } from "../support/journey.ts";
import { newStaff } from "../support/new-staff.ts";

const TEAM = "/staff/team/desk-triage";
const NEW_PASSWORD = "four words in a row";
const MINUTE = 60_000;

/** Somebody's work in a real browser without a script, with an authenticator, against a real server. */
describe("an account in a browser without scripts", () => {
  const opened = useBrowserAndServer({ secondFactor: "required", recoveryRecipient: RECOVERY_KEYS.recipient });
  let admin: Visitor;
  let operator: Visitor;
  let colleague: Visitor;
  let phones: readonly Authenticator[];
  let page: Page;
  const now = () => opened.server.platform.now();
  const idOf = async (email: string) =>
    String((await opened.server.database.raw(`select id from person where email = '${email}'`))[0]?.id);

  beforeAll(async () => {
    await newStaff(opened.server, "admin", undefined, "admin@journey.test");
    admin = newVisitor(opened.server);
    const first = await enrol(admin, { email: "admin@journey.test", password: PASSWORD, now: now() });
    operator = newVisitor(opened.server);
    colleague = newVisitor(opened.server);
    phones = [
      first,
      await enrol(operator, { email: OPERATOR, password: PASSWORD, now: now() }),
      await enrol(colleague, { email: COLLEAGUE, password: PASSWORD, now: now() }),
    ];
  });
  beforeEach(async () => {
    opened.server.pass(2 * MINUTE);
    // Whoever has worked for more than five minutes is asked once more before inviting and admitting.
    for (const [at, visitor] of [admin, operator, colleague].entries())
      await visitor.post("/staff/confirm", { to: "/staff/account", confirmCode: phones[at]?.codeAt(now()) ?? "" });
    const context = await opened.browser.newContext({
      ...{ baseURL: opened.server.url, javaScriptEnabled: false, viewport: { width: 360, height: 640 } },
    });
    page = await context.newPage();
  });
  afterEach(() => page.context().close());

  const report = (story: string) =>
    sendShortReport(newVisitor(opened.server), { "4": { forms: ["social"], story, truthful: "yes" } });
  const linkOn = ({ text }: { readonly text: string }) =>
    /<p class="address"[^>]*>http:\/\/[^/]+([^<]+)</.exec(text)?.[1] ?? "";
  const admit = async (email: string, by = operator) => by.post(`${TEAM}/${await idOf(email)}/admit`, {});

  async function invite(email: string): Promise<string> {
    const fields = { name: "Tara Nova", email, role: "triage", language: "en" };
    return linkOn(await admin.get((await admin.post(`${TEAM}/invite`, fields)).path));
  }

  async function takeUp(link: string): Promise<void> {
    await page.goto(link);
    if (await page.locator("#name").count()) await page.fill("#name", "Tara Nova");
    await page.fill("#password", NEW_PASSWORD);
    await page.locator("main form .button").click();
    await page.waitForSelector("p.code");
  }

  async function signIn(email: string): Promise<void> {
    await page.goto("/staff");
    await page.fill("#email", email);
    await page.fill("#password", NEW_PASSWORD);
    await page.locator("main form .button").first().click();
    await page.waitForSelector("#code");
  }

  /** Sets up a phone with what the page shows, or uses the one that is set up, and comes in. */
  async function giveCode(known?: Authenticator): Promise<Authenticator> {
    const phone = known ?? authenticatorFrom({ text: await page.content() });
    await page.fill("#code", phone.codeAt(now()));
    await page.locator("main form .button").first().click();
    await page.waitForURL((url) => !url.pathname.startsWith("/staff/second-factor"));
    return phone;
  }

  async function readFirst(): Promise<string> {
    await page.goto("/staff/cases");
    await page.locator("main table a").first().click();
    return (await page.textContent("main")) ?? "";
  }

  /** Makes an account by an invitation, with a phone, at the triage desk. */
  async function join(email: string): Promise<Authenticator> {
    await takeUp(await invite(email));
    await signIn(email);
    const phone = await giveCode();
    await admit(email);
    return phone;
  }

  it("goes from the invitation to the first case, with a phone set up on the way", async () => {
    await report("told to whoever comes first");
    await takeUp(await invite("tara@journey.test"));
    expect(await page.textContent("p.code")).toMatch(/^[0-9A-Z-]{24}$/);
    await signIn("tara@journey.test");
    await page.goto("/staff/cases");
    expect(new URL(page.url()).pathname).toBe("/staff/second-factor");
    await giveCode();
    await page.goto("/staff/cases");
    expect(await page.locator("main table a").count()).toBe(0);
    await admit("tara@journey.test");
    expect(await readFirst()).toContain("told to whoever comes first");
  });

  it("is recovered with the code that was shown once, and the phone is still asked for", async () => {
    await report("told before");
    const email = "code@journey.test";
    await takeUp(await invite(email));
    const code = (await page.textContent("p.code")) ?? "";
    await signIn(email);
    const phone = await giveCode();
    await admit(email);
    opened.server.pass(2 * MINUTE);
    await page.goto("/staff");
    await page.context().clearCookies();
    await page.goto("/staff/recover");
    await page.fill("#email", email);
    await page.fill("#recovery", code.toLowerCase());
    await page.fill("#password", NEW_PASSWORD);
    await page.locator("main form .button").first().click();
    expect(await page.textContent("p.code")).not.toBe(code);
    await signIn(email);
    await giveCode(phone);
    expect(await readFirst()).toContain("told");
  });

  it("is recovered by a colleague of the same desk", async () => {
    await join("lost@journey.test");
    opened.server.pass(2 * MINUTE);
    const made = await operator.post(`${TEAM}/${await idOf("lost@journey.test")}/recover`, {});
    await page.context().clearCookies();
    await takeUp(linkOn(await operator.get(made.path)));
    await signIn("lost@journey.test");
    await giveCode();
    await page.goto("/staff/cases");
    expect(await page.locator("main table a").count()).toBe(0);
    // Whoever gave the link does not let in whom it made: two colleagues have to look.
    expect((await admit("lost@journey.test")).status).toBe(409);
    await admit("lost@journey.test", colleague);
    expect(await readFirst()).toContain("told");
  });

  it("is recovered with the offline identity where no colleague is left to let the person in", async () => {
    const email = "alone@journey.test";
    await join(email);
    opened.server.pass(2 * MINUTE);
    const made = await admin.post(`/staff/people/${await idOf(email)}/recover`, {});
    await page.context().clearCookies();
    await takeUp(linkOn(await admin.get(made.path)));
    await signIn(email);
    await giveCode();
    await admitByRecovery(opened.server.platform, email, RECOVERY_KEYS.identity);
    expect(await readFirst()).toContain("told");
  });

  it("is out at once when the person is removed, and its keys open nothing newer", async () => {
    const email = "gone@journey.test";
    await join(email);
    expect(await readFirst()).toContain("told");
    const personId = await idOf(email);
    const held = await opened.server.platform.db.read((reader) => listReachableDeskKeys(reader, personId));
    opened.server.pass(2 * MINUTE);
    await admin.post(`${TEAM}/${personId}/remove`, {});
    await page.reload();
    expect(new URL(page.url()).pathname).toBe("/staff");
    await page.goto("/staff/cases");
    expect(await page.locator("#email").count()).toBe(1);

    // The next colleague who signs in makes the desk's next key.
    await colleague.post("/staff/session", { email: COLLEAGUE, password: PASSWORD });
    await colleague.post("/staff/second-factor", { code: phones[2]?.codeAt(now()) ?? "" });
    await report("told after they had gone");
    const newest = await opened.server.database.raw(
      `select h.holder_id from holder h join compartment c on c.id = h.compartment_id
       join case_file f on f.id = c.case_id where h.kind = 'desk' and f.received_at =
       (select max(received_at) from case_file)`,
    );
    const keys = held.map(({ deskKeyId }) => deskKeyId);
    expect(newest.length).toBeGreaterThan(0);
    expect(newest.filter(({ holder_id }) => keys.includes(String(holder_id)))).toEqual([]);
  });
});
