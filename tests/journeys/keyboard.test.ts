import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { OPERATOR, PASSWORD } from "../support/app.ts";
import { useBrowserAndServer } from "../support/browser-and-server.ts";
import { beginIn, goOnAs, sendIn } from "../support/in-browser.ts";
import { newStaff } from "../support/new-staff.ts";

const opened = useBrowserAndServer();
let page: Page;
beforeAll(async () => {
  const viewport = { width: 320, height: 480 };
  page = await (await opened.browser.newContext({ baseURL: opened.server.url, viewport })).newPage();
});

/** A place that has the focus, and what is wrong with it: covered by something fixed, off the screen, or without a mark. */
interface Stop {
  readonly text: string;
  readonly id: string;
  readonly value: string;
  readonly fault: string | undefined;
}

/** Presses Tab and says where that leads; undefined behind the last place. */
async function nextStop(): Promise<Stop | undefined> {
  await page.keyboard.press("Tab");
  return page.evaluate(async () => {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || active === document.body) return undefined;
    const text = active.textContent?.trim() ?? "";
    const name = `${location.pathname} ${active.tagName} ${active.id || text.slice(0, 30)}`;
    const shown = active.closest("label.choice") ?? active;
    const isOff = ({ top, bottom }: DOMRect) => bottom < 1 || top > innerHeight;
    // The page is scrolled after the focus has moved, which a busy machine shows some frames later.
    for (let frame = 0; frame < 30 && isOff(shown.getBoundingClientRect()); frame++)
      await new Promise(requestAnimationFrame);
    const box = shown.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
    const coverAt = (y: number) => {
      const top = document.elementFromPoint(x, Math.min(Math.max(y, 1), innerHeight - 1));
      return top === null || shown.contains(top) || top.contains(shown) ? undefined : top;
    };
    const middle = box.top + Math.min(box.height / 2, 20);
    // What is higher than half a screen may lie under something with its end, but not with its middle.
    const top = coverAt(middle) ?? (box.height < innerHeight / 2 ? coverAt(box.bottom - 2) : undefined);
    const seen = top === undefined;
    const marked = [active, shown].some((each) => getComputedStyle(each).outlineStyle !== "none");
    const fault = isOff(box)
      ? "is off the screen"
      : !seen
        ? `is covered by ${top?.className}`
        : marked
          ? ""
          : "shows no focus";
    const { value = "" } = active as HTMLInputElement;
    return { text, id: active.id, value, fault: fault ? `${name} ${fault}` : undefined };
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
  for (let stops = 0; ; stops++) {
    const stop = await nextStop();
    if (!stop || stops > 120) return { stops, faults };
    if (stop.fault) faults.push(stop.fault);
  }
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

  it("reaches everything in a report, behind its code and at the desk, likewise", async () => {
    const code = await sendIn(page);
    const seen = [await tabThrough()];
    await page.goto("/en/track");
    await page.fill("#code", code);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".timeline");
    seen.push(await tabThrough());
    const at = await beginIn(page);
    const more = process.env.FULL ? [`${at}/4`, `${at}/10`] : [];
    for (const path of [`${at}/8`, "/en/report/one", ...more]) {
      await page.goto(path);
      seen.push(await tabThrough());
    }
    await page.goto("/staff");
    await page.fill("#email", OPERATOR);
    await page.fill("#password", PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL(/cases$/);
    seen.push(await tabThrough());
    await page.locator("table a").first().click();
    seen.push(await tabThrough());
    await page.context().clearCookies();
    expect(seen.flatMap(({ faults }) => faults)).toEqual([]);
    expect(Math.min(...seen.map(({ stops }) => stops))).toBeGreaterThan(6);
  }, 60_000);

  it("alone finds who can help in a town, and reaches everything of it and of the registry's forms", async () => {
    await page.goto("/en/find");
    const seen = [await tabThrough()];
    await focusOn(({ id }) => id === "place");
    await page.locator("#place").selectOption("rs-novi-beograd");
    await press("Show who can help");
    await page.waitForURL(/place=rs-novi-beograd/);
    seen.push(await tabThrough());
    await focusOn(({ text }) => text === "Triage team");
    await Promise.all([page.waitForURL(/find\/inst-other/), page.keyboard.press("Enter")]);
    seen.push(await tabThrough());
    const admin = await newStaff(opened.server, "admin");
    await goOnAs(page.context(), admin, opened.server.url);
    const more = process.env.FULL
      ? ["/staff/institutions/new", "/staff/absences", "/staff/opening", "/staff/institutions/import"]
      : [];
    for (const path of ["/staff/institutions/inst-other/edit", ...more]) {
      await page.goto(path);
      seen.push(await tabThrough());
    }
    await page.context().clearCookies();
    expect(seen.flatMap(({ faults }) => faults)).toEqual([]);
    expect(Math.min(...seen.map(({ stops }) => stops))).toBeGreaterThan(6);
  }, 60_000);

  it("alone begins a report for a child from the desk", async () => {
    const member = await newStaff(opened.server, "member", "desk-other");
    await goOnAs(page.context(), member, opened.server.url);
    await page.goto("/staff/report");
    const { stops, faults } = await tabThrough();
    await press("Begin the report");
    await page.waitForURL(/\/r\/[^/]+\/1/);
    await page.context().clearCookies();
    expect([stops > 6, faults]).toEqual([true, []]);
  });

  it("would notice a place that something fixed covers, wholly or in part, and one without a mark", async () => {
    await page.goto("/en/report/one");
    await style("html{scroll-padding:0 0 20px!important}");
    expect((await tabThrough()).faults.join()).toContain("is covered by leave");
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
    await press(/I want to report/);
    await page.waitForURL(/report$/);
    await press("I am a child or a young person");
    await page.waitForURL(/\/1$/);
    for (const value of ["no", "victim_child", "anonymous"]) {
      await choose(value);
      await goOn();
    }
    await choose("social");
    await choose("yes");
    await goOn();
    await focusOn(({ id }) => id === "territory");
    await page.keyboard.type("Not sure");
    await page.keyboard.press("ArrowDown");
    await goOn();
    await press("Send now");
    await page.waitForURL(/\/done$/);
    expect((await page.locator("p.code span").allTextContents()).join("")).toMatch(/^\d{16}$/);
  });

  it("alone sends the one page, opens the report by its code and writes to the desk", async () => {
    await page.goto("/en/report/one");
    for (const value of ["no", "victim_child", "social"]) await choose(value);
    await focusOn(({ id }) => id === "story");
    await page.keyboard.type("They push me.");
    await choose("yes");
    await focusOn(({ id }) => id === "territory");
    await page.keyboard.type("Not sure");
    // A list forgets what was typed when the machine is slow between two letters.
    if ((await page.inputValue("#territory")) !== "unsure") await page.selectOption("#territory", "unsure");
    await choose("anonymous");
    await press("Send the report");
    await page.waitForSelector("p.code");
    const code = (await page.locator("p.code span").allTextContents()).join("");
    await press("Open the page for the code");
    await page.waitForURL(/track/);
    await focusOn(({ id }) => id === "code");
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".timeline");
    await focusOn(({ id }) => id === "words");
    await page.keyboard.type("It happened again.");
    await press("Send");
    await page.waitForURL(/done=1/);
    await press("I am not safe now");
    await page.waitForURL(/done=2/);
  });

  it("alone signs a colleague in, opens a case and sets its urgency, its state and the assessment", async () => {
    await page.goto("/staff");
    for (const [field, typed] of [
      ["email", OPERATOR],
      ["password", PASSWORD],
    ]) {
      await focusOn(({ id }) => id === field);
      await page.keyboard.type(typed ?? "");
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/cases$/);
    await press(/^\d{4}-\d+$/);
    await page.waitForURL(/cases\/\d/);
    for (const [field, typed, button] of [
      ["urgency", "p1", "Set the urgency"],
      ["status", "", "Change the status"],
      ["assessment", "Speak with the school.", "Save the assessment"],
    ] as const) {
      await focusOn(({ id }) => id === field);
      await page.keyboard.type(typed);
      if (field === "urgency") {
        await focusOn(({ id }) => id === "reason");
        await page.keyboard.type("Bruises on the neck.");
      }
      await Promise.all([page.waitForNavigation(), press(button)]);
      expect(await page.locator(".error-summary").count(), field).toBe(0);
    }
    expect(await page.locator("#assessment").inputValue()).toBe("Speak with the school.");
  });

  it("of a form with errors begins at their summary, and its links lead to the fields", async () => {
    await page.context().clearCookies();
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

/** Presses Tab until the place that is looked for has the focus; every place on the way shows that it has it. */
async function focusOn(found: (stop: Stop) => boolean): Promise<void> {
  for (let turn = 0; turn < 240; turn++) {
    const stop = await nextStop();
    if (stop?.fault) throw new Error(stop.fault);
    if (stop && found(stop)) return;
  }
  throw new Error(`not reached with Tab on ${page.url()}`);
}

/** Goes to a link or a button by what it says, and presses Enter. */
async function press(name: string | RegExp): Promise<void> {
  await focusOn(({ text }) => (typeof name === "string" ? text === name : name.test(text)));
  await page.keyboard.press("Enter");
}

/** A group of radio buttons is one stop; arrows move inside it. */
async function choose(value: string): Promise<void> {
  const box = page.locator(`input[value=${value}]`).first();
  const name = await box.getAttribute("name");
  if ((await box.getAttribute("type")) === "radio") {
    const values = await page
      .locator(`input[name=${name}]`)
      .evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
    await focusOn((stop) => values.includes(stop.value));
    if (!(await box.isChecked())) await page.keyboard.press("Space");
    for (let arrow = 0; arrow < 40 && !(await box.isChecked()); arrow++) await page.keyboard.press("ArrowDown");
  } else {
    await focusOn((stop) => stop.value === value);
    await page.keyboard.press("Space");
  }
}

async function goOn(): Promise<void> {
  const before = page.url();
  await press("Continue");
  await page.waitForURL((url) => url.href !== before);
}
