import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { OPERATOR, PASSWORD } from "../support/app.ts";
import { useBrowserAndServer } from "../support/browser-and-server.ts";
import { beginIn, sendIn } from "../support/in-browser.ts";

/** All of them in the full run; each costs seconds in a real browser. */
const STEPS = process.env.FULL
  ? ["1", "2", "3", "3/contact", "4", "5", "5/school", "5/online", "6", "7", "8", "9", "10", "1/a"]
  : ["4"];

const opened = useBrowserAndServer();

/** Leaves from the page that is open, goes back, and says what stands there then. */
async function leaveAndReturn(page: Page): Promise<string> {
  await page.locator("a.leave").click();
  await page.waitForURL(opened.server.elsewhere);
  await page.goBack();
  await page.waitForLoadState();
  // With a script the page was replaced, so that Back can lead out of the site altogether.
  return page.url() === "about:blank" ? NOTHING : ((await page.locator("body").textContent()) ?? "");
}

const NOTHING = "There is nothing to show here.";

async function newPage(javaScriptEnabled: boolean): Promise<Page> {
  const context = await opened.browser.newContext({ baseURL: opened.server.url, javaScriptEnabled });
  return context.newPage();
}

/** Without a script it is hardest; with one the full run looks as well. */
describe.each(process.env.FULL ? [false, true] : [false])("leaving and going back, scripts %s", (javaScriptEnabled) => {
  it("shows nothing of any step, whatever was typed", async () => {
    const page = await newPage(javaScriptEnabled);
    for (const step of STEPS) {
      await page.context().clearCookies();
      const at = await beginIn(page);
      await page.goto(`${at}/${step}`);
      const box = page.locator("main textarea, main input[type=text]").first();
      if (await box.count()) await box.fill("a secret");
      const seen = await leaveAndReturn(page);
      expect(seen, step).toContain(NOTHING);
      expect(seen, step).not.toContain("a secret");
    }
    await page.context().close();
  }, 120_000);

  it("shows neither the start, nor the code, nor the report behind it", async () => {
    const page = await newPage(javaScriptEnabled);
    await page.goto("/en/report");
    expect(await leaveAndReturn(page)).toContain(NOTHING);
    await page.context().clearCookies();
    const code = await sendIn(page);
    const done = await leaveAndReturn(page);
    expect(done).toContain(NOTHING);
    expect(done.replace(/\s/g, "")).not.toContain(code);
    await page.context().clearCookies();
    await page.goto("/en/track");
    await page.fill("#code", code);
    expect(await leaveAndReturn(page)).toContain(NOTHING);
    await page.context().clearCookies();
    await page.goto("/en/track");
    await page.fill("#code", code);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".timeline");
    expect(await leaveAndReturn(page)).toContain(NOTHING);
    await page.context().close();
  });

  it("shows no page of the staff", async () => {
    const page = await newPage(javaScriptEnabled);
    for (const path of process.env.FULL ? ["/staff", "/staff/cases", "case", "/staff/account"] : ["case"]) {
      await page.context().clearCookies();
      await page.goto("/staff");
      if (path !== "/staff") {
        await page.fill("#email", OPERATOR);
        await page.fill("#password", PASSWORD);
        await page.keyboard.press("Enter");
        await page.waitForURL(/cases/);
        if (path === "case") await page.locator("table a").first().click();
        else await page.goto(path);
      }
      expect(await leaveAndReturn(page), path).toContain(NOTHING);
    }
    await page.context().close();
  });
});

describe("the page with the numbers", () => {
  it("is never taken away by leaving", async () => {
    const page = await newPage(false);
    await page.goto("/en/report");
    await leaveAndReturn(page);
    await page.goto("/en/help");
    expect(await page.locator("a[href='tel:192']").count()).toBeGreaterThan(1);
    await page.context().close();
  });
});
