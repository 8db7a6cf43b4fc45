import type { Page } from "playwright-core";

export const NOTHING = "There is nothing to show here.";

/** Leaves by the link of the page that is open and says what stands there after Back, Back again and Forward twice. */
export async function leaveAndReturn(page: Page, elsewhere: string): Promise<string[]> {
  await page.locator("a.leave").click();
  await page.waitForURL(elsewhere);
  const seen: string[] = [];
  for (const go of ["goBack", "goBack", "goForward", "goForward"] as const) {
    // A page that answered a form is not kept: the browser shows its own error, until somebody lets it send the form again.
    const missed = await page[go]().then(
      () => false,
      (error: Error) => /ERR_CACHE_MISS/.test(error.message) || Promise.reject(error),
    );
    if (missed) {
      await page.waitForURL(/^chrome-error:/);
      await page.reload();
    }
    await page.waitForLoadState();
    seen.push(await shownOn(page));
  }
  return seen;
}

/** With a script the page was replaced, so that Back can lead out of the site altogether. */
async function shownOn(page: Page): Promise<string> {
  if (page.url() === "about:blank") return NOTHING;
  return (await page.locator("main, body:not(:has(main))").first().textContent()) ?? "";
}
