import type { Page } from "playwright-core";

/** Adds a style as a script may, since the policy of the pages forbids every other way; undone by the next page. */
export function addStyle(page: Page, rules: string): Promise<void> {
  return page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, rules);
}

/** Links, buttons and fields that are smaller than this; a link inside a sentence is as small as its line (WCAG 2.5.8). */
export function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((most) => {
    const isInSentence = (element: Element) =>
      getComputedStyle(element).display === "inline" &&
      [...(element.parentElement?.childNodes ?? [])].some((node) => node.nodeType === 3 && node.textContent?.trim());
    const targets = "a[href]:not(.skip), button, summary, select, textarea, input:not([type=hidden]), label.choice";
    return [...document.querySelectorAll<HTMLElement>(targets)].flatMap((element) => {
      const target = element.closest("label") ?? element;
      const { width, height } = target.getBoundingClientRect();
      const hidden = width < 2 || target.closest(".visually-hidden") || element.tabIndex < 0;
      if (hidden || isInSentence(element) || (width >= most - 0.5 && height >= most - 0.5)) return [];
      return [
        `${element.tagName} ${element.textContent?.trim().slice(0, 30)} ${Math.round(width)}x${Math.round(height)}`,
      ];
    });
  }, least);
}

/**
 * What is wrong with how a page lies, read from the right and from the left: wider than the screen, or beginning
 * elsewhere than at the side where reading begins. One trip to the browser, since each costs as much as the measuring.
 */
export function lyingFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const main = document.querySelector("main") as HTMLElement;
    const rangeOf = (element: Element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect();
    };
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    return ["rtl", "ltr"].flatMap((dir) => {
      root.dir = dir;
      const faults: string[] = [];
      const wide = Math.max(root.scrollWidth, document.body.scrollWidth);
      if (wide > innerWidth) faults.push(`${dir}: ${wide} px wide on ${innerWidth}`);
      const box = main.getBoundingClientRect();
      const edge = dir === "rtl" ? box.right - 16 : box.left + 16;
      const check = (what: string, { left, right }: DOMRect, room: number) => {
        const gap = dir === "rtl" ? edge - right : left - edge;
        if (Math.abs(gap) > room) faults.push(`${dir}: ${what} begins ${Math.round(gap)} px from the edge`);
      };
      for (const heading of all("h1:not(.bad h1)")) check("heading", rangeOf(heading), 2);
      for (const mark of all(".mark img")) check("mark", mark.getBoundingClientRect(), 4);
      for (const input of all(".choice input")) check("choice", input.getBoundingClientRect(), 44);
      for (const item of all("main > .timeline b")) check("timeline", rangeOf(item), 54);
      return faults;
    });
  });
}

/** The digits of the code on a page as an eye meets them, line by line from the left. */
export function digitsSeen(page: Page): Promise<string> {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll(".code span")].map((group) => {
      const { top, left } = group.getBoundingClientRect();
      return { top: Math.round(top), left, text: group.textContent };
    });
    return seen
      .sort((one, other) => one.top - other.top || one.left - other.left)
      .map(({ text }) => text)
      .join("");
  });
}

/** What a sheet of paper shows that it should not: controls, and grounds that eat ink. */
export function wasteOnPaper(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll<HTMLElement>("body, body *")].filter((each) => each.checkVisibility());
    const controls = seen.filter((each) =>
      each.matches("button, .button, .leave, .skip, .languages *, footer *, nav *"),
    );
    const dark = seen.filter((each) => {
      const [red = 255, green = 255, blue = 255, alpha = 1] =
        getComputedStyle(each)
          .backgroundColor.match(/[\d.]+/g)
          ?.map(Number) ?? [];
      return alpha > 0 && red + green + blue < 600;
    });
    return [...controls, ...dark].map((each) => `${each.tagName}.${each.className}`);
  });
}
