import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newLane } from "#platform/crypto/lane.ts";
import { newBudgets, newLanes } from "#platform/platform.ts";
import { COLLEAGUE, OPERATOR, PASSWORD } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { useBrowserAndServer } from "../support/browser-and-server.ts";
import { beginIn, goOnAs } from "../support/in-browser.ts";
import { hiddenIn, sendShortReport, signInAs, track } from "../support/journey.ts";
import { leaveAndReturn, NOTHING } from "../support/leave-and-return.ts";
import { newStaff } from "../support/new-staff.ts";
import { openTestServer, type TestServer } from "../support/server.ts";

const SECRET = "a secret";
const opened = useBrowserAndServer();
let number = "";
let code = "";

beforeAll(async () => {
  const reporter = newVisitor(opened.server);
  ({ code } = await sendShortReport(reporter));
  await track(reporter, code);
  await reporter.post("/en/track/messages", { words: SECRET });
  const [row] = await opened.server.database.raw("select number from case_file");
  number = String(row?.number);
});

/** Opens a page in a browser that has nothing yet; a text that it gives must not be seen again. */
type Open = (page: Page) => Promise<unknown>;

const goTo =
  (path: string): Open =>
  (page) =>
    page.goto(path);

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

/** Tries for one account grow again with time. */
const TRY_MS = 30_000;

async function signInThere(page: Page, path: string): Promise<string> {
  opened.server.pass(TRY_MS);
  await page.goto("/staff");
  await page.fill("#email", OPERATOR);
  await page.fill("#password", PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/cases/);
  await page.goto(path);
  return number;
}

/** Fills in the one page, but for what somebody forgets. */
async function fillOnePage(page: Page, ...chosen: readonly string[]): Promise<void> {
  await page.goto("/en/report/one");
  await page.fill("#story", SECRET);
  for (const each of ["danger=no", "role=victim_child", ...chosen]) {
    const [name, value] = each.split("=");
    await page.locator(`input[name=${name}][value=${value}]`).check();
  }
  await page.selectOption("#territory", "unsure");
  await press(page, /Send/);
}

/** What the stranger's institution is called. */
const HELPS = "Triage team";
let looks = 0;

async function colleague() {
  opened.server.pass(TRY_MS);
  const visitor = newVisitor(opened.server);
  await signInAs(visitor, COLLEAGUE);
  return visitor;
}

const onStep =
  (step: string): Open =>
  async (page) => {
    await page.goto(`${await beginIn(page)}/${step}`);
    const box = page.locator("main textarea, main input[type=text]").first();
    if (await box.count()) await box.fill(SECRET);
  };

const openReport: Open = async (page) => {
  await page.goto("/en/track");
  await page.fill("#code", code);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".timeline");
};

/** In every run, without a script and on a phone, which is hardest; each costs a second in a real browser. */
const ALWAYS: Readonly<Record<string, Open>> = {
  "a step with words": onStep("4"),
  "a step that came back with errors": async (page) => {
    await onStep("4")(page);
    await press(page, "Continue");
    await page.waitForSelector(".error-summary");
  },
  "the one page that came back with errors": async (page) => {
    await fillOnePage(page);
    await page.waitForSelector(".error-summary");
  },
  "the one page that was sent": async (page) => {
    await fillOnePage(page, "forms=social", "truthful=yes", "identity=anonymous");
    return (await page.locator("p.code span").first().textContent()) ?? "";
  },
  // Sent beside the browser, which then opens the page with the code alone.
  "the code": async (page) => {
    const reporter = newVisitor(opened.server);
    const sent = await sendShortReport(reporter);
    await goOnAs(page.context(), reporter, opened.server.url);
    await page.goto(sent.paths.at(-1) ?? "");
    await page.waitForSelector("p.code");
    return sent.code.slice(0, 4);
  },
  "an opened report": openReport,
  "a case that two people assessed at once": async (page) => {
    const seen = await signInThere(page, `/staff/cases/${number}`);
    const other = await colleague();
    const path = `/staff/cases/${number}`;
    const based = hiddenIn(await other.get(path), "based", "assessment");
    await other.post(`${path}/assessment`, { assessment: "their words", based });
    await page.fill("#assessment", SECRET);
    await page.locator("#assessment-part button").click();
    await page.waitForSelector(".both");
    return seen;
  },
};

/**
 * The other kinds of page only in the full run, of steps one of each kind; what is served for every page, opened and
 * sent once more, is looked at in every run (every-page.test.ts).
 */
const MORE: Readonly<Record<string, Open>> = {
  "the start": goTo("/en/report"),
  "what violence is": goTo("/en/learn"),
  ...Object.fromEntries(["1", "5/c", "8", "10", "4/a"].map((step) => [`step ${step}`, onStep(step)])),
  "the one page": async (page) => {
    await page.goto("/en/report/one");
    await page.fill("#story", SECRET);
  },
  "the page for the code": async (page) => {
    await page.goto("/en/track");
    await page.fill("#code", code);
    return code;
  },
  "a refused code": async (page) => {
    await page.goto("/en/track");
    await page.fill("#code", "0000 0000 0000 0000");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".error-summary");
  },
  "an opened report with errors": async (page) => {
    await openReport(page);
    await press(page, /^Send/);
    await page.waitForSelector(".error-summary");
  },
  "the staff's sign-in": goTo("/staff"),
  "a refused sign-in": async (page) => {
    await page.goto("/staff");
    await page.fill("#email", OPERATOR);
    await page.fill("#password", SECRET);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".error-summary");
    return OPERATOR;
  },
  "who can help near a place": async (page) => {
    await page.goto("/en/find?place=rs-novi-beograd");
    return "New Belgrade";
  },
  "a body that can help": async (page) => {
    await page.goto("/en/find/inst-other");
    return HELPS;
  },
  "the institutions": async (page) => {
    await signInThere(page, "/staff/institutions");
    return HELPS;
  },
  "an institution as the staff see it": async (page) => {
    await signInThere(page, "/staff/institutions/inst-other");
    return HELPS;
  },
  "who answers": async (page) => {
    await signInThere(page, "/staff/routing?place=rs-novi-beograd&setting=family&form=physical");
    return "New Belgrade";
  },
  "a file that was looked at": async (page) => {
    const admin = await newStaff(opened.server, "admin", undefined, `looks-${looks++}@staff.test`);
    await goOnAs(page.context(), admin, opened.server.url);
    await page.goto("/staff/institutions/import");
    const buffer = Buffer.from(`identifier,type,name,municipality\nx-1,csw,${SECRET},Ниш\n`);
    await page.locator("input[type=file]").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer });
    await page.locator("main form button").first().click();
    await page.waitForURL(/import\/[\w-]{22}/);
    return "x-1";
  },
  "the pages about violence": goTo("/en/library"),
  ...Object.fromEntries(
    ["audit", "people", "opening", "library", "start", "team/desk-triage", "desks"].map((path): [string, Open] => [
      `an administrator's ${path}`,
      async (page) => {
        const admin = await newStaff(opened.server, "admin", undefined, `looks-${looks++}@staff.test`);
        await goOnAs(page.context(), admin, opened.server.url);
        await page.goto(`/staff/${path}`);
        return "Sanja admin";
      },
    ]),
  ),
  ...Object.fromEntries(
    ["deadlines", "team", "report"].map((path): [string, Open] => [
      `a desk's ${path}`,
      async (page) => {
        await signInThere(page, `/staff/${path}`);
        return "Olga";
      },
    ]),
  ),
  "who is kept away from a case": (page) => signInThere(page, `/staff/cases/${number}/exclusions`),
  "who above may read a case": (page) => signInThere(page, `/staff/cases/${number}/access`),
  "the list": (page) => signInThere(page, "/staff/cases"),
  "the shelf": (page) => signInThere(page, "/staff/cases?shelf=likely_spam"),
  "the account": async (page) => {
    await signInThere(page, "/staff/account");
    return OPERATOR;
  },
  "a case": (page) => signInThere(page, `/staff/cases/${number}`),
  "a case that somebody else changed": async (page) => {
    const seen = await signInThere(page, `/staff/cases/${number}`);
    const other = await colleague();
    const version = hiddenIn(await other.get(`/staff/cases/${number}`), "version", "urgency");
    await other.post(`/staff/cases/${number}/urgency`, { urgency: "p2", reason: "seen on the phone", version });
    await page.selectOption("#urgency", "p3");
    await press(page, "Set the urgency");
    await page.waitForURL(/urgency$/);
    return seen;
  },
};

const PAGES = Object.entries({ ...ALWAYS, ...(process.env.FULL ? MORE : {}) });

async function newPage(javaScriptEnabled: boolean, baseURL = opened.server.url, width = 320): Promise<Page> {
  const viewport = { width, height: 640 };
  return (await opened.browser.newContext({ baseURL, javaScriptEnabled, viewport })).newPage();
}

async function leaves(page: Page, elsewhere: string, open: Open): Promise<void> {
  const given = await open(page);
  const hidden = typeof given === "string" ? given : SECRET;
  const before = (await page.locator("main").textContent()) ?? "";
  expect(before).not.toContain(NOTHING);
  const [first, ...others] = await leaveAndReturn(page, elsewhere);
  expect(first).toContain(NOTHING);
  for (const seen of [first, ...others]) {
    expect(seen).not.toContain(SECRET);
    expect(seen).not.toContain(hidden);
    expect(seen).not.toBe(before);
  }
  await page.context().close();
}

describe.each(process.env.FULL ? [false, true] : [false])("leaving and going back, scripts %s", (scripts) => {
  it.each(PAGES)(
    "shows nothing of %s",
    async (_, open) => {
      await leaves(await newPage(scripts), opened.server.elsewhere, open);
      // Two people at the desk are two sign-ins, each of which takes its time.
    },
    90_000,
  );
});

describe.runIf(process.env.FULL)("leaving while everybody comes at once", () => {
  let full: TestServer;
  beforeAll(async () => {
    const none = { take: () => false };
    const lanes = { ...newLanes(), guessable: newLane({ width: 0, longest: 0 }) };
    full = await openTestServer({ platform: { lanes, budgets: { ...newBudgets(), drafts: none } } });
  });
  afterAll(() => full.close());

  const WAITING: readonly (readonly [string, Open])[] = [
    [
      "to begin",
      async (page) => {
        await page.goto("/en/report");
        await press(page, "I am a child or a young person");
        await page.waitForSelector(".waiting");
      },
    ],
    [
      "for the turn of a code",
      async (page) => {
        await page.goto("/en/track");
        await page.fill("#code", code);
        await page.keyboard.press("Enter");
        await page.waitForSelector(".waiting");
        return code;
      },
    ],
  ];

  it.each(WAITING)("shows nothing of the page that waits %s", async (_, open) => {
    for (const scripts of [false, true]) await leaves(await newPage(scripts, full.url), full.elsewhere, open);
  });
});

describe("the page with the numbers", () => {
  it("is never taken away by leaving", async () => {
    const page = await newPage(false, opened.server.url, 1280);
    await page.goto("/en/report");
    await leaveAndReturn(page, opened.server.elsewhere);
    await page.goto("/en/help");
    expect(await page.locator("a[href='tel:192']").count()).toBeGreaterThan(1);
    await page.context().close();
  });
});
