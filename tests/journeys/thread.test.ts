import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { insertInstitution } from "#institutions/index.ts";
import { OPERATOR, PASSWORD } from "../support/app.ts";
import { widthOf } from "../support/barriers.ts";
import { openChromium } from "../support/chromium.ts";
import { unpaced } from "../support/journey.ts";
import { openTestServer, type TestServer } from "../support/server.ts";

const PHONE = { width: 320, height: 640 };
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
});
afterAll(() => browser.close());

type Look = (page: Page) => Promise<void>;

interface Person {
  readonly page: Page;
  /** Looks at the page that is open, after each step. */
  go(act: () => Promise<unknown>): Promise<void>;
  press(name: string | RegExp): Promise<void>;
}

function personIn(page: Page, look: Look): Person {
  const go = async (act: () => Promise<unknown>) => {
    await act();
    await page.waitForLoadState("load");
    await look(page);
  };
  return {
    page,
    go,
    press: (name) => go(() => page.getByRole("button", { name, exact: typeof name === "string" }).click()),
  };
}

async function openPerson(look: Look, javaScriptEnabled = false): Promise<Person & { context: BrowserContext }> {
  const context = await browser.newContext({
    baseURL: server.url,
    javaScriptEnabled,
    viewport: PHONE,
    locale: "en-GB",
  });
  const page = await context.newPage();
  return { ...personIn(page, look), context };
}

/** From the home page through the ten steps to the code. */
async function report(person: Person): Promise<string> {
  const { page, go, press } = person;
  const choose = (name: string, value: string) => page.locator(`input[name=${name}][value=${value}]`).check();
  await go(() => page.goto("/en/"));
  await go(() => page.getByRole("link", { name: /I want to report/ }).click());
  await press("I am a child or a young person");
  await choose("danger", "yes");
  await press("Continue");
  await go(() => page.getByRole("link", { name: "Continue the report" }).click());
  for (const [name, value] of [
    ["role", "victim_child"],
    ["identity", "confidential"],
  ] as const) {
    await choose(name, value);
    await press("Continue");
  }
  await page.getByLabel("Name", { exact: true }).fill("Mila");
  await press("Continue");
  await choose("forms", "physical");
  await page.locator("#story").fill("They push me in the corridor.\nEvery day.");
  await choose("truthful", "yes");
  await press("Continue");
  await choose("environment", "education");
  await page.locator("#territory").selectOption({ label: "Belgrade – Zemun" });
  await press("Continue");
  await page.locator("#words").fill("no such school");
  await press(/Search|Find/);
  expect(await page.textContent("main")).not.toContain("Sunčana");
  await page.locator("#words").fill("suncan");
  await press(/Search|Find/);
  await page.getByLabel(/Sunčana dolina/).check();
  await press("Continue");
  await page.locator("#when").fill("since September");
  await press("Continue");
  await press("Continue");
  await choose("perpetrator_type", "peer_group");
  await choose("withhold", "teacher");
  await press("Continue");
  await press("Skip");
  expect(new URL(page.url()).pathname).toMatch(/\/10$/);
  expect(await page.textContent("dl.answers")).toContain("They push me in the corridor.");
  expect(await page.textContent("dl.answers")).toContain("Sunčana dolina");
  await press(/Send/);
  expect(new URL(page.url()).pathname).toMatch(/\/done$/);
  const code = (await page.locator("p.code span").allTextContents()).join(" ");
  expect(code).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);
  return code;
}

async function openByCode({ page, go, press }: Person, code: string): Promise<void> {
  await go(() => page.goto("/en/track"));
  await page.getByLabel("Code").fill(code);
  await press("Open");
}

/** The operator's part: signs in, opens the newest report and asks. */
async function ask({ page, go, press }: Person): Promise<void> {
  await go(() => page.goto("/staff"));
  await page.locator("#email").fill(OPERATOR);
  await page.locator("#password").fill(PASSWORD);
  await press("Sign in");
  await go(() => page.locator("table a").first().click());
  expect(await page.textContent("main")).toContain("They push me in the corridor.\nEvery day.");
  expect(await page.textContent("main")).toContain("Mila");
  await page.locator("#message").fill("Thank you for telling. Is tomorrow at school safe?");
  await page.locator("input[name=asks]").check();
  await press("Send the message");
}

/** A school that the reporter finds by a part of its name, typed without diacritics. */
async function insertSchool(): Promise<void> {
  const name = { sr: "Сунчана долина", en: "Sunčana dolina" };
  const school = { id: "inst-school", identifier: "school", type: "primary_school", name, territory: "rs-zemun" };
  await server.platform.db.write((tx) => insertInstitution(tx, { ...school, activeFrom: 0, activeTo: null }));
}

/** The whole thread of two people, with a look at every page either of them sees. */
async function thread(reporter: Person, operator: Person): Promise<void> {
  const code = await report(reporter);
  await ask(operator);
  await openByCode(reporter, code);
  expect(await reporter.page.textContent("main")).toContain("Is tomorrow at school safe?");
  await reporter.page.locator("#words").fill("Yes, my friend is with me.");
  await reporter.press("Send");
  expect(await reporter.page.textContent("main")).toContain("Your words arrived.");
  await operator.go(() => operator.page.goto("/staff/cases"));
  expect(await operator.page.textContent("table")).toContain("new words");
  await operator.go(() => operator.page.locator("table a").first().click());
  expect(await operator.page.textContent("main")).toContain("Yes, my friend is with me.");
  await operator.page.locator("#message").fill("We speak with the school on Monday.");
  await operator.press("Send the message");
  await reporter.go(() => reporter.page.reload());
  expect(await reporter.page.textContent("main")).toContain("We speak with the school on Monday.");
  await reporter.press("I am not safe now");
  await operator.go(() => operator.page.goto("/staff/cases"));
  expect(await operator.page.textContent("table")).toContain("NOT SAFE NOW");
}

/** A page as it was seen. */
interface SeenPage {
  readonly name: string;
  readonly width: number;
}

const nameOf = (url: string) => new URL(url).pathname.replace(/\/r\/[^/]+/, "/r/…").replace(/\d{4}-\d+/, "…");

describe("one thread, from a report to its answer, without a script", () => {
  const seen: SeenPage[] = [];

  beforeAll(async () => {
    server = await openTestServer(unpaced());
    await insertSchool();
    const look: Look = async (page) => {
      seen.push({ name: nameOf(page.url()), width: await widthOf(page) });
    };
    const reporter = await openPerson(look);
    const operator = await openPerson(look);
    await thread(reporter, operator);
    for (const { context } of [reporter, operator]) await context.close();
  });
  afterAll(() => server.close());

  it("goes from the home page through the ten steps to the answer", () => {
    const names = new Set(seen.map(({ name }) => name));
    for (let step = 1; step <= 10; step++) expect(names).toContain(`/en/r/…/${step}`);
    for (const name of [
      "/en/",
      "/en/r/…/1/a",
      "/en/r/…/done",
      "/en/track",
      "/staff",
      "/staff/cases",
      "/staff/cases/…",
    ]) {
      expect(names).toContain(name);
    }
  });

  it("has no page wider than a phone of 320 px", () => {
    expect(seen.filter(({ width }) => width > PHONE.width).map(({ name, width }) => `${name} ${width}`)).toEqual([]);
  });
});

describe("leaving in the middle", () => {
  beforeEach(async () => {
    server = await openTestServer(unpaced());
  });
  afterEach(() => server.close());

  it("without a script: Back shows a neutral page, and the report is gone", async () => {
    const { page, context, press, go } = await openPerson(async () => undefined);
    await go(() => page.goto("/en/report"));
    await press("I am a child or a young person");
    await page.locator("input[name=danger][value=no]").check();
    await press("Continue");
    const step = page.url();
    await go(() => page.locator("a.leave").click());
    expect(page.url()).toBe(server.elsewhere);
    await page.goBack();
    expect(await page.textContent("main")).toContain("There is nothing to show here.");
    expect(await page.title()).toBe("Page");
    await page.goto(step);
    expect(await page.textContent("main")).toContain("There is nothing to show here.");
    expect(await server.database.raw("select id from draft where sent_at is null")).toEqual([]);
    await press("continue");
    expect(new URL(page.url()).pathname).toBe("/en/");
    await context.close();
  });

  it("with a script: the same, and Shift three times leaves too", async () => {
    const { page, context, press, go } = await openPerson(async () => undefined, true);
    await go(() => page.goto("/en/report"));
    await press("I am a child or a young person");
    for (let turn = 0; turn < 3; turn++) await page.keyboard.press("Shift");
    await page.waitForURL(server.elsewhere);
    await page.goBack();
    expect(await page.textContent("body")).not.toContain("danger right now");
    await context.close();
  });
});
