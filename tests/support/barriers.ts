import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Axe {
  run(
    options: object,
  ): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] }>;
}

const ALL = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const COLOURS = ["color-contrast", "link-in-text-block"];
const ruled = (enabled: boolean) => Object.fromEntries(COLOURS.map((rule) => [rule, { enabled }]));

const OPTIONS = {
  all: { runOnly: ALL, rules: { "target-size": { enabled: true } } },
  /** What other colours can change on a page that was looked at before. */
  colours: { runOnly: { type: "rule", values: COLOURS } },
  /** What another width can change. */
  shapes: { runOnly: ALL, rules: { "target-size": { enabled: true }, ...ruled(false) } },
} as const;

/**
 * What axe finds on a page (WCAG 2.2 AA), one line each; it needs a script, which the pages themselves do not.
 * @param what everything, or only a part on a page that was looked at before
 */
export async function barriersOn(page: Page, what: keyof typeof OPTIONS = "all"): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (chosen) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run({ ...chosen, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
  }, OPTIONS[what]);
}

/** How wide a page really is, in pixels: more than the screen where something sticks out. */
export function widthOf(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth));
}
