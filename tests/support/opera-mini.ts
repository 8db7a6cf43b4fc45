import type { Page } from "playwright-core";

/** What the extreme mode of Opera Mini (Presto 2.12 on its maker's servers) does not know; other rules it applies. */
const UNKNOWN = [
  /var\(/,
  /\b(?:clamp|min|max|calc)\(/,
  /^(?:grid|inset|accent-color|overflow-wrap|scroll-)/,
  /^(?:margin|padding|border)-(?:inline|block)/,
  /^position:\s*(?:sticky|fixed)/,
  /^display:\s*(?:inline-)?grid/,
];

/** The stylesheet as that browser reads it. */
export function asOperaMiniReads(css: string): string {
  const kept = withoutBlocks(
    css.replace(/\/\*[\s\S]*?\*\//g, ""),
    /@(?:supports|keyframes)|@media[^{]*(?:prefers|forced)/,
  );
  return kept.replace(/([^{}]+)\{([^{}]*)\}/g, (_, selector: string, body: string) => {
    // One selector that a browser does not know makes it skip the whole rule.
    if (/:has\(|:focus-visible|:is\(|:where\(/.test(selector)) return "";
    const known = body.split(";").filter((each) => !UNKNOWN.some((unknown) => unknown.test(each.trim())));
    return `${selector}{${known.join(";")}}`;
  });
}

/** Leaves out the at-rules that begin so, with everything in them. */
function withoutBlocks(css: string, begin: RegExp): string {
  const at = css.search(begin);
  if (at < 0) return css;
  let [end, depth] = [css.indexOf("{", at), 0];
  do {
    if (css[end] === "{") depth++;
    if (css[end] === "}") depth--;
    end++;
  } while (depth > 0 && end < css.length);
  return css.slice(0, at) + withoutBlocks(css.slice(end), begin);
}

/** What a person with such a browser could not see, read in order or press on the page that is open. */
export function faultsSeen(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const name = (one: Element) => `${one.tagName.toLowerCase()} "${(one.textContent ?? "").trim().slice(0, 30)}"`;
    const hidden = (one: Element) =>
      one.closest(".visually-hidden, .skip, [hidden], details:not([open]) > :not(summary)") !== null;
    const boxes = [...document.querySelectorAll("h1,h2,legend,label,p,a,button,input,select,textarea,summary")]
      .filter((one) => !hidden(one) && one.getAttribute("type") !== "hidden" && !one.querySelector(".visually-hidden"))
      .map((one) => ({ one, box: one.getBoundingClientRect() }));
    if (document.documentElement.scrollWidth > innerWidth)
      faults.push(`wider than the screen: ${document.documentElement.scrollWidth}`);
    for (const { one, box } of boxes) {
      if (box.width < 1 || box.height < 1) faults.push(`cannot be seen: ${name(one)}`);
      if (box.left < -1 || box.right > innerWidth + 1) faults.push(`beside the screen: ${name(one)}`);
      if (one.hasAttribute("form")) faults.push(`belongs to a form by an attribute alone: ${name(one)}`);
      const field = one.matches("button,input,select,textarea");
      if (field && one.closest("form") === null) faults.push(`outside a form: ${name(one)}`);
      if (one.hasAttribute("formaction") && one.getAttribute("name") !== "go")
        faults.push(`needs formaction: ${name(one)}`);
      if (one.matches(".button:not(.quiet)")) {
        const { backgroundColor, borderTopColor, borderTopWidth, color } = getComputedStyle(one);
        const clear = /^rgba\(0, 0, 0, 0\)$/;
        const bare = borderTopWidth === "0px" || clear.test(borderTopColor);
        if ((clear.test(backgroundColor) && bare) || color === backgroundColor)
          faults.push(`does not look like a button: ${name(one)}`);
      }
    }
    const least = 3;
    boxes.forEach(({ one, box }, at) => {
      for (const { one: other, box: its } of boxes.slice(at + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        const wide = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const high = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (wide > least && high > least && !(one.matches("a") && other.matches("a")))
          faults.push(`lies over another: ${name(one)}, ${name(other)}`);
        // What comes later in the page comes later to the eye.
        if (its.bottom <= box.top) faults.push(`out of order: ${name(one)}, ${name(other)}`);
      }
    });
    return [...new Set(faults)];
  });
}
