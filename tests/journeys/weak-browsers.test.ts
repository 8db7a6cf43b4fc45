import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { translator } from "#messages/messages.ts";
import { useBrowserAndServer } from "../support/browser-and-server.ts";
import { beginIn, sendIn } from "../support/in-browser.ts";
import { asOperaMiniReads, faultsSeen } from "../support/opera-mini.ts";

const opened = useBrowserAndServer();

const open = (more: Parameters<typeof opened.browser.newContext>[0] = {}): Promise<BrowserContext> =>
  opened.browser.newContext({ baseURL: opened.server.url, locale: "en-GB", ...more });

/** Pages of text alone lie alike, as do steps of choices alone; the full run opens them all. */
const PUBLIC = ["", "help", "computer", "report/one", "track"];
const STEPS = [4, 7, 10];
if (process.env.FULL) {
  PUBLIC.push("learn", "about", "privacy", "accessibility");
  STEPS.push(1, 2, 3, 5, 6, 8, 9);
}

describe("Opera Mini's extreme mode: no script, 240 pixels, and only the styles that it knows", () => {
  async function miniPage(): Promise<Page> {
    const context = await open({ javaScriptEnabled: false, viewport: { width: 240, height: 320 } });
    await context.route("**/app.css", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: asOperaMiniReads(await response.text()) });
    });
    return context.newPage();
  }

  it("shows every public page in order, with nothing over anything else and each button to be seen", async () => {
    const page = await miniPage();
    for (const path of PUBLIC) {
      await page.goto(`/sr/${path}`);
      const leave = page.locator("a.leave");
      expect(await leave.evaluate((link) => getComputedStyle(link).position)).toBe("static");
      // Two screens of a phone: who must leave cannot leaf through the whole page first.
      expect((await leave.boundingBox())?.y, path).toBeLessThan(640);
      expect(await faultsSeen(page), path).toEqual([]);
    }
    await page.context().close();
  });

  it("carries a report from its start to the code and to a message, each page likewise", async () => {
    const page = await miniPage();
    const code = await sendIn(page);
    expect(code).toMatch(/^\d{16}$/);
    expect(await faultsSeen(page)).toEqual([]);
    await page.goto("/en/track");
    await page.fill("#code", code);
    await page.click("main form .button");
    await page.fill("#words", "one more thing");
    expect(await faultsSeen(page)).toEqual([]);
    const at = await beginIn(page);
    for (const step of STEPS) {
      await page.goto(`${at}/${step}`);
      expect(await faultsSeen(page), `step ${step}`).toEqual([]);
    }
    await page.context().close();
  });

  it("says on the start page in every language whose servers see the pages", async () => {
    for (const lang of ["sr", "sr-Latn", "en"] as const) {
      const text = await (await fetch(`${opened.server.url}/${lang}/report`)).text();
      expect(text, lang).toContain(translator(lang)("journey.start.operaMini"));
    }
  });

  it("would show what it finds: what lies over, beside, outside, unseen or in another order", async () => {
    const page = await miniPage();
    await page.setContent(`<p style="position:absolute;top:0">over</p><p style="position:absolute;top:5px">under</p>
      <p style="width:500px">wide</p><input name="lonely"><button form="f" style="display:block">x</button>
      <form><button formaction="/x">y</button><button class="button" style="background:none;border:0">z</button></form>
      <h2 style="margin-top:900px">first</h2><p style="position:absolute;top:400px">second</p>`);
    const found = (await faultsSeen(page)).join("\n");
    for (const fault of [
      "lies over",
      "beside",
      "wider",
      "outside a form",
      "attribute alone",
      "needs formaction",
      "look like",
      "order",
    ])
      expect(found).toContain(fault);
    expect(asOperaMiniReads("a{b:c;d:var(--e)}@supports (x:y){i{j:k}}l:has(m){n:o}p{margin-inline:0;q:r}")).toBe(
      "a{b:c}p{q:r}",
    );
    await page.context().close();
  });
});

describe("a telephone that loses its line at every press", () => {
  it("ends with one report and its code, by loading again, in a real browser without a script", async () => {
    const before = (await opened.server.database.raw("select id from case_file")).length;
    const context = await open({ javaScriptEnabled: false });
    const page = await context.newPage();
    /** Presses without a line, and loads the page that did not come once there is one. */
    const press = async (selector: string) => {
      await context.setOffline(true);
      await page.locator(selector).first().click({ noWaitAfter: true });
      await page.waitForURL(/chrome-error:|.*/);
      await page.waitForFunction(() => document.querySelector("main") === null);
      await context.setOffline(false);
      await page.reload();
    };
    await page.goto("/en/report");
    await press("main form .button");
    for (const answer of ["danger=no", "role=victim_child", "identity=anonymous"]) {
      const [name, value] = answer.split("=");
      await page.locator(`input[name=${name}][value=${value}]`).check();
      await press("main form .button");
    }
    await page.locator("input[name=forms][value=social]").check();
    await page.locator("#story").fill("they laugh at me");
    await page.locator("input[name=truthful]").check();
    await press("main form .button");
    await page.locator("#territory").selectOption("unsure");
    await press("main form .button");
    await press("button[value=send]");
    expect((await page.locator("p.code span").allTextContents()).join("")).toMatch(/^\d{16}$/);
    expect((await opened.server.database.raw("select id from case_file")).length - before).toBe(1);
    await context.close();
  });
});

describe("a shared computer with a script", () => {
  /** A page of a report that would leave by itself after two seconds instead of five minutes. */
  async function shortPage(): Promise<Page> {
    const context = await open();
    const page = await context.newPage();
    await page.goto("/en/computer");
    await page.getByRole("button", { name: "Switch on" }).click();
    const at = await beginIn(page);
    await page.clock.install();
    await page.route("**/4", async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      expect(headers.refresh).toBe("300;url=/leave");
      await route.fulfill({ response, headers: { ...headers, refresh: "2;url=/leave" } });
    });
    await page.goto(`${at}/4`);
    return page;
  }

  it("stays with somebody who types, asks the service to stay too, and leaves five minutes after the last letter", async () => {
    const page = await shortPage();
    await page.locator("#story").pressSequentially("a long");
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await page.locator("#story").inputValue()).toBe("a long");
    const asked = page.waitForRequest("**/en/page");
    await page.clock.runFor(21_000);
    expect((await asked).method()).toBe("GET");
    await page.locator("#story").pressSequentially(" story");
    await page.clock.runFor(290_000);
    expect(await page.locator("#story").inputValue()).toBe("a long story");
    await page.clock.runFor(11_000);
    await page.waitForURL(`${opened.server.elsewhere}**`);
    await page.context().close();
  });

  it("leaves by itself where nobody types", async () => {
    const page = await shortPage();
    await page.waitForURL(`${opened.server.elsewhere}**`);
    await page.context().close();
  });
});
