import { readdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LANGUAGES } from "#messages/messages.ts";
import * as rendered from "#platform/views/render.ts";
import { barriersOn, widthOf } from "../support/barriers.ts";
import { openChromium } from "../support/chromium.ts";
import { type OpenWalk, openWalk } from "../support/open-walk.ts";
import { openWalked, withoutScripts } from "../support/open-walked.ts";
import { factsOf, type PageFacts, saidWrong } from "../support/said-on-pages.ts";
import { walkPages } from "../support/walk-pages.ts";
import { rendering, SECRET, type WalkedPage } from "../support/walker.ts";

const PHONE = { width: 320, height: 640 };
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
  for (const lang of LANGUAGES) {
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

async function newPage(): Promise<Page> {
  return (await browser.newContext({ viewport: PHONE })).newPage();
}

/** Every page and layout of views/, by the name that handlers know it by; parts and fragments belong to pages. */
const TEMPLATES = readdirSync(new URL("../../views/", import.meta.url), { recursive: true })
  .map((file) => String(file).replace(/\.eta$/, ""))
  .filter((name) => /^(?!parts\/)\w+\/[a-z]/.test(name));

const unseen = (seen: readonly Pick<WalkedPage, "templates">[]) =>
  TEMPLATES.filter((name) => !seen.some(({ templates }) => templates.includes(name)));

describe("the walk", () => {
  it("leads through every template, in every language", () => {
    expect(TEMPLATES.length).toBeGreaterThan(25);
    for (const lang of LANGUAGES) expect(unseen(pagesIn(lang)), lang).toEqual([]);
  });

  it("would not pass over a template that no page shows", () => {
    const others = pagesIn("en").filter(({ templates }) => !templates.includes("site/learn"));
    expect(unseen(others)).toEqual(["site/learn"]);
  });
});

/** One page of each template, one that came back with errors, and a search with its findings. */
function samples(all: readonly WalkedPage[]): WalkedPage[] {
  const kindOf = ({ name, templates, html }: WalkedPage) =>
    /-found$/.test(name) ? "search" : `${templates[0]} ${html.includes("error-summary")}`;
  return [...new Map(all.map((page) => [kindOf(page), page])).values()];
}

/** Says what is wrong with pages as a browser shows them: light, and dark or in forced colours where that is asked for. */
async function lookAt(page: Page, all: readonly WalkedPage[], inEveryColour = false): Promise<string[]> {
  const wrong: string[] = [];
  const note = (name: string, found: readonly string[]) => wrong.push(...found.map((each) => `${name} ${each}`));
  for (const walked of all) {
    const { name } = walked;
    await openWalked(page, open.server.url, walked);
    const width = await widthOf(page);
    if (width > PHONE.width) wrong.push(`${name} is ${width} px wide`);
    note(name, await barriersOn(page));
    if (!inEveryColour) continue;
    await page.emulateMedia({ colorScheme: "dark" });
    note(`${name} in the dark`, await barriersOn(page, "colours"));
    await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
    note(`${name} in forced colours`, await barriersOn(page, "colours"));
    await page.emulateMedia({ forcedColors: "none" });
  }
  return wrong;
}

describe("a page", () => {
  it("of each template has no barrier that axe finds, and fits a phone", async () => {
    const page = await newPage();
    const chosen = samples(pagesIn("sr"));
    expect(chosen.length).toBeGreaterThan(TEMPLATES.length);
    expect(await lookAt(page, chosen)).toEqual([]);
    await page.context().close();
  }, 120_000);

  it("that is too wide or has a barrier would be found", async () => {
    const page = await newPage();
    const [home] = pagesIn("en");
    const html = `<html><body><input><img src=x><p style='width:400px'>wide</p></body></html>`;
    const headers = new Headers({ "content-type": "text/html" });
    const found = await lookAt(page, [{ ...home!, html, headers }]);
    expect(found.join("\n")).toMatch(/is 4\d\d px wide.*image-alt.*label/s);
    const faint = `<html lang="en"><title>1</title><style>@media(prefers-color-scheme:dark){p{color:#eee}}</style><p>faint</p></html>`;
    const inColours = await lookAt(page, [{ ...home!, html: faint, headers }], true);
    expect(inColours.join("\n")).toMatch(/^public-home in the dark color-contrast/);
    await page.context().close();
  });
});

/** Too long for every run: `npm run test:full` sets FULL. */
describe.runIf(process.env.FULL)("every page", () => {
  const SETTINGS = LANGUAGES.flatMap((lang) => [true, false].map((scripts) => ({ lang, scripts })));

  it.each(SETTINGS)(
    "has no barrier in light and dark, and fits a phone: $lang, scripts $scripts",
    async ({ lang, scripts }) => {
      const page = await newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(`script: ${error.message}`));
      page.on("console", (line) => {
        if (scripts && line.type() === "error") errors.push(`${page.url()}: ${line.text()}`);
      });
      if (!scripts) await withoutScripts(page);
      expect(await lookAt(page, pagesIn(lang), true)).toEqual([]);
      expect(errors).toEqual([]);
      await page.context().close();
    },
    400_000,
  );
});

describe("a screen reader", () => {
  const facts = new Map<string, PageFacts[]>();
  beforeAll(async () => {
    const page = await newPage();
    for (const lang of LANGUAGES) {
      const html = pagesIn(lang).map((each) => each.html.replaceAll(SECRET, ""));
      facts.set(lang, await factsOf(page, html));
    }
    await page.context().close();
  });

  it.each(LANGUAGES)("has a name for every control, and words of the page's own language alone: %s", (lang) => {
    const wrong = pagesIn(lang).flatMap(({ name }, at) =>
      saidWrong(facts.get(lang)![at]!).map((fault) => `${name}: ${fault}`),
    );
    expect([...new Set(wrong)]).toEqual([]);
    const shown = pagesIn(lang).map(({ html }) => /<html lang="([^"]+)"/.exec(html)?.[1]?.replace("-Cyrl", ""));
    expect(new Set(shown)).toEqual(new Set([lang]));
  });

  it("would notice a control without a name, a bare key, and another language", async () => {
    const page = await newPage();
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
const isGeneral = ({ name }: WalkedPage) => name.startsWith("public-") && name !== "public-learn";

function leaveFaults({ name, html }: WalkedPage, general: boolean): string[] {
  const [link = ""] = /<a class="leave"[^>]*>/.exec(html) ?? [];
  return [
    ...(/ href="\/leave"/.test(link) ? [] : [`${name} has no link to leave`]),
    ...(general || (/ data-guard/.test(link) && html.includes("/leave.js")) ? [] : [`${name} is not guarded`]),
  ];
}

describe("leaving", () => {
  it("stands on every page, and what is sensitive is guarded", () => {
    for (const lang of LANGUAGES) {
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
