import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { useBrowserAndServer } from "../support/browser-and-server.ts";

const opened = useBrowserAndServer();
let page: Page;
beforeAll(async () => {
  const viewport = { width: 320, height: 480 };
  page = await (await opened.browser.newContext({ baseURL: opened.server.url, viewport })).newPage();
});

/** What is wrong with the place that has the focus: hidden by something fixed, off the screen, or without a mark. */
function focusFault(): Promise<string | undefined> {
  return page.evaluate(() => {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || active === document.body) return undefined;
    const name = `${active.tagName} ${active.id || active.textContent?.trim().slice(0, 30)}`;
    const shown = active.closest("label.choice") ?? active;
    const box = shown.getBoundingClientRect();
    if (box.bottom < 1 || box.top > innerHeight) return `${name} is off the screen`;
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    if (!top || !(shown.contains(top) || top.contains(shown))) return `${name} is covered by ${top?.className}`;
    const marked = [active, shown].some((each) => getComputedStyle(each).outlineStyle !== "none");
    return marked ? undefined : `${name} shows no focus`;
  });
}

/** Adds a style as a script may, since the policy of the pages forbids every other way. */
function style(rules: string): Promise<void> {
  return page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, rules);
}

/** Goes through a page with the Tab key and says what is wrong on the way. */
async function tabThrough(): Promise<{ stops: number; faults: string[] }> {
  const faults: string[] = [];
  let stops = 0;
  const isLast = () => page.evaluate(() => document.activeElement === document.body);
  for (; stops < 120; stops++) {
    await page.keyboard.press("Tab");
    if (stops > 0 && (await isLast())) break;
    const fault = await focusFault();
    if (fault) faults.push(fault);
  }
  return { stops, faults };
}

describe("the keyboard", () => {
  it("reaches everything on a small screen, with the focus always to be seen", async () => {
    for (const path of ["/en/", "/en/help", "/en/report", "/en/track", "/staff"]) {
      await page.goto(path);
      const { stops, faults } = await tabThrough();
      expect(stops, path).toBeGreaterThan(6);
      expect(faults, path).toEqual([]);
    }
  });

  it("would notice a place that something fixed covers, and one without a mark", async () => {
    await page.goto("/en/track");
    await style(".cover{position:fixed;inset:0;z-index:9;background:red}");
    await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<div class="cover"></div>'));
    expect((await tabThrough()).faults.join()).toContain("is covered by cover");
    await page.goto("/en/track");
    await style("*{outline:0!important}");
    expect((await tabThrough()).faults.join()).toContain("shows no focus");
  });

  it("alone brings a report from the home page to its code", async () => {
    await page.goto("/en/");
    await focusOn((text) => text.includes("I want to report"));
    await page.keyboard.press("Enter");
    await page.waitForURL(/report$/);
    await focusOn((text) => text === "I am a child or a young person");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/1$/);
    for (const value of ["no", "victim_child", "anonymous"]) {
      await choose(value);
      await goOn();
    }
    await choose("social");
    await choose("yes");
    await goOn();
    await focusOn((_, id) => id === "territory");
    await page.keyboard.type("Not sure");
    await page.keyboard.press("ArrowDown");
    await goOn();
    await focusOn((text) => text === "Send now");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/done$/);
    expect((await page.locator("p.code span").allTextContents()).join("")).toMatch(/^\d{16}$/);
  });

  it("of a form with errors begins at their summary, and its links lead to the fields", async () => {
    await page.goto("/en/track");
    await page.fill("#code", "12");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".error-summary");
    expect(await page.title()).toMatch(/^Error: /);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("error-summary");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("code");
  });
});

/** Presses Tab until the place that is looked for has the focus. */
async function focusOn(found: (text: string, id: string, value: string) => boolean): Promise<void> {
  for (let stop = 0; stop < 120; stop++) {
    await page.keyboard.press("Tab");
    const { text, id, value } = await page.evaluate(() => {
      const active = document.activeElement as HTMLInputElement;
      return { text: active.textContent?.trim() ?? "", id: active.id, value: active.value ?? "" };
    });
    if (found(text, id, value)) return;
  }
  throw new Error(`not reached with Tab on ${page.url()}`);
}

/** A group of radio buttons is one stop; arrows move inside it. */
async function choose(value: string): Promise<void> {
  const radio = page.locator(`input[type=radio][value=${value}]`);
  if (await radio.count()) {
    const name = await radio.getAttribute("name");
    const first = await page
      .locator(`input[name=${name}]`)
      .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
    await focusOn((_, __, current) => first.includes(current));
    for (let arrow = 0; arrow < 30 && !(await radio.isChecked()); arrow++) await page.keyboard.press("ArrowDown");
  } else {
    await focusOn((_, __, current) => current === value);
    await page.keyboard.press("Space");
  }
}

async function goOn(): Promise<void> {
  const before = page.url();
  await focusOn((text) => text === "Continue");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.href !== before);
}
