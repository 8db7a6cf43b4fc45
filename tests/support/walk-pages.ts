import type { Page } from "playwright-core";
import type { DemoFacts } from "../../src/demo/prepare-demo.ts";

/** Called on each page, with a name to tell it by. */
export type Look = (name: string) => Promise<unknown>;

interface Walk {
  readonly page: Page;
  readonly lang: string;
  readonly facts: DemoFacts | undefined;
  readonly look: Look;
}

const PUBLIC = [
  ...["", "learn", "help", "about", "privacy", "accessibility", "computer", "design", "page"],
  ...["report", "report/one", "track", "missing"],
];

/** Walks through every page of the demonstration in one language, as a visitor, a reporter and a triage operator. */
export async function walkPages(walk: Walk): Promise<void> {
  for (const path of PUBLIC) {
    await walk.page.goto(`/${walk.lang}/${path}`);
    await walk.look(`public-${path.replace("/", "-") || "home"}`);
  }
  await walkJourney(walk);
  await walkTracking(walk);
  await walkStaff(walk);
}

async function walkJourney({ page, lang, look }: Walk): Promise<void> {
  // The school page has a search button before the one that goes on.
  const next = () => page.click("main form .button:not([value=search])");
  await page.goto(`/${lang}/report`);
  await next();
  await look("journey-01");
  await next();
  await look("journey-01-error");
  const answers = ["danger=no", "role=victim_child", "identity=anonymous"];
  for (const [at, answer] of answers.entries()) {
    const [name, value] = answer.split("=");
    await page.check(`input[name=${name}][value=${value}]`);
    await next();
    await look(`journey-0${at + 2}`);
  }
  await page.check("input[name=forms][value=physical]");
  await page.check("input[name=truthful]");
  await next();
  await look("journey-05");
  await page.check("input[name=environment][value=education]");
  await page.selectOption("select[name=territory]", "rs-nis");
  for (const name of ["05-school", "06", "07", "08", "09", "10", "done"]) {
    await next();
    await look(`journey-${name}`);
  }
  if (!page.url().endsWith("/done")) throw new Error(`the journey ended at ${page.url()}`);
}

async function walkTracking({ page, lang, facts, look }: Walk): Promise<void> {
  await page.goto(`/${lang}/track`);
  await page.fill("#code", facts?.codes.find(({ state }) => state === "answered")?.code ?? "");
  await page.click("main form .button");
  await look("tracking-case");
  if ((await page.locator("ol.messages").count()) === 0) throw new Error(`no report at ${page.url()}`);
  await page.goto(`/${lang}/track/turn`);
}

async function walkStaff({ page, lang, facts, look }: Walk): Promise<void> {
  const account = facts?.accounts[0];
  await page.goto("/staff");
  await look("staff-sign-in");
  await page.fill("#email", account?.email ?? "");
  await page.fill("#password", account?.password ?? "");
  await page.click("main form .button");
  await page.goto("/staff/account");
  await page.selectOption("#language", lang);
  await page.click("main form .button >> nth=0");
  await look("staff-account");
  await page.goto("/staff/cases");
  await look("staff-inbox");
  await page.click("table a >> nth=2");
  await look("staff-case");
  await page.goto("/staff/cases?shelf=likely_spam");
  await look("staff-shelf");
  await page.click("table a >> nth=0");
  await look("staff-shelf-case");
  await page.goto("/staff/cases?status=closed&form=sexual");
  await look("staff-inbox-empty");
}
