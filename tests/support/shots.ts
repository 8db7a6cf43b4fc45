import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openChromium } from "./chromium.ts";
import { startDemo } from "./demo.ts";
import { walkPages } from "./walk-pages.ts";

/** Writes every page of the demonstration into `shots/`, at 320 and 1280 px, light and dark. */
const FOLDER = "shots";
const service = await startDemo();
mkdirSync(FOLDER, { recursive: true });
const browser = await openChromium();
for (const width of [320, 1280]) {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, baseURL: service.url });
    const page = await context.newPage();
    const look = (name: string) =>
      page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    await walkPages({ page, lang: process.env.SHOTS_LANG ?? "sr", facts: service.facts, look });
    await context.close();
  }
}
await browser.close();
await service.stop();
