import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { newVisitor, type Visitor } from "../support/browser.ts";
import { useBrowserAndServer } from "../support/browser-and-server.ts";
import { signInAs } from "../support/journey.ts";

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

/** In every run a child and a bystander meet one setting each; the full run tries all people in all settings. */
const SETTINGS = PEOPLE.flatMap((someone, at) =>
  SCREENS.flatMap((viewport) =>
    [false, true].map((javaScriptEnabled) => ({ ...someone, viewport, width: viewport.width, javaScriptEnabled })),
  ).filter((_, setting) => process.env.FULL || (setting === at && (at === 0 || at === 3))),
);

describe("somebody reports in a real browser and reads the answer's page", () => {
  const opened = useBrowserAndServer();
  let desk: Visitor;
  beforeAll(async () => {
    desk = newVisitor(opened.server);
    await signInAs(desk);
  });
  const numbers = async () =>
    (await opened.server.database.raw("select number from case_file")).map(({ number }) => String(number));

  it.each(SETTINGS)("$who, $width px wide, scripts $javaScriptEnabled", async (someone) => {
    const { viewport, javaScriptEnabled } = someone;
    const before = await numbers();
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
    const [newest] = (await numbers()).filter((number) => !before.includes(number));
    expect((await desk.get(`/staff/cases/${newest}`)).text).toContain(someone.story);
  });
});

/** Answers what each page asks and this person has an answer for, until the code is shown. */
async function walk(page: Page, { answers, story, hurries }: Someone): Promise<void> {
  const main = page.locator("main");
  for (let turn = 0; turn < 25 && !page.url().endsWith("/done"); turn++) {
    const places = [...Object.entries(answers).map(([name, value]) => `input[name=${name}][value=${value}]`)];
    // One question for all, since each costs a trip to the browser.
    const there = await page.evaluate(
      (all) => all.filter((selector) => document.querySelector(selector)),
      [...places, "#story", "#territory", "main button[value=send]"],
    );
    for (const place of places.filter((each) => there.includes(each))) await page.locator(place).check();
    if (there.includes("#story")) {
      await page.locator("#story").fill(story);
      await page.locator("input[name=truthful]").check();
    }
    if (there.includes("#territory")) await page.locator("#territory").selectOption("rs-nis");
    const send = main.locator("button[value=send]");
    const ready = there.includes("main button[value=send]") && (hurries || page.url().endsWith("/10"));
    const on = main.locator("a.button.second, form .button:not([value=search]):not([value=send])").first();
    await (ready ? send : on).click();
    await page.waitForLoadState();
  }
}
