import { describe, expect, it } from "vitest";
import { useBrowserAndServer } from "../support/browser-and-server.ts";

const LATENCY_MS = 2_000;
const BYTES_PER_SECOND = 50_000 / 8;
/** Nobody has to wait longer than this for a page: what Chromium itself allows is far more. */
const LONGEST_WAIT_MS = 15_000;

/** Too slow for every run: `npm run test:full` sets FULL. */
describe.runIf(process.env.FULL)("a line of 50 kbit/s with 2 s of latency, without a script", () => {
  const opened = useBrowserAndServer();

  it("carries a report with its mandatory answers from home to the code", async () => {
    const context = await opened.browser.newContext({
      baseURL: opened.server.url,
      javaScriptEnabled: false,
      locale: "en-GB",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(LONGEST_WAIT_MS);
    const line = await context.newCDPSession(page);
    await line.send("Network.enable");
    await line.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: LATENCY_MS,
      downloadThroughput: BYTES_PER_SECOND,
      uploadThroughput: BYTES_PER_SECOND,
    });
    const waits: number[] = [];
    const go = async (act: () => Promise<unknown>) => {
      const from = performance.now();
      await act();
      await page.waitForLoadState("load");
      waits.push(performance.now() - from);
    };
    const press = (name: RegExp) => go(() => page.getByRole("button", { name }).first().click());
    const choose = (name: string, value: string) => page.locator(`input[name=${name}][value=${value}]`).check();

    await go(() => page.goto("/en/"));
    await go(() => page.locator('main a[href="/en/report"]').first().click());
    await press(/I am a child/);
    for (const [name, value] of [
      ["danger", "no"],
      ["role", "victim_child"],
      ["identity", "anonymous"],
    ] as const) {
      await choose(name, value);
      await press(/Continue/);
    }
    await choose("forms", "physical");
    await page.locator("#story").fill("They push me in the corridor.");
    await choose("truthful", "yes");
    await press(/Continue/);
    await choose("environment", "family");
    await page.locator("#territory").selectOption("rs-zemun");
    await press(/Continue/);
    await press(/Send now/);

    expect((await page.locator("p.code span").allTextContents()).join("")).toMatch(/^\d{16}$/);
    expect(await opened.server.database.raw("select id from case_file")).toHaveLength(1);
    expect(Math.min(...waits), "the line is slow").toBeGreaterThan(LATENCY_MS);
    await context.close();
  }, 180_000);
});
