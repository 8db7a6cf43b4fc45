import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { loadConfig } from "../../src/config.ts";
import { type DemoFacts, prepareDemo } from "../../src/demo/prepare-demo.ts";
import { startService } from "../../src/serve.ts";
import { openChromium } from "./chromium.ts";

/** Writes every page of the demonstration into `shots/`, at 320 and 1280 px, light and dark. */
const FOLDER = "shots";
const data = mkdtempSync(join(tmpdir(), "cuvam-te-shots-"));
let facts: DemoFacts | undefined;
const service = await startService(loadConfig({ DATA_DIR: join(data, "store"), PORT: "0" }), {
  demo: true,
  prepare: async (platform) => {
    facts = await prepareDemo(platform, "RS");
  },
});
mkdirSync(FOLDER, { recursive: true });
const browser = await openChromium();
for (const width of [320, 1280]) {
  for (const colorScheme of ["light", "dark"] as const) await shootAll(browser, { width, colorScheme });
}
await browser.close();
await service.stop();

async function shootAll(from: Browser, { width, colorScheme }: { width: number; colorScheme: "light" | "dark" }) {
  const context = await from.newContext({ viewport: { width, height: 800 }, colorScheme, baseURL: service.url });
  const page = await context.newPage();
  const shoot = (name: string) =>
    page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`), fullPage: true });
  for (const path of ["", "help", "about", "privacy", "page", "report", "track", "missing"]) {
    await page.goto(`/sr/${path}`);
    await shoot(`public-${path || "home"}`);
  }
  await shootJourney(page, shoot);
  await shootTracking(page, shoot);
  await shootStaff(page, shoot);
  await context.close();
}

type Shoot = (name: string) => Promise<Buffer>;

async function shootJourney(page: Page, shoot: Shoot): Promise<void> {
  // The school page has a search button before the one that goes on.
  const next = () => page.click("main form .button:not([value=search])");
  await page.goto("/sr/report");
  await next();
  await shoot("journey-01");
  await next();
  await shoot("journey-01-error");
  const answers = ["danger=no", "role=victim_child", "identity=anonymous"];
  for (const [at, answer] of answers.entries()) {
    const [name, value] = answer.split("=");
    await page.check(`input[name=${name}][value=${value}]`);
    await next();
    await shoot(`journey-0${at + 2}`);
  }
  await page.check("input[name=forms][value=physical]");
  await page.check("input[name=truthful]");
  await next();
  await shoot("journey-05");
  await page.check("input[name=environment][value=education]");
  await page.selectOption("select[name=territory]", "rs-nis");
  for (const name of ["05-school", "06", "07", "08", "09", "10", "done"]) {
    await next();
    await shoot(`journey-${name}`);
  }
  if (!page.url().endsWith("/done")) throw new Error(`the journey ended at ${page.url()}`);
}

async function shootTracking(page: Page, shoot: Shoot): Promise<void> {
  await page.goto("/sr/track");
  await page.fill("#code", facts?.codes.find(({ state }) => state === "answered")?.code ?? "");
  await page.click("main form .button");
  await shoot("tracking-case");
}

async function shootStaff(page: Page, shoot: Shoot): Promise<void> {
  const account = facts?.accounts[0];
  await page.goto("/staff");
  await shoot("staff-sign-in");
  await page.fill("#email", account?.email ?? "");
  await page.fill("#password", account?.password ?? "");
  await page.click("main form .button");
  await shoot("staff-inbox");
  await page.click("table a >> nth=2");
  await shoot("staff-case");
  await page.goto("/staff/account");
  await shoot("staff-account");
  await page.goto("/staff/cases?status=closed&form=sexual");
  await shoot("staff-inbox-empty");
}
