import type { Page } from "playwright-core";
import type { WalkedPage } from "./walker.ts";

/** What a browser's answer keeps of the walk's: the policy is part of what is looked at, asking again is not. */
const KEPT = ["content-type", "content-security-policy"];

/**
 * Opens a page of the walk as it was answered, at its own address and with its own styles and scripts.
 * @param at the server that has those; scripts stay away by `withoutScripts`, since axe itself is one
 */
export async function openWalked(page: Page, at: string, walked: WalkedPage): Promise<void> {
  const { path, html } = walked;
  const url = new URL(path, at).href;
  const kept = Object.fromEntries(keptOf(walked));
  await page.route(
    (asked) => asked.href === url,
    (route) => route.fulfill({ status: 200, headers: kept, body: html }),
    { times: 1 },
  );
  await page.goto(url);
}

const keptOf = ({ headers }: WalkedPage) => KEPT.map((name): [string, string] => [name, headers.get(name) ?? ""]);

/**
 * Opens pages of the walk one after the other. Where the one before had the same policy, only its document is written
 * anew: the parser, the styles and the scripts do all they do in a page that is opened, at a third of the cost.
 */
export function openingWalked(page: Page, at: string): (walked: WalkedPage) => Promise<void> {
  let policy = "";
  return async (walked) => {
    const asked = JSON.stringify(keptOf(walked));
    if (asked === policy) await page.evaluate(writeAnew, [walked.path, walked.html] as const);
    else await openWalked(page, at, walked);
    policy = asked;
  };
}

/** Runs in the browser: the document that stands there becomes another, as the parser makes it, with its own address. */
async function writeAnew([path, html]: readonly [string, string]): Promise<void> {
  document.open();
  scrollTo(0, 0);
  history.replaceState(null, "", path);
  const loaded = new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  document.write(html);
  document.close();
  await loaded;
  // The focus that a page begins with is given to the first document alone.
  document.querySelector<HTMLElement>("[autofocus]")?.focus();
}

/** Lets a browser load no script of any page: what it shows then is what it shows where scripts are off. */
export function withoutScripts(page: Page): Promise<unknown> {
  return page.route(/\.js$/, (route) => route.abort());
}
