import type { Page } from "playwright-core";
import type { WalkedPage } from "./walker.ts";

/** What a browser's answer keeps of the walk's: the policy is part of what is looked at, asking again is not. */
const KEPT = ["content-type", "content-security-policy"];

/**
 * Opens a page of the walk as it was answered, at its own address and with its own styles and scripts.
 * @param at the server that has those; scripts stay away by `withoutScripts`, since axe itself is one
 */
export async function openWalked(page: Page, at: string, { path, html, headers }: WalkedPage): Promise<void> {
  const url = new URL(path, at).href;
  const kept = Object.fromEntries(KEPT.map((name) => [name, headers.get(name) ?? ""]));
  await page.route(
    (asked) => asked.href === url,
    (route) => route.fulfill({ status: 200, headers: kept, body: html }),
    { times: 1 },
  );
  await page.goto(url);
}

/** Lets a browser load no script of any page: what it shows then is what it shows where scripts are off. */
export function withoutScripts(page: Page): Promise<unknown> {
  return page.route(/\.js$/, (route) => route.abort());
}
