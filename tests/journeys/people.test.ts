import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { useBrowserAndServer } from "../support/browser-and-server.ts";

/** Somebody who reports: how they begin and what they choose and write on the way. */
interface Someone {
  readonly who: string;
  readonly lang: string;
  readonly begin: RegExp;
  readonly answers: Readonly<Record<string, string>>;
  readonly story: string;
  /** Sends as soon as it is possible, instead of walking to the end. */
  readonly hurries?: boolean;
  /** What the page behind the code is headed with. */
  readonly heading: string;
}

const PEOPLE: readonly Someone[] = [
  {
    who: "a child",
    lang: "sr",
    begin: /дете или млада особа/,
    answers: { danger: "no", role: "victim_child", identity: "anonymous", forms: "physical", environment: "education" },
    story: "Гурају ме у ходнику.",
    heading: "Твоја пријава",
  },
  {
    who: "a parent",
    lang: "sr-Latn",
    begin: /odrasla osoba/,
    answers: {
      danger: "unsure",
      role: "parent_victim",
      identity: "confidential",
      forms: "digital",
      environment: "digital",
    },
    story: "Dobija poruke svake noći.",
    heading: "Vaša prijava",
  },
  {
    who: "a teacher",
    lang: "sr",
    begin: /одрасла особа/,
    answers: { danger: "no", role: "teacher", identity: "named", forms: "neglect", environment: "family" },
    story: "Долази гладан.",
    heading: "Ваша пријава",
  },
  {
    who: "a bystander",
    lang: "en",
    begin: /I am an adult/,
    answers: { danger: "yes", role: "citizen", identity: "anonymous", forms: "unsure", environment: "community" },
    story: "I hear shouting next door every evening.",
    hurries: true,
    heading: "Your report",
  },
];

const SCREENS = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
];

/** In every run each person meets one setting; the full run tries all. */
const SETTINGS = PEOPLE.flatMap((someone, at) =>
  SCREENS.flatMap((viewport) =>
    [false, true].map((javaScriptEnabled) => ({ ...someone, viewport, width: viewport.width, javaScriptEnabled })),
  ).filter((_, setting) => process.env.FULL || setting === at),
);

describe("somebody reports in a real browser and reads the answer's page", () => {
  const opened = useBrowserAndServer();

  it.each(SETTINGS)("$who, $width px wide, scripts $javaScriptEnabled", async (someone) => {
    const { viewport, javaScriptEnabled } = someone;
    const context = await opened.browser.newContext({ baseURL: opened.server.url, viewport, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(`/${someone.lang}/`);
    await page.locator("a.door[href$='/report']").click();
    await page.getByRole("button", { name: someone.begin }).click();
    await walk(page, someone);
    const code = (await page.locator("p.code span").allTextContents()).join("");
    expect(code).toMatch(/^\d{16}$/);
    await page.goto(`/${someone.lang}/track`);
    await page.fill("#code", code);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".timeline");
    expect(await page.textContent("h1")).toBe(someone.heading);
    await context.close();
  });
});

/** Answers what each page asks and this person has an answer for, until the code is shown. */
async function walk(page: Page, { answers, story, hurries }: Someone): Promise<void> {
  const main = page.locator("main");
  for (let turn = 0; turn < 25 && !page.url().endsWith("/done"); turn++) {
    for (const [name, value] of Object.entries(answers)) {
      const choice = page.locator(`input[name=${name}][value=${value}]`);
      if (await choice.count()) await choice.check();
    }
    if (await page.locator("#story").count()) {
      await page.locator("#story").fill(story);
      await page.locator("input[name=truthful]").check();
    }
    if (await page.locator("#territory").count()) await page.locator("#territory").selectOption("rs-nis");
    const send = main.locator("button[value=send]");
    const ready = (await send.count()) > 0 && (hurries || page.url().endsWith("/10"));
    const on = main.locator("a.button.second, form .button:not([value=search]):not([value=send])").first();
    await (ready ? send : on).click();
    await page.waitForLoadState();
  }
}
