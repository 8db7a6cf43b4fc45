import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openChromium } from "./chromium.ts";
import { startDemo } from "./demo.ts";
import { addStyle } from "./layout.ts";
import { openWalked } from "./open-walked.ts";
import { walkPages } from "./walk-pages.ts";
import type { WalkedPage } from "./walker.ts";

/** Writes every page of the demonstration into `shots/`, at 320 and 1280 px, light and dark; SHOTS_ONLY picks by name. */
const FOLDER = "shots";
/** A picture of the whole page is taller than the screen, whose foot would lie across its middle. */
const LEAVE_AT_THE_END = `body{position:relative}body:not(.staff) .leave{position:absolute!important}
@media (max-width:759px){.leave{position:absolute!important}}`;
const wanted = new RegExp(process.env.SHOTS_ONLY ?? "");
const service = await startDemo();
const pages: WalkedPage[] = [];
await walkPages(service.world, process.env.SHOTS_LANG ?? "sr", (page) => pages.push(page));
mkdirSync(FOLDER, { recursive: true });
const browser = await openChromium();
for (const width of [320, 1280]) {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    for (const walked of pages.filter(({ name }) => wanted.test(name))) {
      await openWalked(page, service.url, walked);
      await addStyle(page, LEAVE_AT_THE_END);
      await page.screenshot({ path: join(FOLDER, `${walked.name}-${width}-${colorScheme}.png`), fullPage: true });
    }
    await context.close();
  }
}
await browser.close();
await service.stop();
