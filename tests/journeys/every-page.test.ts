import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriersOn, widthOf } from "../support/barriers.ts";
import { openChromium } from "../support/chromium.ts";
import { type RunningDemo, startDemo } from "../support/demo.ts";
import { walkPages } from "../support/walk-pages.ts";

const PHONE = { width: 320, height: 640 };
const LANGUAGES = ["sr", "sr-Latn", "en"];

/** Too long for every run: `npm run test:full` sets FULL. */
describe.runIf(process.env.FULL)("every page of the demonstration", () => {
  let service: RunningDemo;
  let browser: Browser;

  beforeAll(async () => {
    service = await startDemo();
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  interface Setting {
    readonly lang: string;
    readonly colorScheme: "light" | "dark" | "no-preference";
    readonly javaScriptEnabled: boolean;
    readonly forcedColors?: "active";
  }

  /** Walks through all pages and says what is wrong on each. */
  async function walk({ lang, ...setting }: Setting): Promise<{ pages: number; wrong: string[] }> {
    const context = await browser.newContext({ viewport: PHONE, baseURL: service.url, ...setting });
    const page = await context.newPage();
    const wrong: string[] = [];
    let pages = 0;
    page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
    page.on("console", (line) => {
      // A missing page is part of the walk.
      if (line.type() === "error" && !line.text().includes("status of 4")) wrong.push(`console: ${line.text()}`);
    });
    const look = async (name: string) => {
      pages++;
      const width = await widthOf(page);
      if (width > PHONE.width) wrong.push(`${name} is ${width} px wide`);
      const shown = await page.locator("html").getAttribute("lang");
      if (shown?.replace("-Cyrl", "") !== lang && name !== "staff-sign-in") wrong.push(`${name} is in ${shown}`);
      if (setting.javaScriptEnabled) wrong.push(...(await barriersOn(page)).map((barrier) => `${name} ${barrier}`));
    };
    await walkPages({ page, lang, facts: service.facts, look });
    await context.close();
    return { pages, wrong };
  }

  const SETTINGS = LANGUAGES.flatMap((lang) => [
    { lang, colorScheme: "light" as const, javaScriptEnabled: true },
    { lang, colorScheme: "dark" as const, javaScriptEnabled: true },
    { lang, colorScheme: "light" as const, javaScriptEnabled: true, forcedColors: "active" as const },
    { lang, colorScheme: "light" as const, javaScriptEnabled: false },
  ]);

  it.each(SETTINGS)(
    "has no barrier and fits a phone: $lang, $colorScheme, scripts $javaScriptEnabled, forced colours $forcedColors",
    async (setting) => {
      const { pages, wrong } = await walk(setting);
      expect(pages).toBeGreaterThan(25);
      expect(wrong).toEqual([]);
    },
    180_000,
  );
});
