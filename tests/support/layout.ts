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

/** Whatever begins elsewhere than at the side where reading begins: the heading, the mark, what a field holds. */
export function misalignedAtStart(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isRight = document.documentElement.dir === "rtl";
    const main = document.querySelector("main") as HTMLElement;
    const box = main.getBoundingClientRect();
    const edge = isRight
      ? box.right - Number.parseFloat(getComputedStyle(main).paddingRight)
      : box.left + Number.parseFloat(getComputedStyle(main).paddingLeft);
    const wrong: string[] = [];
    const check = (what: string, { left, right }: DOMRect, room: number) => {
      const gap = isRight ? edge - right : left - edge;
      if (Math.abs(gap) > room) wrong.push(`${what} begins ${Math.round(gap)} px from the edge`);
    };
    const heading = document.querySelector("h1");
    if (heading && !heading.closest(".bad")) {
      const range = document.createRange();
      range.selectNodeContents(heading);
      check("heading", range.getBoundingClientRect(), 2);
    }
    const mark = document.querySelector(".mark img");
    if (mark && !document.body.matches(".staff")) check("mark", mark.getBoundingClientRect(), 4);
    for (const input of document.querySelectorAll(".choice input")) check("choice", input.getBoundingClientRect(), 44);
    for (const item of document.querySelectorAll("main > .timeline b")) check("timeline", rangeOf(item), 54);
    function rangeOf(element: Element): DOMRect {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getBoundingClientRect();
    }
    return wrong;
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
