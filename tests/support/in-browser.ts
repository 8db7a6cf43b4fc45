import type { BrowserContext, Page } from "playwright-core";
import type { Visitor } from "./browser.ts";

/** Begins a report in a real browser and returns the address of its pages, without the step. */
export async function beginIn(page: Page): Promise<string> {
  await page.goto("/en/report");
  await page.getByRole("button", { name: "I am a child or a young person" }).click();
  await page.waitForURL(/\/r\//);
  return page.url().replace(/\/1$/, "");
}

/** Lets a real browser go on where a visitor without one stands: signed in, or with a report that was begun. */
export async function goOnAs(
  context: BrowserContext,
  { cookies }: Pick<Visitor, "cookies">,
  url: string,
): Promise<void> {
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url })));
}

/** Gives the mandatory answers, sends, and returns the code that the page shows. */
export async function sendIn(page: Page): Promise<string> {
  await beginIn(page);
  for (const answer of ["danger=no", "role=victim_child", "identity=anonymous"]) {
    const [name, value] = answer.split("=");
    await page.locator(`input[name=${name}][value=${value}]`).check();
    await page.locator("main form .button").first().click();
    await page.waitForLoadState();
  }
  await page.locator("input[name=forms][value=social]").check();
  await page.locator("input[name=truthful]").check();
  await page.locator("main form .button").first().click();
  await page.locator("#territory").selectOption("unsure");
  await page.locator("main form .button").first().click();
  await page.waitForURL(/\/6$/);
  await page.locator("button[value=send]").click();
  await page.waitForURL(/\/done$/);
  return (await page.locator("p.code span").allTextContents()).join("");
}
