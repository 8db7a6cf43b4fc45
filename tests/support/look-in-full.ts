import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChromium } from "./chromium.ts";
import { lookAtEvery } from "./look-at-pages.ts";
import { type OpenWalk, openWalk } from "./open-walk.ts";
import { walkPages } from "./walk-pages.ts";
import type { WalkedPage } from "./walker.ts";

/**
 * Looks at every page in one language: a file each, so that they run beside each other.
 * @param wide also on a desk, where words of another language lie in the same columns
 */
export function lookInFull(lang: string, wide: boolean): void {
  // Too long for every run: `npm run test:full` sets FULL.
  describe.runIf(process.env.FULL)(`every page in ${lang}`, () => {
    const pages: WalkedPage[] = [];
    let open: OpenWalk;
    let browser: Browser;
    beforeAll(async () => {
      [open, browser] = await Promise.all([openWalk(), openChromium()]);
      await walkPages(open.world, lang, (page) => pages.push(page));
    });
    afterAll(async () => {
      await browser?.close();
      await open?.close();
    });

    it("has no barrier in any colour, on every screen, with scripts and without, and fits both", async () => {
      expect(pages.length).toBeGreaterThan(140);
      expect(await lookAtEvery(browser, open.server.url, pages, { colours: new Set(), wide: () => wide })).toEqual([]);
    }, 900_000);
  });
}
