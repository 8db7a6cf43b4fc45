import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATOR, PASSWORD } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { type Firefox, hasFirefox, openFirefox } from "../support/firefox.ts";
import { sendShortReport, unpaced } from "../support/journey.ts";
import { NOTHING } from "../support/leave-and-return.ts";
import { openTestServer, type TestServer } from "../support/server.ts";

const SECRET = "a secret";

/** In the full run, where a Firefox is installed: it keeps pages for Back in its own way. */
describe.runIf(process.env.FULL && hasFirefox)("leaving and going back in Firefox", () => {
  let server: TestServer;
  let firefox: Firefox;
  beforeAll(async () => {
    server = await openTestServer(unpaced());
    firefox = await openFirefox();
  });
  afterAll(async () => {
    await firefox?.close();
    await server?.close();
  });

  /** Cookies belong to a site, so that its page has to be open to forget them. */
  async function startAnew(): Promise<void> {
    await firefox.go(`${server.url}/en/`);
    await firefox.forgetCookies();
  }

  /** Opens a page by way of itself: the script takes what is open out of the history, and Back leads to what was before. */
  async function goTwice(path: string): Promise<void> {
    for (const query of ["?before=1", ""]) await firefox.go(`${server.url}${path}${query}`);
  }

  /** Leaves from a page that says what it should, and goes back to one that says nothing; its words, as a whole. */
  async function leaveAndReturn(said: string): Promise<string> {
    expect(await firefox.text()).toContain(said);
    await firefox.click("a.leave");
    await expect.poll(() => firefox.url()).toBe(server.elsewhere);
    await firefox.back();
    await expect.poll(() => firefox.text()).toContain(NOTHING);
    const seen = await firefox.text();
    expect(seen).not.toContain(said);
    expect(seen).not.toContain(SECRET);
    return seen;
  }

  /** Begins a report and returns the address of its pages. */
  async function begin(): Promise<string> {
    await startAnew();
    await firefox.go(`${server.url}/en/report`);
    await firefox.click("button[value=young]");
    await expect.poll(() => firefox.url()).toMatch(/\/1$/);
    return (await firefox.url()).replace(/\/1$/, "");
  }

  async function choose(...selectors: readonly string[]): Promise<void> {
    for (const each of selectors) await firefox.click(each);
  }

  it("shows nothing of the start and of any step, whatever was typed", async () => {
    await startAnew();
    await goTwice("/en/report");
    await leaveAndReturn("What happens with a report");
    for (const step of ["1", "2", "3", "3/b", "4", "5", "6", "7", "8", "9", "10"]) {
      await firefox.go(`${await begin()}/${step}`);
      if (step === "4") await firefox.type("#story", SECRET);
      await leaveAndReturn(`Step ${step.split("/")[0]} of 10`);
    }
  }, 120_000);

  it("shows nothing of a code that was just given, nor of the report behind it", async () => {
    const at = await begin();
    const answers = [["danger=no"], ["role=victim_child"], ["identity=anonymous"], ["forms=social", "truthful=yes"]];
    for (const given of answers) {
      const before = await firefox.url();
      await choose(...given.map((each) => `input[name=${each.replace("=", "][value=")}]`), "main form .button");
      await expect.poll(() => firefox.url()).not.toBe(before);
    }
    await choose("#territory option[value=unsure]", "main form .button");
    await expect.poll(() => firefox.url()).toBe(`${at}/6`);
    await choose("button[value=send]");
    await expect.poll(() => firefox.url()).toBe(`${at}/done`);
    const [code = ""] = /\d{4} \d{4} \d{4} \d{4}/.exec(await firefox.text()) ?? [];
    expect(await leaveAndReturn(code)).not.toContain(code.slice(0, 4));
  }, 60_000);

  it("shows nothing of an opened report, of what was typed there, and of a page that answered a form", async () => {
    const { code } = await sendShortReport(newVisitor(server));
    await startAnew();
    await firefox.go(`${server.url}/en/track`);
    await firefox.type("#code", code);
    await choose("main form .button");
    await expect.poll(() => firefox.text()).toContain("What happened so far");
    await firefox.type("#words", SECRET);
    await leaveAndReturn("What happened so far");
    await startAnew();
    await firefox.go(`${server.url}/en/report/one`);
    await firefox.type("#story", SECRET);
    await choose("main form p.actions .button");
    await expect.poll(() => firefox.text()).toContain("is missing");
    await choose("a.leave");
    await expect.poll(() => firefox.url()).toBe(server.elsewhere);
    await firefox.back();
    expect(await firefox.text()).not.toContain(SECRET);
    await firefox.reload();
    await expect.poll(() => firefox.text()).toContain(NOTHING);
    expect(await firefox.text()).not.toContain(SECRET);
  }, 60_000);

  it("shows nothing of the page for the code, nor of what the staff see", async () => {
    const staff: readonly (readonly [path: string, said: string])[] = [
      ["/staff", "Password"],
      ["/staff/cases", "Reports"],
      ["/staff/account", OPERATOR],
    ];
    await startAnew();
    await goTwice("/en/track");
    await leaveAndReturn("Code");
    for (const [path, said] of staff) {
      await startAnew();
      await goTwice("/staff");
      if (path !== "/staff") {
        await firefox.type("#email", OPERATOR);
        await firefox.type("#password", PASSWORD);
        await choose("main form .button");
        await expect.poll(() => firefox.url()).toContain("/staff/cases");
        await firefox.go(`${server.url}${path}`);
      }
      await leaveAndReturn(said);
    }
  }, 60_000);
});
