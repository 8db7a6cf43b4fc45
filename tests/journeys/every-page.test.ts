import { readdirSync, readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { english } from "#messages/en/index.ts";
import { LANGUAGES } from "#messages/messages.ts";
import * as rendered from "#platform/views/render.ts";
import { openChromium } from "../support/chromium.ts";
import { type Looked, lookAt, lookAtEvery, newPage, PHONE, SCREENS } from "../support/look-at-pages.ts";
import { type OpenWalk, openWalk } from "../support/open-walk.ts";
import { openingWalked, openWalked } from "../support/open-walked.ts";
import { titleFaults } from "../support/page-rules.ts";
import { factsOf, type PageFacts, saidWrong } from "../support/said-on-pages.ts";
import { walkPages } from "../support/walk-pages.ts";
import { rendering, SECRET, type WalkedPage } from "../support/walker.ts";

/** The Latin script is made of the Cyrillic letter by letter, so that only the full run walks it too. */
const WALKED = process.env.FULL ? LANGUAGES : LANGUAGES.filter((lang) => lang !== "sr-Latn");
const pages = new Map<string, WalkedPage[]>();
let open: OpenWalk;
let browser: Browser;

beforeAll(async () => {
  [open, browser] = await Promise.all([openWalk(), openChromium()]);
  const real = rendered.render;
  const watched = vi.spyOn(rendered, "render").mockImplementation((ui, view, props) => {
    rendering.getStore()?.push(view.template);
    return real(ui, view, props);
  });
  for (const lang of WALKED) {
    const seen: WalkedPage[] = [];
    await walkPages(open.world, lang, (page) => seen.push(page));
    pages.set(lang, seen);
  }
  watched.mockRestore();
});
afterAll(async () => {
  await browser?.close();
  await open?.close();
});

const pagesIn = (lang: string) => pages.get(lang) ?? [];

/** Every page and layout of views/, by the name that handlers know it by; parts and fragments belong to pages. */
const TEMPLATES = readdirSync(new URL("../../views/", import.meta.url), { recursive: true })
  .map((file) => String(file).replace(/\.eta$/, ""))
  .filter((name) => /^(?!parts\/)\w+\/[a-z]/.test(name));

const unseen = (seen: readonly Pick<WalkedPage, "templates">[]) =>
  TEMPLATES.filter((name) => !seen.some(({ templates }) => templates.includes(name)));

describe("the walk", () => {
  it("leads through every template, in every language", () => {
    expect(TEMPLATES.length).toBeGreaterThan(25);
    for (const lang of WALKED) expect(unseen(pagesIn(lang)), lang).toEqual([]);
  });

  it("would not pass over a template that no page shows", () => {
    const others = pagesIn("en").filter(({ templates }) => !templates.includes("site/learn"));
    expect(unseen(others)).toEqual(["site/learn"]);
  });
});

/** Runs in the browser: what the page consists of, where it stands, and where and in which colours each element is. */
function allSeen(): unknown[] {
  const boxes = [...document.querySelectorAll("*")].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const { color, backgroundColor, font, display, outline } = getComputedStyle(element);
    return [element.tagName, x, y, width, height, color, backgroundColor, font, display, outline].join(" ");
  });
  const { compatMode, documentElement, activeElement } = document;
  return [documentElement.outerHTML, compatMode, location.href, activeElement?.className, scrollY, ...boxes];
}

/** One page of each template, one that came back with errors, and a search with its findings. */
function samples(all: readonly WalkedPage[]): WalkedPage[] {
  const kindOf = ({ name, templates, html }: WalkedPage) =>
    /-found$/.test(name) ? "search" : `${templates[0]} ${html.includes("error-summary")}`;
  return [...new Map(all.map((page) => [kindOf(page), page])).values()];
}

describe("a page", () => {
  it("of each template has no barrier that axe finds and fits a phone, and the staff's a desk", async () => {
    const page = await newPage(browser);
    const chosen = samples(pagesIn("sr"));
    expect(chosen.length).toBeGreaterThan(TEMPLATES.length);
    const wide = ({ name }: WalkedPage) => name.startsWith("staff-");
    expect(chosen.filter(wide).length).toBeGreaterThan(8);
    expect(await lookAt(page, open.server.url, chosen, { wide })).toEqual([]);
    await page.context().close();
  }, 120_000);

  it("that is too wide or has a barrier would be found", async () => {
    const page = await newPage(browser);
    const [home] = pagesIn("en");
    const headers = new Headers({ "content-type": "text/html" });
    const before = { ...home!, html: '<html lang="en"><title>1</title><h1>before</h1>', headers };
    // Found in the page that is opened and in one that is written where another stood.
    const found = async (html: string, looked: Looked = {}) => {
      const broken = { ...home!, html, headers };
      const alone = await lookAt(page, open.server.url, [broken], {
        ...looked,
        colours: looked.colours && new Set(looked.colours),
      });
      const after = await lookAt(page, open.server.url, [before, broken], looked);
      expect(after).toEqual(alone);
      return after.join("\n");
    };
    const wide = "<html><body><input><img src=x><p style='width:400px'>wide</p></body></html>";
    expect(await found(wide)).toMatch(/is 4\d\d px wide.*image-alt.*label/s);
    const titled = (style: string, body: string) => `<html lang="en"><title>1</title><style>${style}</style>${body}`;
    const faint = titled("@media(prefers-color-scheme:dark){p{color:#eee}}", "<p>faint</p>");
    expect(await found(faint, { colours: new Set() })).toMatch(/^public-home in dark colours color-contrast/);
    const colours = new Set<string>();
    const kept = titled("@media(prefers-color-scheme:dark){.b p{color:#eee}}", "<p>clear</p>");
    expect(await found(kept, { colours })).toBe("");
    expect(await found(kept.replace("<p>", "<div class=b><p>"), { colours })).toMatch(/in dark colours color-contrast/);
    const late = titled("input{display:none}@media(min-width:700px){input{display:block}}", "<p>1</p><input>");
    expect(await found(late, { colours: new Set(), wide: () => true })).toMatch(/^public-home on 1280 px label/);
    await page.context().close();
  });

  it("that is written where another stood is in all that is seen of it the page that is opened", async () => {
    const [opened, written] = [await newPage(browser), await newPage(browser)];
    const write = openingWalked(written, open.server.url);
    const all = samples(pagesIn("sr"));
    const focused = all.filter(({ html }) => html.includes("autofocus")).slice(0, 1);
    expect(focused).toHaveLength(1);
    const kinds = [...all.filter((_, at) => at % 8 === 0), ...focused];
    for (const walked of kinds) {
      await openWalked(opened, open.server.url, walked);
      await write(walked);
      expect(await written.evaluate(allSeen), walked.name).toEqual(await opened.evaluate(allSeen));
    }
    await Promise.all([opened, written].map((page) => page.context().close()));
  });

  it("with a barrier only where no script runs would be found, whether a script shows words or changes more", async () => {
    const guarded = pagesIn("en").find(({ name }) => name === "young-1")!;
    const [script] = /<script[^>]*leave\.js[^>]*><\/script>/.exec(guarded.html) ?? [];
    const headers = new Headers({ "content-type": "text/html" });
    const style = ".keys+input{display:none}.keys[hidden]+input{display:block}.keys[hidden=until-found]+p{color:#eee}";
    const found = async (body: string) => {
      const leave = '<a class="leave" href="/leave">Leave</a>';
      const html = `<html lang="en"><title>1</title><style>${style}</style><body>${body}${leave}${script}`;
      return (await lookAtEvery(browser, open.server.url, [{ ...guarded, html, headers }])).join("\n");
    };
    const shown = await found('<p class="keys" hidden>Shift</p><input>');
    expect(shown).toMatch(/^young-1 without scripts label/m);
    expect(shown).not.toMatch(/^young-1 label/m);
    const changed = await found('<p class="keys" hidden="until-found">Shift</p><p>faint</p>');
    expect(changed).toMatch(/^young-1 without scripts color-contrast/m);
    expect(changed).not.toMatch(/^young-1 color-contrast/m);
  });
});

describe("a screen reader", () => {
  const facts = new Map<string, PageFacts[]>();
  beforeAll(async () => {
    const page = await newPage(browser);
    for (const lang of WALKED) {
      const html = pagesIn(lang).map((each) => each.html.replaceAll(SECRET, ""));
      facts.set(lang, await factsOf(page, html));
    }
    await page.context().close();
  });

  it.each(WALKED)("has a name for every control, and words of the page's own language alone: %s", (lang) => {
    const wrong = pagesIn(lang).flatMap(({ name }, at) =>
      saidWrong(facts.get(lang)![at]!).map((fault) => `${name}: ${fault}`),
    );
    expect([...new Set(wrong)]).toEqual([]);
    const shown = pagesIn(lang).map(({ html }) => /<html lang="([^"]+)"/.exec(html)?.[1]?.replace("-Cyrl", ""));
    expect(new Set(shown)).toEqual(new Set([lang]));
  });

  it("would notice a control without a name, a bare key, and another language", async () => {
    const page = await newPage(browser);
    const body = (lang: string, inner: string) => `<html lang="${lang}"><title>1</title><body>${inner}</body></html>`;
    const broken = [
      body("en", "<input id=a><label for=b>Name</label><input id=b><a href=x><img src=y alt=''></a>"),
      body("sr-Cyrl", "<p>journey.start.lead.young</p><button>Continue</button>"),
      body("sr-Latn", "<p>Ово</p><button aria-label='This is the way'>1</button><b lang=sr>Ово</b>"),
      body("en", "<p>Ово</p><p>Šta se desilo</p>"),
    ];
    const found = (await factsOf(page, broken)).map((each) => saidWrong(each).length);
    expect(found).toEqual([2, 2, 2, 2]);
    await page.context().close();
  });
});

/** Pages that anybody may be seen with. */
const isGeneral = ({ name }: WalkedPage) => name.startsWith("public-") && !/^public-(learn|library)/.test(name);

function leaveFaults({ name, html }: WalkedPage, general: boolean): string[] {
  const [link = ""] = /<a class="leave"[^>]*>/.exec(html) ?? [];
  return [
    ...(/ href="\/leave"/.test(link) ? [] : [`${name} has no link to leave`]),
    ...(general || (/ data-guard/.test(link) && html.includes("/leave.js")) ? [] : [`${name} is not guarded`]),
  ];
}

describe("the title of a page", () => {
  it("does not name the topic where a page is sensitive", () => {
    for (const lang of WALKED) {
      const sensitive = pagesIn(lang).filter((page) => !isGeneral(page));
      expect(sensitive.flatMap(({ name, html }) => titleFaults(html).map((title) => `${name}: ${title}`))).toEqual([]);
    }
    expect(titleFaults("<title>Пријава</title>")).toEqual(["Пријава"]);
  });
});

describe("the accessibility statement", () => {
  const words = (group: string) =>
    Object.entries(english).flatMap(([key, said]) => (key.startsWith(`pages.access.${group}.`) ? [String(said)] : []));

  it("says of every page, language, colour and width what the full run looks at", () => {
    const colours = new Intl.ListFormat("en", { style: "long" }).format(Object.keys(SCREENS)).replace(/, and/, " and");
    const [axe, narrow] = words("tested");
    expect(axe).toBe(`A program (axe-core) checks every page in every language, in ${colours} colours.`);
    expect(narrow).toContain(`No page has to be scrolled sideways on a screen that is ${PHONE.width} pixels wide`);
    expect([...pages.keys()]).toEqual([...WALKED]);
  });

  it("is true of every change: the gate leaves no language of the full run out", () => {
    const gate = readFileSync(new URL("../../.ci/run", import.meta.url), "utf8");
    expect(gate.match(/^run_tests sqlite .*$/gm)).toEqual(["run_tests sqlite test:full"]);
    const looks = readdirSync(new URL(".", import.meta.url)).filter((file) => file.startsWith("every-look-"));
    const looked = looks.map((file) =>
      /lookInFull\("([^"]+)"/.exec(readFileSync(new URL(file, import.meta.url), "utf8")),
    );
    expect(looked.map((found) => found?.[1]).sort()).toEqual([...LANGUAGES].sort());
  });

  it("names no kind of page as left out, since mistakes, waiting and what is missing are looked at", () => {
    for (const lang of WALKED) {
      const all = pagesIn(lang);
      expect(all.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 404, 422, 503]));
      for (const part of ["error-summary", 'class="waiting'])
        expect(all.filter(({ html }) => html.includes(part)).length, part).toBeGreaterThan(3);
    }
    expect(words("limits").filter((limit) => /no program|not check|pages about/i.test(limit))).toEqual([]);
  });
});

describe("leaving", () => {
  it("stands on every page, and what is sensitive is guarded", () => {
    for (const lang of WALKED) {
      expect(pagesIn(lang).flatMap((page) => leaveFaults(page, isGeneral(page)))).toEqual([]);
    }
    const [home] = pagesIn("en");
    expect(leaveFaults(home!, false)).toEqual(["public-home is not guarded"]);
    expect(leaveFaults({ ...home!, html: "" }, true)).toEqual(["public-home has no link to leave"]);
  });

  // Last, since it ends everything that the walk had open.
  it("leaves nothing of any sensitive page, whether it is opened or its form is sent once more", async () => {
    const sensitive = pagesIn("en").filter((page) => !isGeneral(page));
    for (const visitor of new Set(sensitive.map(({ by }) => by))) await visitor.get("/leave");
    const wrong: string[] = [];
    for (const { name, path, sent, by } of sensitive) {
      const seen = sent ? await by.post(path, sent) : await by.get(path);
      if (seen.status !== 303 || !/^\/\w[\w-]*\/page(\?done=0)?$/.test(seen.path)) wrong.push(`${name} ${seen.status}`);
      if (seen.text.includes(SECRET)) wrong.push(`${name} shows what was typed`);
      if (sent) continue;
      by.cookies.delete("away");
      if ((await by.get(path)).text.includes(SECRET)) wrong.push(`${name} shows what was typed ten minutes later`);
      by.cookies.set("away", "1");
    }
    expect(sensitive.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});
