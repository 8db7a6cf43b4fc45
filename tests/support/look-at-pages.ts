import type { Browser, Page } from "playwright-core";
import { barriersOn, widthOf } from "./barriers.ts";
import { openingWalked, withoutScripts } from "./open-walked.ts";
import type { WalkedPage } from "./walker.ts";

/** What a browser may be set to; each is named as the accessibility statement names it. */
export const SCREENS = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  "high-contrast": { colorScheme: "light", forcedColors: "active" },
} as const;

/** A telephone, and a desk's screen, in pixels. */
export const PHONE = { width: 320, height: 640 };
const DESK = { width: 1280, height: 800 };

export interface Looked {
  /**
   * Each colour and not light alone: what was looked at in them so far, since an element under the same elements of the
   * same classes has the same colours on every page, whatever its words.
   */
  readonly colours?: Set<string> | undefined;
  /** Pages that are looked at on a desk's screen as well; none where nothing is said. */
  readonly wide?: (page: WalkedPage) => boolean;
}

/** Opens a browser's page as wide as a telephone. */
export async function newPage(browser: Browser): Promise<Page> {
  return (await browser.newContext({ viewport: PHONE })).newPage();
}

/**
 * Says what is wrong with pages as a browser shows them: too wide, or with a barrier that axe finds.
 * @param at the server that has their styles and scripts
 */
export async function lookAt(page: Page, at: string, all: readonly WalkedPage[], looked: Looked = {}) {
  const wrong: string[] = [];
  const open = openingWalked(page, at);
  for (const walked of all) {
    await open(walked);
    wrong.push(...(await faultsOf(page, walked, looked)));
  }
  return wrong;
}

async function faultsOf(page: Page, walked: WalkedPage, { colours, wide }: Looked): Promise<string[]> {
  const { name } = walked;
  const wrong: string[] = [];
  const note = (where: string, found: readonly string[]) => wrong.push(...found.map((each) => `${where} ${each}`));
  const measure = async (most: number) => {
    const width = await widthOf(page);
    if (width > most) wrong.push(`${name} is ${width} px wide on ${most}`);
  };
  await measure(PHONE.width);
  note(name, await barriersOn(page));
  if (colours && (await addsTo(colours, page))) {
    for (const screen of ["dark", "high-contrast"] as const) {
      await page.emulateMedia(SCREENS[screen]);
      note(`${name} in ${screen} colours`, await barriersOn(page, "colours"));
    }
    await page.emulateMedia(SCREENS.light);
  }
  if (!wide?.(walked)) return wrong;
  await page.setViewportSize(DESK);
  await measure(DESK.width);
  // Colours were looked at on the telephone; without them a width is all that is asked.
  if (colours) note(`${name} on ${DESK.width} px`, await barriersOn(page, "shapes"));
  await page.setViewportSize(PHONE);
  return wrong;
}

/** Adds what can have colours of its own on a page, and says whether anything of it is new. */
async function addsTo(known: Set<string>, page: Page): Promise<boolean> {
  const before = known.size;
  for (const each of await page.evaluate(listColoured)) known.add(each);
  return known.size > before;
}

/** Every kind of element that stands on the open page: itself and all around it, by everything but words and addresses. */
function listColoured(): string[] {
  const WORDS = new Set(["href", "id", "for", "name", "value", "action", "src", "alt", "title", "lang", "content"]);
  const kindOf = (element: Element): string => {
    const marks = [...element.attributes].filter(
      ({ name }) => !WORDS.has(name) && !/^(aria-(label|desc)|data-)/.test(name),
    );
    return `${element.tagName}${marks.map(({ name, value }) => `[${name}=${value}]`).join("")}`;
  };
  const kinds = new Map<Element, string>();
  for (const element of document.querySelectorAll("body, body *")) {
    const around = element.parentElement ? (kinds.get(element.parentElement) ?? "") : "";
    kinds.set(element, `${around}>${kindOf(element)}`);
  }
  return [...new Set(kinds.values())];
}

const everywhere = (): Looked => ({ colours: new Set(), wide: () => true });

/**
 * Looks at every page in every colour and on both screens, with scripts and without. What stands there without scripts
 * is what was served: where a script changed nothing of it but that the words about keys are seen, these are hidden
 * again in the page that is open; otherwise the page is opened once more without scripts.
 */
export async function lookAtEvery(
  browser: Browser,
  at: string,
  all: readonly WalkedPage[],
  options: Looked = everywhere(),
): Promise<string[]> {
  const [scripted, bare] = [await newPage(browser), await newPage(browser)];
  const wrong: string[] = [];
  scripted.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  scripted.on("console", (line) => {
    if (line.type() === "error") wrong.push(`${scripted.url()}: ${line.text()}`);
  });
  await withoutScripts(bare);
  const [open, openBare] = [openingWalked(scripted, at), openingWalked(bare, at)];
  for (const walked of all) {
    await open(walked);
    wrong.push(...(await faultsOf(scripted, walked, options)));
    const without = { ...walked, name: `${walked.name} without scripts` };
    if (await hideWhatScriptsShow(scripted, walked.html)) {
      // Node for node the page that was just looked at, unless a script had shown words.
      if (walked.html.includes('class="keys"')) {
        wrong.push(...(await barriersOn(scripted, "shapes")).map((each) => `${without.name} ${each}`));
      }
      continue;
    }
    await openBare(without);
    wrong.push(...(await faultsOf(bare, without, options)));
  }
  await Promise.all([scripted, bare].map((page) => page.context().close()));
  return wrong;
}

/** Brings an open page back to what was served, and says whether that is all that a script had changed. */
function hideWhatScriptsShow(page: Page, html: string): Promise<boolean> {
  return page.evaluate((served) => {
    for (const keys of document.querySelectorAll<HTMLElement>(".keys")) keys.hidden = true;
    const doc = new DOMParser().parseFromString(served, "text/html");
    return document.documentElement.outerHTML === doc.documentElement.outerHTML;
  }, html);
}
