import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { OPERATOR } from "../support/app.ts";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { useBrowserAndServer } from "../support/browser-and-server.ts";
import { goOnAs } from "../support/in-browser.ts";
import { fillReport, numbersOn, readyToSend, signInAs, track } from "../support/journey.ts";
import { addStyle, digitsSeen, lyingFaults, smallTargets, wasteOnPaper } from "../support/layout.ts";
import { newStaff } from "../support/new-staff.ts";

/** The phone of a child; a desktop window of 1280 px at 400 % is as wide (WCAG 2.2, 1.4.10). */
const PHONE = { width: 320, height: 568 };
const NARROWEST = 240;

const SITE = ["", "learn", "help", "about", "privacy", "accessibility", "computer", "page", "missing"];
const JOURNEY = /^\/(?!staff)[^/]+\/(r|report|track)(\/|$)/;

const opened = useBrowserAndServer();
let page: Page;
let code: string;
const paths = { open: [""], journey: [""], staff: [""], directory: [""], people: [""] };

/** One browser holds a draft, a sent report, an opened one and a desk, so that each page is one request away. */
beforeAll(async () => {
  const { server, browser } = opened;
  const context = await browser.newContext({ baseURL: server.url, viewport: PHONE });
  page = await context.newPage();
  const visitor = newVisitor(server);
  const draft = await readyToSend(visitor);
  // So many forms that a row of the desk names only the first and counts the others.
  const forms = ["psychological", "corporal_punishment", "neglect", "physical"];
  const filled = await fillReport(visitor, { "4": { forms, story: "every day", truthful: "yes" } });
  code = filled.code;
  await track(visitor, code);
  const [number] = numbersOn(await signInAs(visitor));
  paths.open = [...SITE.map((path) => `/en/${path}`), "/sr/report", "/en/report/one", "/en/track", "/staff"];
  const steps = ["1", "1/a", "4", "5", "5/c", "7", "10"].map((step) => `${draft}/${step}`);
  // Nothing is answered there yet, so that everything that is missing is listed.
  const bare = (await visitor.post("/sr/report", { voice: "adult" })).path.replace(/1$/, "10");
  paths.journey = [...steps, bare, filled.paths.at(-1) ?? "", "/sr/track"];
  const team = "/staff/team/desk-triage";
  paths.staff = ["/staff/cases", `/staff/cases/${number}`, "/staff/account", `/staff/cases/${number}/exclusions`, team];
  paths.people = [
    ...["/staff/people", "/staff/people/invite", "/staff/audit", team, `${team}/invite`, "/staff/second-factor/new"],
    ...["/staff/recover", `/staff/people/${await personOf(OPERATOR)}`, `${team}/${await personOf(OPERATOR)}/remove`],
  ];
  paths.directory = [
    "/sr/find?place=rs-novi-beograd",
    "/en/find?place=rs-novi-beograd",
    "/sr/find/inst-other",
    "/staff/institutions",
    "/staff/institutions/inst-other",
    // With everything that a rule says of itself, and bodies that are missing.
    "/staff/routing?place=rs-novi-sad&setting=education&form=sexual",
    "/staff/routing/holes",
    "/staff/absences",
    "/staff/opening",
    "/staff/desks",
    "/staff/institutions/new",
    "/staff/institutions/import",
    "/staff/institutions/inst-other/edit",
  ];
  later = visitor;
});
let later: Visitor;

const personOf = async (email: string) =>
  String((await opened.server.database.raw(`select id from person where email = '${email}'`))[0]?.id);

/** What is wrong with how a page lies on a small screen, read from the left and from the right. */
async function layoutFaults(path: string): Promise<string[]> {
  const faults: string[] = [];
  // Changing the width costs more than asking for the page: each begins as the one before ended.
  const now = page.viewportSize()?.width ?? 0;
  for (const width of now === NARROWEST ? [NARROWEST, PHONE.width] : [PHONE.width, NARROWEST]) {
    if (page.viewportSize()?.width !== width) await page.setViewportSize({ ...PHONE, width });
    faults.push(...(await lyingFaults(page)));
    if (width === PHONE.width) faults.push(...(await smallTargets(page, JOURNEY.test(path) ? 48 : 24)));
  }
  return faults.map((fault) => `${path}: ${fault}`);
}

/** A frightened child presses Tab once. */
async function firstStop(): Promise<string> {
  await page.keyboard.press("Tab");
  return page.evaluate(() => document.activeElement?.getAttribute("href") ?? "");
}

async function faultsOf(which: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const path of which) {
    await page.goto(path);
    if ((await firstStop()) !== "/leave") faults.push(`${path}: the first stop does not leave`);
    faults.push(...(await layoutFaults(path)));
  }
  return faults;
}

describe("on a small screen, read from the left or from the right", () => {
  it("pages that anybody may open fit, begin where reading begins, can be pressed, and leave at the first Tab", async () => {
    expect(await faultsOf(paths.open)).toEqual([]);
  });

  it("so do the pages of a report", async () => {
    await goOnAs(page.context(), later, opened.server.url);
    expect(await faultsOf(paths.journey)).toEqual([]);
  });

  it("so does the page that says that nothing was sent yet", async () => {
    await goOnAs(page.context(), later, opened.server.url);
    const [bare = ""] = paths.journey.filter((path) => path.startsWith("/sr/r/"));
    await page.goto(bare);
    await page.evaluate(() => {
      const form = document.createElement("form");
      form.method = "post";
      form.innerHTML = '<button name="go" value="send">1</button>';
      document.body.append(form);
      form.querySelector("button")?.click();
    });
    await page.waitForSelector(".error-summary");
    expect(await layoutFaults(bare)).toEqual([]);
  });

  it.each(["directory", "people"] as const)(
    "so do an administrator's pages of the %s, in the longer words of Serbian",
    async (which) => {
      const { server } = opened;
      const admin = await newStaff(server, "admin", undefined, `${which}@staff.test`);
      await admin.post("/staff/account/language", { language: "sr" });
      const context = await opened.browser.newContext({ baseURL: server.url, viewport: PHONE });
      await goOnAs(context, admin, server.url);
      const operators = page;
      page = await context.newPage();
      const faults = await faultsOf(paths[which]);
      page = operators;
      await context.close();
      expect(faults).toEqual([]);
    },
  );

  it("so do the desk's pages", async () => {
    expect(await faultsOf(paths.staff)).toEqual([]);
  });

  it("the digits of the code keep their order", async () => {
    await page.goto(paths.journey.at(-2) ?? "");
    for (const dir of ["ltr", "rtl"]) {
      await page.evaluate((to) => document.documentElement.setAttribute("dir", to), dir);
      expect(await digitsSeen(page)).toBe(code);
    }
    await addStyle(page, ".code{direction:rtl}");
    expect(await digitsSeen(page)).not.toBe(code);
  });

  it("what would not fit, be pressed or begin where it should is found", async () => {
    await page.goto("/sr/track");
    await addStyle(page, "h1{width:400px}.button{min-height:0;padding:0}.timeline li{margin:0 0 0 60px}");
    const faults = (await layoutFaults("/sr/track")).join("\n");
    for (const fault of ["wide on 240", "wide on 320", "BUTTON", "timeline begins"]) expect(faults).toContain(fault);
  });
});

describe("the start page", () => {
  it("shows a way to begin on the first screen, above the bar that leaves", async () => {
    await page.setViewportSize(PHONE);
    for (const lang of ["sr", "sr-Latn", "en"]) {
      await page.goto(`/${lang}/report`);
      const begin = await page.locator('main a[href="#begin"]').boundingBox();
      const leave = await page.locator("a.leave").boundingBox();
      expect((begin?.y ?? 999) + (begin?.height ?? 0), lang).toBeLessThan(leave?.y ?? 0);
    }
  });
});

describe("the pages that the ways lead to", () => {
  it("have their ways on one line of a phone, whichever is open", async () => {
    await page.setViewportSize(PHONE);
    for (const lang of ["sr", "sr-Latn", "en"]) {
      for (const path of ["", "learn", "report", "track", "help"]) {
        await page.goto(`/${lang}/${path}`);
        expect((await page.locator("nav.main").boundingBox())?.height, `${lang} ${path}`).toBeLessThan(60);
      }
    }
  });
});

describe("the home page", () => {
  it("shows the door to help on the first screen", async () => {
    await page.setViewportSize(PHONE);
    for (const lang of ["sr", "sr-Latn", "en"]) {
      await page.goto(`/${lang}/`);
      const door = await page.locator("main .door").first().boundingBox();
      const leave = await page.locator("a.leave").boundingBox();
      expect((door?.y ?? 999) + 48, lang).toBeLessThan(leave?.y ?? 0);
    }
  });
});

describe("what is told", () => {
  it("by the dots of a timeline is told in words as well", async () => {
    await page.goto(paths.journey.at(-2) ?? "");
    const states = await page
      .locator(".timeline li")
      .evaluateAll((items) =>
        items.map((item) => [/\b(done|now|to come)\b/.exec(item.textContent ?? "")?.[0], item.ariaCurrent]),
      );
    expect(states).toEqual([
      ["done", null],
      ["now", "step"],
      ["to come", null],
      ["to come", null],
    ]);
  });

  it("by red stays red where a browser knows no logical properties", async () => {
    await page.goto("/en/page");
    const href = (await page.locator("link[rel=stylesheet]").getAttribute("href")) ?? "";
    const styles = await (await page.request.get(href)).text();
    const old = styles
      .replace("@supports not (margin-inline-start: 0)", "@media all")
      .replace(/[\w-]+-inline[\w-]*:[^;]*;/g, "");
    expect(old).not.toBe(styles);
    const edges = await page.evaluate((text) => {
      for (const link of document.querySelectorAll("link")) link.remove();
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = [sheet];
      return ["bad", "notice red", "door red", "notice"].map((name) => {
        const box = document.createElement("div");
        box.className = name;
        document.body.append(box);
        return getComputedStyle(box).borderLeftColor;
      });
    }, old);
    const red = "rgb(168, 32, 26)";
    expect(edges).toEqual([red, red, red, "rgb(11, 93, 91)"]);
  });

  it("by motion stands still for who asked for that", async () => {
    for (const reducedMotion of ["no-preference", "reduce"] as const) {
      await page.emulateMedia({ reducedMotion });
      await page.goto("/en/page");
      const moving = await page.evaluate(() => {
        document
          .querySelector("main")
          ?.insertAdjacentHTML("beforeend", '<p class="waiting"></p><a class="button" href="/">x</a>');
        const eased = [...document.querySelectorAll("*")].filter(
          (each) => getComputedStyle(each).transitionDuration !== "0s",
        );
        return document.getAnimations().length + eased.length;
      });
      expect(moving).toBe(reducedMotion === "reduce" ? 0 : 1);
    }
    await page.emulateMedia({ reducedMotion: null });
  });
});

/** A row with the longest words that a row may hold. */
const LONGEST_ROW = {
  ".tag": "p0",
  "td:nth-child(4)": "Центар за азил",
  "td:nth-child(5)": "Петровац на Млави",
  "td:nth-child(6)": "47 сати",
  "td:nth-child(7)": "враћена са полице",
} as const;

/** Puts the longest words and both red tags into the first row. */
function fillRow(rowOf: Page): Promise<void> {
  return rowOf.evaluate((words) => {
    const row = document.querySelector(".cards tbody tr") as HTMLElement;
    for (const [part, said] of Object.entries(words)) (row.querySelector(part) as HTMLElement).textContent = said;
    // Only the words: how many more there are stands behind them.
    const [few, more] = row.querySelector("td:nth-child(3)")?.childNodes ?? [];
    if (!few || !more) throw new Error("no row counts further forms");
    few.textContent = "Психичко, Кажњавање ";
    const tags = [
      ["td:first-child", "red", "НИЈЕ НА СИГУРНОМ"],
      ["td:nth-child(2)", "teal", "нова порука"],
    ] as const;
    for (const [part, tone, said] of tags) {
      row.querySelector(part)?.insertAdjacentHTML("beforeend", ` <b class="tag ${tone}">${said}</b>`);
    }
  }, LONGEST_ROW);
}

/** What sticks out of a row, and how high the highest row and wide the page is. */
function rowsSeen(of: Page): Promise<{ out: string[]; highest: number; wide: number }> {
  return of.evaluate(() => {
    const rows = [...document.querySelectorAll(".cards tbody tr")];
    const out = rows.flatMap((row) => {
      const { right } = row.getBoundingClientRect();
      const parts = [...row.querySelectorAll("*:not(.visually-hidden)")];
      return parts.filter((part) => part.getBoundingClientRect().right > right + 0.5).map((part) => part.outerHTML);
    });
    const highest = Math.max(...rows.map((row) => row.getBoundingClientRect().height));
    return { out, highest, wide: document.documentElement.scrollWidth };
  });
}

describe("the desk's list", () => {
  it("has one line a row on a desktop, and on a phone nothing that sticks out of its card", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto("/staff/cases");
    await fillRow(page);
    const seen = await rowsSeen(page);
    expect([seen.out, seen.wide]).toEqual([[], 1280]);
    expect(seen.highest).toBeLessThanOrEqual(48);
    await addStyle(page, ".rows td{white-space:normal}");
    expect((await rowsSeen(page)).highest).toBeGreaterThan(48);
    for (const width of [PHONE.width, NARROWEST]) {
      await page.setViewportSize({ ...PHONE, width });
      expect((await rowsSeen(page)).out, `${width}`).toEqual([]);
    }
    await page.setViewportSize(PHONE);
    await addStyle(page, ".cards .tag{white-space:nowrap}.cards td{padding-inline-start:12em}");
    expect((await rowsSeen(page)).out.join()).toContain("НИЈЕ НА СИГУРНОМ");
  });

  it("keeps Leave on a phone's screen however far somebody reads, and in the head on a desktop", async () => {
    for (const [size, below] of [
      [PHONE, true],
      [{ width: 1280, height: 400 }, false],
    ] as const) {
      await page.setViewportSize(size);
      await page.goto(paths.staff[1] ?? "");
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      const leave = await page.locator("a.leave").boundingBox();
      const bottom = (leave?.y ?? 0) + (leave?.height ?? 0);
      const last = await page.locator("footer.site a").last().boundingBox();
      expect(below ? Math.round(bottom) : bottom < 0, `${size.width}`).toBe(below ? size.height : true);
      if (below) expect((last?.y ?? 999) + (last?.height ?? 0)).toBeLessThanOrEqual(leave?.y ?? 0);
    }
    await page.setViewportSize(PHONE);
  });

  it("says how many were found in the same small line, for who cannot see it change", async () => {
    await page.goto("/staff/cases");
    const line = await page.locator("#found[role=status]").elementHandle();
    expect(await line?.textContent()).toBe("1 report");
    await page.selectOption("select[name=form]", "trafficking");
    await page.waitForSelector("#inbox .empty");
    expect(await line?.textContent()).toBe("0 reports");
    expect(await page.locator("[role=status]").count()).toBe(1);
  });
});

describe("on paper", () => {
  it("stand the numbers, the code and the answers, and nothing that can only be pressed", async () => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const [check = "", done = "", tracked = ""] = paths.journey.slice(-3);
    for (const [path, ...shown] of [
      [check, ".emergency b", ".answers dd"],
      [done, ".emergency b", ".code span", ".timeline .tag"],
      [tracked, ".emergency b", ".timeline b"],
      [paths.staff[1] ?? "", ".answers dd", ".tag"],
    ] as const) {
      await page.goto(path ?? "");
      await page.evaluate(() => {
        for (const tag of document.querySelectorAll(".tag")) tag.className = "tag red";
      });
      expect(await wasteOnPaper(page), path).toEqual([]);
      for (const part of shown) expect(await page.locator(part).first().isVisible(), `${path} ${part}`).toBe(true);
    }
    await addStyle(page, "main{background:#000}footer.site{display:block}");
    expect((await wasteOnPaper(page)).join()).toMatch(/A\..*MAIN|MAIN.*A\./);
    await page.emulateMedia({ media: null, colorScheme: null });
  });
});
