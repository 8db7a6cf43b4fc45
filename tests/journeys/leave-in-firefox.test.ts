import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Firefox, hasFirefox, openFirefox } from "../support/firefox.ts";
import { unpaced } from "../support/journey.ts";
import { openTestServer, type TestServer } from "../support/server.ts";

const NOTHING = "There is nothing to show here.";

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

  async function leaveAndReturn(): Promise<string> {
    await firefox.click("a.leave");
    expect(await firefox.url()).toBe(server.elsewhere);
    await firefox.back();
    return firefox.text();
  }

  it("shows nothing of the start and of any step, whatever was typed", async () => {
    await firefox.go(`${server.url}/en/report`);
    expect(await leaveAndReturn()).not.toContain("Tell us");
    for (const step of ["1", "3/b", "4", "5", "6", "8", "10"]) {
      await startAnew();
      await firefox.go(`${server.url}/en/report`);
      await firefox.click("button[value=young]");
      const at = (await firefox.url()).replace(/\/1$/, "");
      await firefox.go(`${at}/${step}`);
      if (step === "4") await firefox.type("#story", "a secret");
      const seen = await leaveAndReturn();
      expect(seen, step).toContain(NOTHING);
      expect(seen, step).not.toContain("a secret");
    }
  }, 120_000);

  it("shows nothing of the page for the code, nor of the staff's sign-in", async () => {
    for (const path of ["/en/track", "/staff"]) {
      await startAnew();
      await firefox.go(`${server.url}${path}`);
      const seen = await leaveAndReturn();
      expect(seen, path).not.toMatch(/Type the code|Type your code|Password/);
    }
  });
});
